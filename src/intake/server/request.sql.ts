import { sql } from 'kysely'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { ConcernKind, RequestStatus, RequestTarget, SollicitationId } from '../contract/sollicitation.ts'

/** A request as its actions need it. */
export interface RequestRow extends RequestTarget {
  readonly number: number
  readonly version: number
  readonly receivedAt: string
  readonly channel: string
  readonly callerName: string | null
  readonly callerQuality: string | null
  readonly callerPhone: string | null
  readonly requesterKind: string
  readonly requesterName: string | null
  readonly requesterPhone: string | null
  readonly referredByName: string | null
  readonly referredByQuality: string | null
  readonly referredByPartyId: string | null
  readonly concerns: ConcernKind
  readonly personName: string | null
  readonly personBirthDate: string | null
  readonly personInformed: string | null
  readonly personInformedBy: string | null
  readonly personInformedOn: string | null
  readonly communeCode: string | null
  readonly urgency: string
  readonly triageProposal: string | null
  readonly firstAnsweredAt: string | null
  readonly mergedInto: SollicitationId | null
  readonly episodeId: string | null
  readonly extra: Readonly<Record<string, string>>
  readonly cnoLevel: number
  readonly text: string | null
  readonly motives: readonly string[]
}

const columns = sql`s.id, s.number, s.version, s.holder_org as "holderOrg", s.status, s.person_id as "personId", s.requester_user_id as "requesterUserId",
  s.assigned_to as "assignedTo", s.received_at as "receivedAt", s.channel, s.caller_name as "callerName", s.caller_quality as "callerQuality", s.caller_phone as "callerPhone",
  s.requester_kind as "requesterKind", s.requester_name as "requesterName", s.requester_phone as "requesterPhone", s.requester_party_id as "requesterPartyId",
  s.referred_by_name as "referredByName", s.referred_by_quality as "referredByQuality", s.referred_by_party_id as "referredByPartyId", s.concerns,
  s.person_name as "personName", s.person_birth_date as "personBirthDate", s.person_informed as "personInformed", s.person_informed_by as "personInformedBy",
  s.person_informed_on as "personInformedOn", s.commune_code as "communeCode", s.urgency, s.triage_proposal as "triageProposal",
  s.first_answered_at as "firstAnsweredAt", s.merged_into as "mergedInto", s.episode_id as "episodeId", s.extra, s.cno_level as "cnoLevel",
  (select t.text from intake.request_text t where t.sollicitation_id = s.id) as text,
  array(select m.motive from intake.request_motive m where m.sollicitation_id = s.id order by m.position) as motives`

/** The request as the actor sees it; `lock` keeps others from changing it until the end of the transaction. */
export async function findRequest(tx: Tx, id: SollicitationId, { lock = false }: { readonly lock?: boolean } = {}): Promise<RequestRow | undefined> {
  if (lock) await sql`select from intake.sollicitation where id = ${id} for update`.execute(tx)
  return (await sql<RequestRow>`select ${columns} from intake.sollicitation s where s.id = ${id}`.execute(tx)).rows[0]
}

export interface NewRequest {
  readonly id: SollicitationId
  readonly receivedAt: Date | string
  readonly recordedBy: UserId
  readonly channel: string
  readonly callerName: string | null
  readonly callerQuality: string | null
  readonly callerPhone: string | null
  readonly requesterKind: string
  readonly requesterName: string | null
  readonly requesterPhone: string | null
  readonly requesterPartyId: string | null
  readonly requesterUserId: UserId | null
  readonly referredByName: string | null
  readonly referredByQuality: string | null
  readonly referredByPartyId: string | null
  readonly concerns: ConcernKind
  readonly personId: PersonId | null
  readonly personName: string | null
  readonly personBirthDate: string | null
  readonly personKey: string | null
  readonly personInformed: string | null
  readonly personInformedBy: string | null
  readonly personInformedOn: string | null
  readonly communeCode: string | null
  readonly urgency: string
  readonly dueAt: Date | null
  readonly extra: Readonly<Record<string, string>>
  readonly cnoLevel: number
  readonly holderOrg: ServiceId
}

/** Adds a request to qualify; gives its number, or undefined when the id is taken. */
export async function insertRequest(tx: Tx, request: NewRequest): Promise<number | undefined> {
  const { rows } = await sql<{
    number: number
  }>`insert into intake.sollicitation (id, received_at, recorded_by, channel, caller_name, caller_quality, caller_phone, requester_kind,
      requester_name, requester_phone, requester_party_id, requester_user_id, referred_by_name, referred_by_quality, referred_by_party_id, concerns, person_id, person_name,
      person_birth_date, person_key, person_informed, person_informed_by, person_informed_on, commune_code, urgency, due_at, status, extra, cno_level, holder_org)
    values (${request.id}, ${request.receivedAt}, ${request.recordedBy}, ${request.channel}, ${request.callerName}, ${request.callerQuality}, ${request.callerPhone},
      ${request.requesterKind}, ${request.requesterName}, ${request.requesterPhone}, ${request.requesterPartyId}, ${request.requesterUserId}, ${request.referredByName},
      ${request.referredByQuality}, ${request.referredByPartyId}, ${request.concerns}, ${request.personId}, ${request.personName}, ${request.personBirthDate}, ${request.personKey},
      ${request.personInformed}, ${request.personInformedBy}, ${request.personInformedOn}, ${request.communeCode}, ${request.urgency}, ${request.dueAt}, 'to_qualify',
      ${JSON.stringify(request.extra)}::jsonb, ${request.cnoLevel}, ${request.holderOrg})
    on conflict (id) do nothing returning number`.execute(tx)
  return rows[0]?.number
}

/** Columns that actions write; `undefined` leaves one as it is. */
export interface RequestChange {
  readonly status?: RequestStatus | undefined
  readonly assigned_to?: UserId | null
  readonly assigned_at?: Date | null
  readonly triage_since?: Date | null | undefined
  readonly triage_proposal?: string | null | undefined
  readonly first_answered_at?: Date | string
  readonly requester_waits?: boolean
  readonly referrer_waits?: boolean
  readonly closed_at?: Date | null
  readonly closed_by?: UserId | null
  readonly episode_id?: string
  readonly merged_into?: SollicitationId | null
  readonly person_id?: PersonId | null
  readonly concerns?: ConcernKind
  readonly [column: string]: unknown
}

/** Writes a change and moves the version on; gives the new version. */
export async function updateRequest(tx: Tx, id: SollicitationId, change: RequestChange): Promise<number> {
  const sets = Object.entries(change)
    .filter(([, value]) => value !== undefined)
    .map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
  const { rows } = await sql<{
    version: number
  }>`update intake.sollicitation set ${sql.join([...sets, sql`version = version + 1`])} where id = ${id} returning version`.execute(tx)
  return rows[0]?.version ?? 0
}

export async function writeText(tx: Tx, id: SollicitationId, text: string, byRequester = false): Promise<void> {
  await sql`insert into intake.request_text (sollicitation_id, text, by_requester) values (${id}, ${text}, ${byRequester})
    on conflict (sollicitation_id) do update set text = excluded.text`.execute(tx)
}

export async function insertText(tx: Tx, id: SollicitationId, text: string, byRequester: boolean): Promise<void> {
  await sql`insert into intake.request_text (sollicitation_id, text, by_requester) values (${id}, ${text}, ${byRequester})`.execute(tx)
}

/** Adds motives in their order, each under its volet. */
export async function insertMotives(
  tx: Tx,
  id: SollicitationId,
  motives: readonly { readonly code: string; readonly volet: string }[],
  byRequester: boolean,
): Promise<void> {
  if (motives.length === 0) return
  const rows = motives.map(({ code, volet }, position) => sql`(${id}, ${code}, ${position}, ${byRequester}, ${volet})`)
  await sql`insert into intake.request_motive (sollicitation_id, motive, position, by_requester, volet) values ${sql.join(rows)}`.execute(tx)
}

/** Replaces the motives by these, in this order. */
export async function replaceMotives(tx: Tx, id: SollicitationId, motives: readonly { readonly code: string; readonly volet: string }[]): Promise<void> {
  await sql`delete from intake.request_motive where sollicitation_id = ${id}`.execute(tx)
  await insertMotives(tx, id, motives, false)
}

export async function handOver(tx: Tx, id: SollicitationId, to: ServiceId, traceId: string, reason: string, byName: string): Promise<void> {
  await sql`select intake.hand_over(${id}, ${to}, ${traceId}, ${reason}, ${byName})`.execute(tx)
}

export async function insertEvent(
  tx: Tx,
  event: { id: string; sollicitationId: SollicitationId; kind: string; at: Date; byId: UserId; byName: string; note: string | null },
): Promise<void> {
  await sql`insert into intake.request_event (id, sollicitation_id, kind, at, by_id, by_name, note)
    values (${event.id}, ${event.sollicitationId}, ${event.kind}, ${event.at}, ${event.byId}, ${event.byName}, ${event.note})`.execute(tx)
}

/** A request that another DAC handed over is now in somebody's hands. */
export async function markTaken(tx: Tx, id: SollicitationId, at: Date): Promise<void> {
  await sql`update intake.transfer set taken_at = ${at} where sollicitation_id = ${id} and taken_at is null and to_service = platform.actor_service()`.execute(
    tx,
  )
}

/** The calls and messages of a request are about nobody in particular any more. Gives what the request, its exchanges and its reorientations wrote in a Fil under. */
export async function detachFollowUps(tx: Tx, id: SollicitationId): Promise<readonly string[]> {
  const { rows } = await sql<{
    id: string
  }>`with freed as (update intake.contact set person_id = null where sollicitation_id = ${id} and person_id is not null returning id)
    select id from freed union all select id from intake.reorientation where sollicitation_id = ${id}`.execute(tx)
  return rows.map((row) => row.id)
}

import { sql } from 'kysely'
import type { EpisodeId } from '../../episodes/contract/episode.ts'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { DecisionId, HandoverId, PlanDecision, PlanHandover, PlanId, PlanState, PlanVersion } from '../contract/plan.ts'
import type { PlanHead } from '../contract/queries.ts'

export interface PlanRow {
  readonly id: PlanId
  readonly personId: PersonId
  readonly episodeId: EpisodeId
  readonly holderOrg: ServiceId
  readonly referentId: UserId
  readonly state: PlanState
  readonly draftNumber: number | null
  readonly validatedNumber: number | null
  readonly discardedNumber: number | null
  readonly reviewOn: string | null
  readonly criterionReachedAt: string | null
  readonly contentVersion: number
  readonly protection: string
  readonly version: number
}

const columns = sql`id, person_id as "personId", episode_id as "episodeId", holder_org as "holderOrg", referent_id as "referentId", state, draft_number as "draftNumber",
  validated_number as "validatedNumber", discarded_number as "discardedNumber", review_on as "reviewOn", criterion_reached_at as "criterionReachedAt", content_version as "contentVersion", protection, version`

/** The plan as the actor sees it; `lock` keeps it for the transaction: edits of one plan come one after the other. */
export async function findPlan(tx: Tx, id: PlanId, { lock = false } = {}): Promise<PlanRow | undefined> {
  return (await sql<PlanRow>`select ${columns} from care_plans.plan where id = ${id} ${lock ? sql`for update` : sql``}`.execute(tx)).rows[0]
}

export interface NewPlan {
  readonly id: PlanId
  readonly personId: PersonId
  readonly episodeId: EpisodeId
  readonly holderOrg: ServiceId
  readonly referentId: UserId
  readonly createdAt: Date
  readonly createdBy: UserId
}

/** False when the person already has a plan in progress in this service: the unique index decides between two at once. */
export async function insertPlan(tx: Tx, row: NewPlan): Promise<boolean> {
  const { rows } = await sql`insert into care_plans.plan (id, person_id, episode_id, holder_org, referent_id, draft_number, created_at, created_by)
    values (${row.id}, ${row.personId}, ${row.episodeId}, ${row.holderOrg}, ${row.referentId}, 1, ${row.createdAt}, ${row.createdBy})
    on conflict (person_id, holder_org) where state <> 'closed' do nothing returning id`.execute(tx)
  return rows.length === 1
}

export interface PlanChange {
  readonly state?: PlanState
  readonly draft_number?: number | null
  readonly validated_number?: number
  readonly discarded_number?: number
  readonly closed_on?: string
  readonly validated_on?: string
  readonly review_on?: string
  readonly criterion_reached_at?: Date | null
  readonly proposed_at?: Date | null
  readonly proposed_by?: UserId | null
  readonly referent_id?: UserId
}

export async function updatePlan(tx: Tx, id: PlanId, version: number, change: PlanChange): Promise<void> {
  const assignments = Object.entries(change).map(([column, value]) => sql`${sql.id(column)} = ${value}`)
  await sql`update care_plans.plan set version = ${version}${assignments.length > 0 ? sql`, ${sql.join(assignments)}` : sql``} where id = ${id}`.execute(tx)
}

/** Says that the words of the plan changed: whoever read it before reads it again before proposing. */
export async function touchContent(tx: Tx, id: PlanId): Promise<void> {
  await sql`update care_plans.plan set content_version = content_version + 1 where id = ${id}`.execute(tx)
}

/** A criterion is reached: the plan comes up for revision; the first one dates it. */
export async function markReached(tx: Tx, id: PlanId, at: Date): Promise<void> {
  await sql`update care_plans.plan set criterion_reached_at = coalesce(criterion_reached_at, ${at}) where id = ${id}`.execute(tx)
}

export async function unmarkReached(tx: Tx, id: PlanId): Promise<void> {
  await sql`update care_plans.plan set criterion_reached_at = (select min(c.reached_at) from care_plans.criterion c where c.plan_id = ${id} and c.removed_at is null) where id = ${id}`.execute(
    tx,
  )
}

const headColumns = sql`p.id, p.person_id as "personId", p.holder_org as "holderOrg", (select s.name from territory.service s where s.id = p.holder_org) as "holderName",
  p.referent_id as "referentId", (select u.given_name || ' ' || u.family_name from territory.user_account u where u.id = p.referent_id) as "referentName", p.state,
  p.draft_number as "draftNumber", p.validated_number as "validatedNumber", greatest(p.validated_number, p.discarded_number, 0) + 1 as "nextNumber", p.validated_on as "validatedOn", p.review_on as "reviewOn", p.criterion_reached_at as "criterionReachedAt",
  p.content_version as "contentVersion", p.proposed_at as "proposedAt", p.closed_on as "closedOn", p.version`

/** The plan that a file shows: the one in progress, the actor's own service first, else the last one closed; one given up before any version was validated is none. */
export async function selectHeadOfPerson(tx: Tx, personId: PersonId): Promise<PlanHead | undefined> {
  return (
    await sql<PlanHead>`select ${headColumns} from care_plans.plan p where p.person_id = any ((select persons.identity_set(${personId}))::uuid[])
      and not (p.state = 'closed' and p.draft_number is null and p.validated_number is null)
    order by p.state = 'closed', p.holder_org is distinct from platform.actor_service(), p.created_at desc limit 1`.execute(tx)
  ).rows[0]
}

export async function selectHead(tx: Tx, id: PlanId): Promise<PlanHead | undefined> {
  return (await sql<PlanHead>`select ${headColumns} from care_plans.plan p where p.id = ${id}`.execute(tx)).rows[0]
}

export interface NewDecision {
  readonly id: DecisionId
  readonly personId: PersonId
  readonly episodeId: EpisodeId
  readonly planId: PlanId | null
  readonly code: string
  readonly words: string | null
  readonly withWhom: string | null
  readonly decidedOn: string
  readonly decidedBy: UserId
  readonly decidedByName: string
  readonly recordedAt: Date
  readonly holderOrg: ServiceId
}

export async function insertDecision(tx: Tx, row: NewDecision): Promise<void> {
  await sql`insert into care_plans.decision (id, person_id, episode_id, plan_id, code, words, with_whom, decided_on, decided_by, decided_by_name, recorded_at, holder_org)
    values (${row.id}, ${row.personId}, ${row.episodeId}, ${row.planId}, ${row.code}, ${row.words}, ${row.withWhom}, ${row.decidedOn}, ${row.decidedBy}, ${row.decidedByName}, ${row.recordedAt}, ${row.holderOrg})`.execute(
    tx,
  )
}

export async function selectDecisions(tx: Tx, personId: PersonId): Promise<PlanDecision[]> {
  return (
    await sql<PlanDecision>`select id, code, words, with_whom as "withWhom", decided_on as "decidedOn", decided_by_name as "decidedByName", plan_id as "planId"
    from care_plans.decision where person_id = any ((select persons.identity_set(${personId}))::uuid[]) order by recorded_at desc, id desc limit 20`.execute(tx)
  ).rows
}

export async function selectVersions(tx: Tx, id: PlanId): Promise<PlanVersion[]> {
  return (
    await sql<PlanVersion>`select number, validated_on as "validatedOn", validated_by_name as "validatedByName", review_on as "reviewOn" from care_plans.version where plan_id = ${id} order by number`.execute(
      tx,
    )
  ).rows
}

export interface HandoverRow extends PlanHandover {
  readonly planId: PlanId
}

const handoverColumns = sql`id, plan_id as "planId", number, recipient_kind as "recipientKind", recipient_name as "recipientName", volets, handed_on as "handedOn", handed_by_name as "handedByName"`

export async function findHandover(tx: Tx, id: HandoverId): Promise<HandoverRow | undefined> {
  return (await sql<HandoverRow>`select ${handoverColumns} from care_plans.handover where id = ${id}`.execute(tx)).rows[0]
}

export async function selectHandovers(tx: Tx, id: PlanId): Promise<PlanHandover[]> {
  return (await sql<PlanHandover>`select ${handoverColumns} from care_plans.handover where plan_id = ${id} order by recorded_at desc limit 50`.execute(tx)).rows
}

export interface NewHandover extends HandoverRow {
  readonly personId: PersonId
  readonly handedBy: UserId
  readonly recordedAt: Date
  readonly holderOrg: ServiceId
}

export async function insertHandover(tx: Tx, row: NewHandover): Promise<void> {
  await sql`insert into care_plans.handover (id, plan_id, person_id, number, recipient_kind, recipient_name, volets, handed_on, handed_by, handed_by_name, recorded_at, holder_org)
    values (${row.id}, ${row.planId}, ${row.personId}, ${row.number}, ${row.recipientKind}, ${row.recipientName}, ${[...row.volets]}::text[], ${row.handedOn}, ${row.handedBy}, ${row.handedByName},
      ${row.recordedAt}, ${row.holderOrg})`.execute(tx)
}

export async function selectServiceCard(tx: Tx, id: ServiceId): Promise<{ readonly name: string; readonly phone: string | null } | undefined> {
  return (await sql<{ name: string; phone: string | null }>`select name, phone from territory.service where id = ${id}`.execute(tx)).rows[0]
}

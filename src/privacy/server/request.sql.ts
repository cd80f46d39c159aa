import { sql } from 'kysely'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { ErasurePlanLine } from '../contract/erasure.ts'
import type { ErasureId, LimitationId, LimitationReason, RequestId, RequestKind, RequestOutcome } from '../contract/requests.ts'

export interface FrozenRow {
  readonly personId: PersonId
  readonly reason: LimitationReason
  readonly since: string
}

/** Those of these persons whose file is frozen now. */
export async function selectFrozen(tx: Tx, persons: readonly PersonId[]): Promise<readonly FrozenRow[]> {
  return (await sql<FrozenRow>`select person_id as "personId", reason, since from privacy.frozen(${`{${persons.join(',')}}`}::uuid[])`.execute(tx)).rows
}

export interface RequestRow {
  readonly id: RequestId
  readonly personId: PersonId
  readonly number: number
  readonly kind: RequestKind
  readonly receivedOn: string
  readonly mode: string
  readonly askedBy: string
  readonly askedByName: string | null
  readonly identityChecked: string
  readonly words: string | null
  readonly dueOn: string
  readonly extendedOn: string | null
  readonly extensionReason: string | null
  readonly state: 'open' | 'answered'
  readonly outcome: RequestOutcome | null
  readonly outcomeWords: string | null
  readonly answeredOn: string | null
  readonly answeredByName: string | null
  readonly recordedByName: string
  readonly holderOrg: ServiceId
  readonly version: number
}

const requestColumns = sql`r.id, r.person_id as "personId", r.number, r.kind, r.received_on as "receivedOn", r.mode, r.asked_by as "askedBy", r.asked_by_name as "askedByName",
  r.identity_checked as "identityChecked", r.words, r.due_on as "dueOn", r.extended_on as "extendedOn", r.extension_reason as "extensionReason", r.state, r.outcome,
  r.outcome_words as "outcomeWords", r.answered_on as "answeredOn", r.answered_by_name as "answeredByName", r.recorded_by_name as "recordedByName", r.holder_org as "holderOrg", r.version`

export async function selectRequests(tx: Tx, personId: PersonId): Promise<readonly RequestRow[]> {
  return (
    await sql<RequestRow>`select ${requestColumns} from privacy.request r where r.person_id = ${personId} order by r.state = 'open' desc, r.received_on desc, r.number desc`.execute(
      tx,
    )
  ).rows
}

/** The request, locked when it is about to change. */
export async function findRequest(tx: Tx, id: RequestId, { lock = false } = {}): Promise<RequestRow | undefined> {
  return (await sql<RequestRow>`select ${requestColumns} from privacy.request r where r.id = ${id} ${lock ? sql`for update` : sql``}`.execute(tx)).rows[0]
}

export async function insertRequest(
  tx: Tx,
  row: Omit<RequestRow, 'number' | 'state' | 'outcome' | 'outcomeWords' | 'answeredOn' | 'answeredByName' | 'extendedOn' | 'extensionReason' | 'version'> & {
    readonly recordedAt: Date
    readonly recordedBy: UserId
  },
): Promise<void> {
  await sql`insert into privacy.request (id, person_id, kind, received_on, mode, asked_by, asked_by_name, identity_checked, words, due_on, holder_org, recorded_at, recorded_by, recorded_by_name)
    values (${row.id}, ${row.personId}, ${row.kind}, ${row.receivedOn}, ${row.mode}, ${row.askedBy}, ${row.askedByName}, ${row.identityChecked}, ${row.words}, ${row.dueOn}, ${row.holderOrg},
      ${row.recordedAt}, ${row.recordedBy}, ${row.recordedByName})`.execute(tx)
}

export async function extendRequest(
  tx: Tx,
  id: RequestId,
  extension: { readonly on: string; readonly reason: string; readonly dueOn: string },
): Promise<number> {
  const { rows } = await sql<{
    version: number
  }>`update privacy.request set extended_on = ${extension.on}, extension_reason = ${extension.reason}, due_on = ${extension.dueOn}, version = version + 1
    where id = ${id} returning version`.execute(tx)
  return rows[0]?.version ?? 0
}

export async function answerRequestRow(
  tx: Tx,
  id: RequestId,
  answer: { readonly outcome: RequestOutcome; readonly words: string | null; readonly on: string; readonly by: UserId; readonly byName: string },
): Promise<number> {
  const { rows } = await sql<{
    version: number
  }>`update privacy.request set state = 'answered', outcome = ${answer.outcome}, outcome_words = ${answer.words}, answered_on = ${answer.on},
    answered_by = ${answer.by}, answered_by_name = ${answer.byName}, version = version + 1 where id = ${id} returning version`.execute(tx)
  return rows[0]?.version ?? 0
}

/** Requests in progress of the actor's service, the first due first; then those answered since that day. */
export async function selectServiceRequests(tx: Tx, service: ServiceId, since: string): Promise<readonly RequestRow[]> {
  return (
    await sql<RequestRow>`select ${requestColumns} from privacy.request r where r.holder_org = ${service} and (r.state = 'open' or r.received_on >= ${since})
      order by r.state = 'open' desc, case when r.state = 'open' then r.due_on end, r.received_on desc limit 500`.execute(tx)
  ).rows
}

export interface RegisterRow {
  readonly number: number
  readonly service: string | null
  readonly kind: RequestKind
  readonly receivedOn: string
  readonly dueOn: string
  readonly extended: boolean
  readonly state: 'open' | 'answered'
  readonly outcome: RequestOutcome | null
  readonly answeredOn: string | null
}

/** The register without a name, for those who answer for the treatment. */
export async function selectRegister(tx: Tx, since: string): Promise<readonly RegisterRow[]> {
  return (
    await sql<RegisterRow>`select number, service_name as service, kind, received_on as "receivedOn", due_on as "dueOn", extended, state, outcome, answered_on as "answeredOn"
      from privacy.request_register(${since}::date, 2000)`.execute(tx)
  ).rows
}

export interface AddendumRow {
  readonly id: string
  readonly itemId: string
  readonly itemTitle: string
  readonly words: string
  readonly recordedAt: string
  readonly byName: string
}

export async function selectAddenda(tx: Tx, personId: PersonId): Promise<readonly AddendumRow[]> {
  return (
    await sql<AddendumRow>`select id, item_id as "itemId", item_title as "itemTitle", words, recorded_at as "recordedAt", recorded_by_name as "byName"
      from privacy.addendum where person_id = ${personId} order by recorded_at desc`.execute(tx)
  ).rows
}

export interface ContestedItem {
  readonly id: string
  readonly title: string
  readonly at: string
  readonly volet: 'administrative' | 'social' | 'health'
  readonly holderOrg: ServiceId
  readonly protection: 'shared' | 'org_private'
}

/** A line of her Fil, as the actor sees it. */
export async function findItem(tx: Tx, personId: PersonId, itemId: string): Promise<ContestedItem | undefined> {
  return (
    await sql<ContestedItem>`select id, title, at, volet, holder_org as "holderOrg", protection from persons.timeline_item where id = ${itemId} and person_id = ${personId} and protection <> 'restricted'`.execute(
      tx,
    )
  ).rows[0]
}

export async function insertAddendum(
  tx: Tx,
  row: {
    readonly id: string
    readonly personId: PersonId
    readonly requestId: RequestId | null
    readonly item: ContestedItem
    readonly words: string
    readonly at: Date
    readonly by: UserId
    readonly byName: string
  },
): Promise<void> {
  await sql`insert into privacy.addendum (id, person_id, request_id, item_id, item_title, words, recorded_at, recorded_by, recorded_by_name, volet, holder_org, protection)
    values (${row.id}, ${row.personId}, ${row.requestId}, ${row.item.id}, ${row.item.title}, ${row.words}, ${row.at}, ${row.by}, ${row.byName}, ${row.item.volet}, ${row.item.holderOrg}, ${row.item.protection})`.execute(
    tx,
  )
}

export interface LimitationRow {
  readonly id: LimitationId
  readonly personId: PersonId
  readonly reason: LimitationReason
  readonly since: string
  readonly setByName: string
  readonly liftedAt: string | null
  readonly liftedByName: string | null
  readonly liftReason: string | null
}

const limitationColumns = sql`l.id, l.person_id as "personId", l.reason, l.since, l.set_by_name as "setByName", l.lifted_at as "liftedAt", l.lifted_by_name as "liftedByName", l.lift_reason as "liftReason"`

export async function selectLimitations(tx: Tx, personId: PersonId): Promise<readonly LimitationRow[]> {
  return (await sql<LimitationRow>`select ${limitationColumns} from privacy.limitation l where l.person_id = ${personId} order by l.since desc`.execute(tx))
    .rows
}

export async function findLimitation(tx: Tx, id: LimitationId): Promise<LimitationRow | undefined> {
  return (await sql<LimitationRow>`select ${limitationColumns} from privacy.limitation l where l.id = ${id} for update`.execute(tx)).rows[0]
}

export async function insertLimitation(
  tx: Tx,
  row: {
    readonly id: LimitationId
    readonly personId: PersonId
    readonly requestId: RequestId | null
    readonly reason: LimitationReason
    readonly at: Date
    readonly by: UserId
    readonly byName: string
    readonly holderOrg: ServiceId
  },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`insert into privacy.limitation (id, person_id, request_id, reason, since, set_by, set_by_name, holder_org)
    values (${row.id}, ${row.personId}, ${row.requestId}, ${row.reason}, ${row.at}, ${row.by}, ${row.byName}, ${row.holderOrg})
    on conflict (person_id) where lifted_at is null do nothing returning id`.execute(tx)
  return rows.length === 1
}

export async function liftLimitationRow(
  tx: Tx,
  id: LimitationId,
  lift: { readonly at: Date; readonly by: UserId; readonly byName: string; readonly reason: string },
): Promise<void> {
  await sql`update privacy.limitation set lifted_at = ${lift.at}, lifted_by = ${lift.by}, lifted_by_name = ${lift.byName}, lift_reason = ${lift.reason} where id = ${id}`.execute(
    tx,
  )
}

export interface ErasureRow {
  readonly id: ErasureId
  readonly personId: PersonId
  readonly requestId: RequestId
  readonly plan: readonly ErasurePlanLine[]
  readonly state: 'proposed' | 'confirmed' | 'done' | 'cancelled'
  readonly proposedAt: string
  readonly proposedBy: UserId
  readonly proposedByName: string
  readonly confirmedAt: string | null
  readonly confirmedByName: string | null
  readonly doneAt: string | null
  readonly cancelledBecause: string | null
  readonly counts: Readonly<Record<string, number>> | null
  readonly holderOrg: ServiceId
}

const erasureColumns = sql`e.id, e.person_id as "personId", e.request_id as "requestId", e.plan, e.state, e.proposed_at as "proposedAt", e.proposed_by as "proposedBy",
  e.proposed_by_name as "proposedByName", e.confirmed_at as "confirmedAt", e.confirmed_by_name as "confirmedByName", e.done_at as "doneAt",
  e.cancelled_because as "cancelledBecause", e.counts, e.holder_org as "holderOrg"`

export async function selectErasures(tx: Tx, personId: PersonId): Promise<readonly ErasureRow[]> {
  return (await sql<ErasureRow>`select ${erasureColumns} from privacy.erasure e where e.person_id = ${personId} order by e.proposed_at desc`.execute(tx)).rows
}

export async function findErasure(tx: Tx, id: ErasureId, { lock = false } = {}): Promise<ErasureRow | undefined> {
  return (await sql<ErasureRow>`select ${erasureColumns} from privacy.erasure e where e.id = ${id} ${lock ? sql`for update` : sql``}`.execute(tx)).rows[0]
}

export async function insertErasure(
  tx: Tx,
  row: {
    readonly id: ErasureId
    readonly personId: PersonId
    readonly requestId: RequestId
    readonly plan: readonly ErasurePlanLine[]
    readonly at: Date
    readonly by: UserId
    readonly byName: string
    readonly holderOrg: ServiceId
  },
): Promise<boolean> {
  const { rows } = await sql<{
    id: string
  }>`insert into privacy.erasure (id, person_id, request_id, plan, proposed_at, proposed_by, proposed_by_name, holder_org)
    values (${row.id}, ${row.personId}, ${row.requestId}, ${JSON.stringify(row.plan)}::jsonb, ${row.at}, ${row.by}, ${row.byName}, ${row.holderOrg})
    on conflict (person_id) where state in ('proposed', 'confirmed') do nothing returning id`.execute(tx)
  return rows.length === 1
}

export async function confirmErasureRow(tx: Tx, id: ErasureId, confirmed: { readonly at: Date; readonly by: UserId; readonly byName: string }): Promise<void> {
  await sql`update privacy.erasure set state = 'confirmed', confirmed_at = ${confirmed.at}, confirmed_by = ${confirmed.by}, confirmed_by_name = ${confirmed.byName} where id = ${id}`.execute(
    tx,
  )
}

export async function cancelErasureRow(tx: Tx, id: ErasureId, because: string): Promise<void> {
  await sql`update privacy.erasure set state = 'cancelled', cancelled_because = ${because} where id = ${id}`.execute(tx)
}

/** The job's last word: done, and what it counted. */
export async function finishErasureRow(tx: Tx, id: ErasureId, at: Date, counts: Readonly<Record<string, number>>): Promise<void> {
  await sql`update privacy.erasure set state = 'done', done_at = ${at}, counts = ${JSON.stringify(counts)}::jsonb where id = ${id}`.execute(tx)
}

/** For the letter: how the service signs. */
export async function selectServiceCard(tx: Tx, service: ServiceId): Promise<{ readonly name: string; readonly phone: string | null } | undefined> {
  return (await sql<{ name: string; phone: string | null }>`select name, phone from territory.service where id = ${service}`.execute(tx)).rows[0]
}

import { sql } from 'kysely'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { InsiCallId } from '../contract/identity-actions.ts'
import type { InsiState, KeptBecause } from '../contract/identity-queries.ts'
import type { InsIdentity } from '../contract/insi.ts'

export type InsiOperation = 'search' | 'verification'

/** True where the operator has connected the teleservice: the settings of the last start say it. */
export async function insiConnected(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ connected: boolean }>`select exists (select from platform.setting where key = 'insi' and value = 'true') as connected`.execute(
    tx,
  )
  return rows[0]?.connected === true
}

export interface NewInsiCall {
  readonly id: string
  readonly personId: PersonId
  readonly operation: InsiOperation
  readonly version: number
  readonly at: Date
  readonly by: string | null
  readonly read: { readonly matricule: string; readonly oid: string } | null
  readonly holderOrg: string
}

/** Adds the question, unless one is already waiting about the same person: gives the one that waits. */
export async function insertInsiCall(tx: Tx, call: NewInsiCall): Promise<{ readonly id: string; readonly operation: InsiOperation; readonly added: boolean }> {
  const { rows } = await sql<{ id: string; operation: InsiOperation; added: boolean }>`with added as (
      insert into persons.insi_call (id, person_id, operation, asked_version, asked_at, asked_by, read_matricule, read_oid, holder_org)
      values (${call.id}, ${call.personId}, ${call.operation}, ${call.version}, ${call.at}, ${call.by}, ${call.read?.matricule ?? null}, ${call.read?.oid ?? null}, ${call.holderOrg})
      on conflict (person_id) where state = 'waiting' do nothing returning id, operation)
    select id, operation, true as added from added
    union all select id, operation, false from persons.insi_call where person_id = ${call.personId} and state = 'waiting' and not exists (select from added)`.execute(
    tx,
  )
  return rows[0] as { id: string; operation: InsiOperation; added: boolean }
}

export interface TakenInsiCall {
  readonly id: InsiCallId
  readonly personId: PersonId
  readonly operation: InsiOperation
  readonly attempts: number
  readonly readMatricule: string | null
  readonly readOid: string | null
  readonly askedBy: string | null
  readonly holderOrg: string
}

/** Counts one more attempt of a call that still waits; undefined when somebody answered it meanwhile. */
export async function takeInsiCall(tx: Tx, id: string): Promise<TakenInsiCall | undefined> {
  const { rows } = await sql<TakenInsiCall>`update persons.insi_call set attempts = attempts + 1, next_attempt_at = null where id = ${id} and state = 'waiting'
    returning id, person_id as "personId", operation, attempts, read_matricule as "readMatricule", read_oid as "readOid", asked_by as "askedBy", holder_org as "holderOrg"`.execute(
    tx,
  )
  return rows[0]
}

export interface InsiAnswerRow {
  readonly state: InsiState
  readonly code: string | null
  readonly answer: InsIdentity | null
  readonly nextAttemptAt: Date | null
  readonly at: Date
}

/** Gives whose the call is now (a merge may have moved it); undefined when it no longer waits. */
export async function writeInsiAnswer(tx: Tx, id: string, { state, code, answer, nextAttemptAt, at }: InsiAnswerRow): Promise<PersonId | undefined> {
  const { rows } = await sql<{
    personId: PersonId
  }>`update persons.insi_call set state = ${state}, code = ${code}, answer = ${answer === null ? null : JSON.stringify(answer)}::jsonb,
      next_attempt_at = ${nextAttemptAt}, answered_at = ${state === 'waiting' ? null : at}
    where id = ${id} and state = 'waiting' returning person_id as "personId"`.execute(tx)
  return rows[0]?.personId
}

/** Her traits may leave: neither merged into somebody else, nor archived, nor kept without being used (art. 18 RGPD), nor withheld by an opposition. */
export async function traitsMayLeave(tx: Tx, personId: PersonId): Promise<boolean> {
  const { rows } = await sql<{ leave: boolean }>`select persons.traits_leave(${personId}) as leave`.execute(tx)
  return rows[0]?.leave === true
}

/** Why they may not, for an actor who sees her; null where they may. */
export async function traitsKeptBecause(tx: Tx, personId: PersonId): Promise<KeptBecause | null> {
  const { rows } = await sql<{ why: KeptBecause | null }>`select persons.traits_kept_because(${personId}) as why`.execute(tx)
  return rows[0]?.why ?? null
}

/** What a verification of her own matricule says, on the person herself: no version of hers, the call is its trace. */
export async function markVerified(tx: Tx, personId: PersonId, confirmed: boolean, at: Date): Promise<void> {
  await sql`update persons.person set ins_verified_at = ${at}, ins_contested_at = case when ${confirmed} then null else coalesce(ins_contested_at, ${at}) end
    where person_id = ${personId} and ins_matricule is not null`.execute(tx)
}

export async function lockInsiCall(
  tx: Tx,
  id: string,
  personId: PersonId,
): Promise<{ readonly state: InsiState; readonly decision: string | null; readonly answer: InsIdentity | null } | undefined> {
  const { rows } = await sql<{
    state: InsiState
    decision: string | null
    answer: InsIdentity | null
  }>`select state, decision, answer from persons.insi_call where id = ${id} and person_id = ${personId} for update`.execute(tx)
  return rows[0]
}

export async function decideInsiCall(tx: Tx, id: string, decision: string, by: string, at: Date): Promise<void> {
  await sql`update persons.insi_call set decision = ${decision}, decided_by = ${by}, decided_at = ${at} where id = ${id}`.execute(tx)
}

export interface LastInsiCall {
  readonly id: string
  readonly operation: InsiOperation
  readonly state: InsiState
  readonly code: string | null
  readonly askedAt: string
  readonly askedByName: string | null
  readonly attempts: number
  readonly nextAttemptAt: string | null
  readonly answeredAt: string | null
  readonly decision: 'accepted' | 'set_aside' | null
  readonly answer: InsIdentity | null
}

export async function selectLastInsiCall(tx: Tx, personId: PersonId): Promise<LastInsiCall | null> {
  const { rows } = await sql<LastInsiCall>`select id, operation, state, code, asked_at as "askedAt", platform.user_name(asked_by) as "askedByName", attempts,
      next_attempt_at as "nextAttemptAt", answered_at as "answeredAt", decision, answer
    from persons.insi_call where person_id = ${personId} order by asked_at desc, id desc limit 1`.execute(tx)
  return rows[0] ?? null
}

/** Those whose matricule nobody verified since `before`, the oldest first; neither those contested already, nor those who died, nor those whose traits stay here, miss one of the five or are doubted: the teleservice may not be asked about them. */
export async function dueVerifications(tx: Tx, before: Date, most: number): Promise<readonly PersonId[]> {
  const { rows } = await sql<{ personId: PersonId }>`select person_id as "personId" from persons.person p
    where ins_matricule is not null and coalesce(ins_verified_at, ins_retrieved_at) < ${before} and ins_contested_at is null and deceased_on is null
      and p.protection = 'shared' and p.birth_name is not null and p.birth_given_names <> '{}' and p.birth_date is not null and not p.birth_date_approximate
      and p.sex in ('F', 'M') and p.birth_place_code is not null and not p.identity_attributes && '{doubtful,fictitious}' and persons.traits_leave(p.person_id)
      and not exists (select from persons.insi_call c where c.person_id = p.person_id and c.state = 'waiting')
    order by coalesce(ins_verified_at, ins_retrieved_at) limit ${most}`.execute(tx)
  return rows.map((row) => row.personId)
}

/** Open pages of whoever sees her ask again at once. */
export async function tellAnswered(tx: Tx, eventId: string, personId: PersonId, state: InsiState): Promise<void> {
  await sql`insert into platform.event_inbox (id, type, person_id, volet, payload)
    values (${eventId}, 'persons.insi.answered', ${personId}, 'administrative', ${JSON.stringify({ personId, state })}::jsonb)`.execute(tx)
}

import { sql } from 'kysely'
import type { PersonId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { ExceptionalAccess } from '../contract/access-queries.ts'
import { phoneticKey } from '../contract/names.ts'
import type { ExceptionalAccessId, PersonName } from '../contract/person.ts'

export async function selectExceptionalCandidates(
  tx: Tx,
  words: readonly string[],
  born: string,
): Promise<readonly { person: PersonName; inScope: boolean }[]> {
  const { rows } = await sql<{ person: PersonName; inScope: boolean }>`select person, in_scope as "inScope"
    from persons.exceptional_candidates(${[...words]}::text[], ${words.map(phoneticKey)}::text[], ${born}::date)`.execute(tx)
  return rows
}

export interface OpenedExceptionally {
  readonly id: ExceptionalAccessId
  readonly sightId: string
  readonly personId: PersonId
  readonly reason: string
  /** How « Qui peut voir » says it. */
  readonly words: string
  readonly explanation: string
  readonly hours: number
}

/** Gives the end of the access; null for whoever does not exist, opposes or refuses: not told apart. */
export async function openExceptionallyRow(tx: Tx, row: OpenedExceptionally): Promise<string | null> {
  const { rows } = await sql<{
    endsAt: string | null
  }>`select persons.open_exceptionally(${row.id}, ${row.sightId}, ${row.personId}, ${row.reason}, ${row.words},
    ${row.explanation}, ${row.hours}) as "endsAt"`.execute(tx)
  return rows[0]?.endsAt ?? null
}

export interface ExceptionalTargetRow {
  readonly personId: PersonId
  readonly userId: UserId
  readonly supervised: boolean
  readonly endsAt: string
  readonly ended: boolean
  readonly reviewed: boolean
}

export async function selectExceptionalTarget(tx: Tx, id: ExceptionalAccessId): Promise<ExceptionalTargetRow | undefined> {
  const { rows } = await sql<ExceptionalTargetRow>`select person_id as "personId", user_id as "userId", supervised, ends_at as "endsAt", ended, reviewed
    from persons.exceptional_access_target(${id})`.execute(tx)
  return rows[0]
}

/** Users who are told, and the services that accompany the person. */
export async function selectSupervisors(tx: Tx, id: ExceptionalAccessId): Promise<readonly string[]> {
  const { rows } = await sql<{ users: readonly string[] }>`select persons.supervisors_of(${id}) as users`.execute(tx)
  return rows[0]?.users ?? []
}

export async function closeExceptionallyRow(tx: Tx, id: ExceptionalAccessId): Promise<boolean> {
  const { rows } = await sql<{ closed: boolean }>`select persons.close_exceptionally(${id}) as closed`.execute(tx)
  return rows[0]?.closed === true
}

export async function reviewExceptionallyRow(tx: Tx, id: ExceptionalAccessId, outcome: string, comment: string, byName: string): Promise<boolean> {
  const { rows } = await sql<{ reviewed: boolean }>`select persons.review_exceptionally(${id}, ${outcome}, ${comment}, ${byName}) as reviewed`.execute(tx)
  return rows[0]?.reviewed === true
}

export type ExceptionalAccessRow = Omit<ExceptionalAccess, 'person' | 'live' | 'reasonLabel'> & { readonly canReview: boolean }

/** Mine, or those that the actor answers for; the last first. */
export async function selectExceptionalAccesses(
  tx: Tx,
  wanted: { readonly mine: boolean; readonly show: 'to_review' | 'reviewed' | 'all'; readonly since: Date; readonly limit: number },
): Promise<readonly ExceptionalAccessRow[]> {
  const { rows } = await sql<ExceptionalAccessRow>`select id, person_id as "personId", reference, user_id as "userId", user_name as "userName", profession,
      service_name as "serviceName", reason, explanation, volets, opened_at as "openedAt", ends_at as "endsAt", ended_at as "endedAt", reads, review,
      can_review as "canReview"
    from persons.exceptional_accesses(${wanted.mine}, ${wanted.show}, ${wanted.since}, ${wanted.limit})`.execute(tx)
  return rows
}

export async function countWaiting(tx: Tx): Promise<number> {
  const { rows } = await sql<{ n: number }>`select persons.exceptional_accesses_waiting() as n`.execute(tx)
  return rows[0]?.n ?? 0
}

/** Those that are over and were not noticed yet; each is noticed once. */
export async function noticeOver(tx: Tx, now: Date): Promise<readonly { id: string; personId: string; userId: string }[]> {
  const { rows } = await sql<{ id: string; personId: string; userId: string }>`update persons.exceptional_access set ended_at = ends_at, end_cause = 'over'
    where ended_at is null and ends_at <= ${now} returning id, person_id as "personId", user_id as "userId"`.execute(tx)
  return rows
}

export async function tellOver(tx: Tx, eventId: string, over: { readonly id: string; readonly personId: string; readonly userId: string }): Promise<void> {
  await sql`insert into platform.event_inbox (id, type, audience, payload) values (${eventId}, 'persons.sight.changed', ${`{${over.userId}}`}::uuid[],
    ${JSON.stringify({ personId: over.personId, reason: 'break_glass_over', id: over.id })}::jsonb)`.execute(tx)
}

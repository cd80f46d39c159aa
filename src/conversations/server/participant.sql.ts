import { sql } from 'kysely'
import type { PersonId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { Reachable } from '../contract/queries.ts'
import type { ThreadId, ThreadTarget } from '../contract/thread.ts'

export interface Card {
  readonly userId: UserId
  readonly name: string
  readonly profession: string | null
}

/** Who may take part in a conversation about a person, herself included; nobody where the actor does not see her. */
export async function selectReachable(tx: Tx, personId: PersonId): Promise<readonly Reachable[]> {
  return (
    await sql<Reachable>`select user_id as "userId", name, profession, service_name as "serviceName", follows, volets from conversations.reachable(${personId})`.execute(
      tx,
    )
  ).rows
}

/** Names of users whose account is active; the others are left out. */
export async function selectCards(tx: Tx, ids: readonly UserId[]): Promise<readonly Card[]> {
  return (await sql<Card>`select user_id as "userId", name, profession from conversations.cards(${`{${ids.join(',')}}`}::uuid[])`.execute(tx)).rows
}

/** Professionals by the beginnings of their names, without accents nor capitals. */
export async function selectProfessionals(
  tx: Tx,
  words: readonly string[],
  besides: readonly UserId[],
): Promise<readonly (Card & { readonly serviceName: string | null })[]> {
  return (
    await sql<
      Card & { readonly serviceName: string | null }
    >`select user_id as "userId", name, profession, service_name as "serviceName" from conversations.professionals(${[...words]}::text[], ${`{${besides.join(',')}}`}::uuid[], 12)`.execute(
      tx,
    )
  ).rows
}

export interface Entry {
  readonly thread: Pick<ThreadTarget, 'id' | 'personId' | 'volet' | 'holderOrg'>
  readonly cards: readonly (Card & { readonly id: string })[]
  readonly fromNumber: number
  readonly at: Date
  readonly by: { readonly userId: UserId; readonly displayName: string } | null
}

export async function insertParticipants(tx: Tx, { thread, cards, fromNumber, at, by }: Entry): Promise<void> {
  const given = JSON.stringify(cards)
  await sql`insert into conversations.participant (id, thread_id, person_id, user_id, name, profession, from_number, seen_number, joined_at, added_by, added_by_name, volet, holder_org)
    select g.id, ${thread.id}, ${thread.personId}, g."userId", g.name, g.profession, ${fromNumber}, ${fromNumber}::int - 1, ${at}, ${by?.userId ?? null}, ${by?.displayName ?? null},
      ${thread.volet}, ${thread.holderOrg}
    from jsonb_to_recordset(${given}::jsonb) as g(id uuid, "userId" uuid, name text, profession text)`.execute(tx)
}

/** The users who take part now. */
export async function selectPresent(tx: Tx, id: ThreadId): Promise<readonly UserId[]> {
  return (await sql<{ id: UserId }>`select user_id as id from conversations.participant where thread_id = ${id} and left_at is null`.execute(tx)).rows.map(
    (row) => row.id,
  )
}

export interface Leaving {
  readonly threadId: ThreadId
  readonly userId: UserId
  readonly because: 'left' | 'removed'
  readonly lastNumber: number
  readonly at: Date
  readonly byName: string
}

/** Ends a period; true when there was one. */
export async function endPeriod(tx: Tx, leaving: Leaving): Promise<boolean> {
  const { numAffectedRows } =
    await sql`update conversations.participant set left_at = ${leaving.at}, left_because = ${leaving.because}, left_by_name = ${leaving.byName},
      until_number = ${leaving.lastNumber} where thread_id = ${leaving.threadId} and user_id = ${leaving.userId} and left_at is null`.execute(tx)
  return Number(numAffectedRows ?? 0) > 0
}

/** Read up to this message, never back. Gives whether it moved. */
export async function markSeen(tx: Tx, { threadId, userId, number, at }: { threadId: ThreadId; userId: UserId; number: number; at: Date }): Promise<boolean> {
  const { numAffectedRows } =
    await sql`update conversations.participant p set seen_number = least(${number}::int, t.last_number), seen_at = ${at} from conversations.thread t
    where t.id = p.thread_id and p.thread_id = ${threadId} and p.user_id = ${userId} and p.left_at is null and p.seen_number < least(${number}::int, t.last_number)`.execute(
      tx,
    )
  return Number(numAffectedRows ?? 0) > 0
}

/** What one writes oneself is read, if nothing before it was left unread. */
export async function markOwn(tx: Tx, { threadId, userId, number, at }: { threadId: ThreadId; userId: UserId; number: number; at: Date }): Promise<void> {
  await sql`update conversations.participant set seen_number = ${number}, seen_at = ${at}
    where thread_id = ${threadId} and user_id = ${userId} and left_at is null and seen_number = ${number}::int - 1`.execute(tx)
}

export async function markMentioned(tx: Tx, threadId: ThreadId, number: number, users: readonly UserId[]): Promise<void> {
  await sql`select conversations.mention(${threadId}, ${number}, ${`{${users.join(',')}}`}::uuid[])`.execute(tx)
}

import { type RawBuilder, sql } from 'kysely'
import { personNameJson } from '../../persons/server/api.ts'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { Volet } from '../../platform/contract/actor.ts'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { ThreadHead, ThreadLine, threads, unread } from '../contract/queries.ts'
import type { Reach, ThreadId, ThreadTarget } from '../contract/thread.ts'

/** The last period of the actor in each conversation that she ever took part in; the one that lasts when there is one. */
const mine = (
  userId: UserId,
): RawBuilder<unknown> => sql`select distinct on (p.thread_id) p.thread_id, p.from_number, p.until_number, p.seen_number, p.mentioned_number, p.left_at
  from conversations.participant p where p.user_id = ${userId} order by p.thread_id, p.left_at desc nulls first, p.joined_at desc`

export interface NewThread {
  readonly id: ThreadId
  readonly personId: PersonId | null
  readonly subject: string
  readonly reach: Reach
  readonly volet: Volet
  readonly holderOrg: string
  readonly createdBy: UserId
  readonly createdByName: string
  readonly at: Date
}

export async function insertThread(tx: Tx, thread: NewThread): Promise<void> {
  await sql`insert into conversations.thread (id, person_id, subject, reach, last_at, created_at, created_by, created_by_name, volet, holder_org)
    values (${thread.id}, ${thread.personId}, ${thread.subject}, ${thread.reach}, ${thread.at}, ${thread.at}, ${thread.createdBy}, ${thread.createdByName}, ${thread.volet}, ${thread.holderOrg})`.execute(
    tx,
  )
}

/** The conversation as the actor sees it, or undefined. */
export async function findThread(tx: Tx, userId: UserId, id: ThreadId): Promise<ThreadTarget | undefined> {
  return (
    await sql<ThreadTarget>`select t.id, t.person_id as "personId", t.volet, t.reach, t.holder_org as "holderOrg", t.created_by as "createdBy", t.last_number as "lastNumber",
      (select jsonb_build_object('fromNumber', p.from_number, 'seenNumber', p.seen_number) from conversations.participant p
        where p.thread_id = t.id and p.user_id = ${userId} and p.left_at is null) as mine
    from conversations.thread t where t.id = ${id}`.execute(tx)
  ).rows[0]
}

/** The number of the next message: taken under the lock of the conversation, so that the order of numbers is that of writing and none is missing. Null: she has just left. */
export async function takeNumber(tx: Tx, id: ThreadId, at: Date): Promise<number | null> {
  const { rows } = await sql<{ number: number }>`update conversations.thread set last_number = last_number + 1, last_at = greatest(last_at, ${at}::timestamptz)
    where id = ${id} returning last_number as number`.execute(tx)
  return rows[0]?.number ?? null
}

/** Locks the conversation: nobody writes in it while its list of participants changes. Gives its last number. */
export async function lockThread(tx: Tx, id: ThreadId): Promise<number> {
  return (await sql<{ number: number }>`select last_number as number from conversations.thread where id = ${id} for update`.execute(tx)).rows[0]?.number ?? 0
}

/** Whom to tell of what happens: those who take part and may read it now. */
export async function listenersOf(tx: Tx, id: ThreadId): Promise<readonly UserId[]> {
  return (await sql<{ ids: UserId[] }>`select conversations.listeners(${id}) as ids`.execute(tx)).rows[0]?.ids ?? []
}

export async function selectHead(tx: Tx, userId: UserId, id: ThreadId): Promise<ThreadHead> {
  // Whoever left learns nothing of what came after her: the others as they were, the last number that was hers.
  const { rows } = await sql<ThreadHead>`with mine as (${mine(userId)})
    select t.id, case when t.person_id is null then null else ${personNameJson('t.person_id')} end as person, t.person_id as "personId", t.subject, t.reach, t.volet,
      t.holder_org as "holderOrg", t.created_by as "createdBy", t.created_by_name as "createdByName", t.created_at as "createdAt", coalesce(mine.until_number, t.last_number) as "lastNumber",
      case when mine.left_at is null then jsonb_build_object('fromNumber', mine.from_number, 'seenNumber', mine.seen_number) end as mine,
      (select jsonb_agg(jsonb_build_object('userId', p.user_id, 'name', p.name, 'profession', p.profession, 'joinedAt', p.joined_at, 'fromNumber', p.from_number, 'addedByName', p.added_by_name,
          'leftAt', case when p.left_at <= coalesce(mine.left_at, p.left_at) then p.left_at end, 'leftBecause', case when p.left_at <= coalesce(mine.left_at, p.left_at) then p.left_because end,
          'untilNumber', case when p.left_at <= coalesce(mine.left_at, p.left_at) then p.until_number end,
          'seenNumber', least(p.seen_number, coalesce(mine.until_number, p.seen_number)), 'seenAt', case when mine.left_at is null then p.seen_at end) order by p.joined_at, p.name)
        from conversations.participant p where p.thread_id = t.id and p.joined_at <= coalesce(mine.left_at, p.joined_at)) as participants
    from conversations.thread t join mine on mine.thread_id = t.id where t.id = ${id}`.execute(tx)
  return rows[0] as ThreadHead
}

export interface ThreadFilter {
  readonly personId: PersonId | null
  readonly only: 'unread' | 'outside' | null
  readonly after: { readonly at: string; readonly id: string } | null
  readonly limit: number
}

/** Starts from the actor's own participations; gives one line more than `limit` when there is more. */
export async function selectThreads(tx: Tx, userId: UserId, filter: ThreadFilter): Promise<readonly ThreadLine[]> {
  const { personId, only, after } = filter
  const { rows } = await sql<ThreadLine>`with mine as materialized (${mine(userId)}),
    page as materialized (select t.*, m.from_number, m.until_number, m.seen_number, m.mentioned_number, m.left_at, coalesce(m.left_at, t.last_at) as moved_at
      from mine m join conversations.thread t on t.id = m.thread_id
      where true ${personId === null ? sql`` : sql`and t.person_id = any ((select persons.identity_set(${personId}))::uuid[])`}
        ${only === 'outside' ? sql`and t.person_id is null` : only === 'unread' ? sql`and m.left_at is null and t.last_number > m.seen_number` : sql``}
        ${after === null ? sql`` : sql`and (coalesce(m.left_at, t.last_at), t.id) < (${after.at}::timestamptz, ${after.id}::uuid)`}
      order by moved_at desc, t.id desc limit ${filter.limit + 1})
    select page.id, case when page.person_id is null then null else ${personNameJson('page.person_id')} end as person, page.subject, page.reach, page.volet, page.moved_at as "lastAt",
      (select jsonb_build_object('authorId', m.author_id, 'authorName', conversations.shown_name(m.person_id, m.author_id, m.author_name), 'excerpt', left(m.body, 140), 'files', (select count(*) from conversations.file f where f.message_id = m.id))
        from conversations.message m where m.thread_id = page.id order by m.number desc limit 1) as last,
      case when page.left_at is null then page.last_number - page.seen_number else 0 end as unread,
      page.left_at is null and page.mentioned_number > page.seen_number as mentioned,
      array(select p.name from conversations.participant p where p.thread_id = page.id and p.user_id <> ${userId} and p.joined_at <= coalesce(page.left_at, p.joined_at)
        and (p.left_at is null or p.left_at > page.left_at) order by p.joined_at, p.name) as others,
      page.left_at is null as present
    from page order by page.moved_at desc, page.id desc`.execute(tx)
  return rows
}

export async function countUnread(tx: Tx, userId: UserId): Promise<OutputOf<typeof unread>> {
  const { rows } = await sql<OutputOf<typeof unread>>`select count(*)::int as threads, coalesce(sum(t.last_number - p.seen_number), 0)::int as messages,
      count(*) filter (where p.mentioned_number > p.seen_number)::int as mentions
    from conversations.participant p join conversations.thread t on t.id = p.thread_id
    where p.user_id = ${userId} and p.left_at is null and t.last_number > p.seen_number`.execute(tx)
  return rows[0] ?? { threads: 0, messages: 0, mentions: 0 }
}

export type ThreadPage = OutputOf<typeof threads>

/** The service under which a conversation is held: that of its author, or herself. */
export function holderOf(actor: { readonly serviceId: ServiceId | null; readonly userId: UserId }): string {
  return actor.serviceId ?? actor.userId
}

import { sql } from 'kysely'
import type { UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'

/** Clears the mark of an item and of the notes of the same thread: they open together. Gives how many. */
export async function clearMark(tx: Tx, userId: UserId, itemId: string): Promise<number> {
  const { rows } = await sql`delete from liaison.unread u where u.user_id = ${userId} and (u.item_id = ${itemId} or u.item_id in (
    select t.id from persons.timeline_item t join liaison.note n on n.id = t.source_id where t.source = 'liaison.note' and n.root_id = (
      select o.root_id from persons.timeline_item i join liaison.note o on o.id = i.source_id where i.id = ${itemId} and i.source = 'liaison.note')))
    returning u.item_id`.execute(tx)
  return rows.length
}

/** Keeps that she opened a note and its thread, for « lu par »: what others wrote, these last weeks, and only what she may read. */
export async function keepOpened(tx: Tx, userId: UserId, itemId: string, at: Date): Promise<void> {
  await sql`insert into liaison.opened (user_id, item_id, opened_at)
    select ${userId}, t.id, ${at} from persons.timeline_item t join liaison.note n on n.id = t.source_id
    where t.source = 'liaison.note' and n.author_id <> ${userId} and n.recorded_at > now() - interval '31 days' and n.root_id = (
      select o.root_id from persons.timeline_item i join liaison.note o on o.id = i.source_id where i.id = ${itemId} and i.source = 'liaison.note')
    on conflict do nothing`.execute(tx)
}

/** Nothing more is told of who opened a note of long ago. */
export async function forgetOpened(tx: Tx, now: Date): Promise<void> {
  await sql`delete from liaison.opened where opened_at < ${now}::timestamptz - interval '60 days'`.execute(tx)
}

/** Clears the marks of these items, opening none of them. Gives how many. */
export async function clearMarks(tx: Tx, userId: UserId, itemIds: readonly string[]): Promise<number> {
  return (await sql`delete from liaison.unread where user_id = ${userId} and item_id = any (${`{${itemIds.join(',')}}`}::uuid[]) returning item_id`.execute(tx))
    .rows.length
}

/** Keeps the time of a visit; coming back within half an hour is the same visit. */
export async function keepVisit(tx: Tx, userId: UserId, place: string, at: Date): Promise<void> {
  await sql`insert into liaison.last_visit (user_id, place_id, visited_at) values (${userId}, ${place}, ${at})
    on conflict (user_id, place_id) do update set
      previous_at = case when last_visit.visited_at > excluded.visited_at - interval '30 minutes' then last_visit.previous_at else last_visit.visited_at end,
      visited_at = greatest(last_visit.visited_at, excluded.visited_at)`.execute(tx)
}

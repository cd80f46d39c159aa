import { sql } from 'kysely'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { ThreadId } from '../contract/thread.ts'

/**
 * Ends the part of those who have no right on the person any more, whatever the party it came from: hers, her card's, her service's. A right that is
 * suspended (opposition, refusal) or narrowed comes back: row-level security closes the conversation meanwhile, and nobody is told there. What was written
 * after the right ended is not hers, even when this runs later. Gives the conversations left, and by whom.
 */
export async function endPartsWithoutRight(
  tx: Tx,
  personId: PersonId,
  at: Date | string,
): Promise<readonly { readonly threadId: ThreadId; readonly userId: string }[]> {
  return (
    await sql<{ threadId: ThreadId; userId: string }>`with gone as (
      select p.id, p.thread_id, p.from_number, (select max(s.ends_at) from persons.sight s where s.person_id = any (persons.identity_set(${personId}))
          and s.party_id = any (conversations.parties_of(p.user_id)) and s.basis <> 'break_glass' and s.ends_at > p.joined_at) as ended_at
      from conversations.participant p
      where p.left_at is null and p.person_id = any (persons.identity_set(${personId}))
        and not exists (select from persons.sight s where s.person_id = any (persons.identity_set(${personId})) and s.party_id = any (conversations.parties_of(p.user_id))
          and s.basis <> 'break_glass' and (s.ends_at is null or s.ends_at > ${at}::timestamptz)))
    update conversations.participant p set left_at = coalesce(g.ended_at, ${at}::timestamptz), left_because = 'circle',
      until_number = coalesce((select max(m.number) from conversations.message m where m.thread_id = g.thread_id and m.sent_at <= coalesce(g.ended_at, ${at}::timestamptz)), 0)
    from gone g where p.id = g.id returning p.thread_id as "threadId", p.user_id as "userId"`.execute(tx)
  ).rows
}

/**
 * The persons in whose conversations somebody takes part who has no right any more: she left her service, her account was closed, a right came to its day. No
 * event of the person says so.
 */
export async function selectPersonsLeft(tx: Tx, at: Date): Promise<readonly PersonId[]> {
  // The parties of each user once, not once for each of her parts.
  const { rows } = await sql<{ personId: PersonId }>`with hers as materialized (
      select u.user_id, coalesce(conversations.parties_of(u.user_id), '{}') as parties
      from (select distinct user_id from conversations.participant where left_at is null and person_id is not null) u)
    select distinct p.person_id as "personId" from conversations.participant p join hers on hers.user_id = p.user_id
     where p.left_at is null and p.person_id is not null and not exists (select from persons.sight s
       where s.person_id = p.person_id and s.party_id = any (hers.parties) and s.basis <> 'break_glass' and (s.ends_at is null or s.ends_at > ${at}::timestamptz))`.execute(
    tx,
  )
  return rows.map((row) => row.personId)
}

/**
 * Whoever has entered the circle since enters the conversations that address the whole of it, from their next message; not those whom
 * the circle of a person in danger may not see named. Gives the conversations joined.
 */
export async function enterCircleThreads(tx: Tx, personId: PersonId, at: Date | string): Promise<readonly ThreadId[]> {
  const { rows } = await sql<{ threadId: ThreadId }>`with open as materialized (select t.* from conversations.thread t
      where t.person_id = any (persons.identity_set(${personId})) and t.reach = 'circle' for update of t),
    around as (select u.id from persons.sight s join territory.user_account u on u.id = s.party_id or u.professional_id = s.party_id
       where s.person_id = any (persons.identity_set(${personId})) and s.basis in ('care_team', 'consent') and s.suspended_at is null and (s.ends_at is null or s.ends_at > ${at}::timestamptz)
      union select a.user_id from episodes.assignment a join episodes.episode e on e.id = a.episode_id
       where a.person_id = any (persons.identity_set(${personId})) and e.state <> 'closed' and a.ends_on is null)
    insert into conversations.participant (id, thread_id, person_id, user_id, name, profession, from_number, seen_number, joined_at, volet, holder_org)
    select gen_random_uuid(), o.id, o.person_id, u.id, u.given_name || ' ' || u.family_name, u.profession_label, o.last_number + 1, o.last_number, ${at}, o.volet, o.holder_org
    from open o cross join around r join territory.user_account u on u.id = r.id and u.status = 'active'
    where conversations.sees(u.id, o.person_id, o.volet) and conversations.names_openly(o.person_id, u.id) and not exists (select from conversations.participant p where p.thread_id = o.id and p.user_id = u.id and (p.left_at is null or p.left_because <> 'circle'))
    on conflict do nothing returning thread_id as "threadId"`.execute(tx)
  return [...new Set(rows.map((row) => row.threadId))]
}

/** Tells those who take part now, and whoever has just left. */
export async function tellOfParticipants(tx: Tx, threadId: ThreadId, besides: readonly string[]): Promise<void> {
  await sql`insert into platform.event_inbox (id, type, audience, payload)
    select ${newId()}, 'conversations.participants.changed', array(select p.user_id from conversations.participant p where p.thread_id = ${threadId} and p.left_at is null
      and (p.person_id is null or conversations.sees(p.user_id, p.person_id, p.volet))) || ${`{${besides.join(',')}}`}::uuid[], ${JSON.stringify({ threadId })}::jsonb`.execute(
    tx,
  )
}

/** Files uploaded and never sent, older than a day. */
export async function destroyUnsentFiles(tx: Tx, now: Date): Promise<number> {
  const { numAffectedRows } = await sql`delete from conversations.file where message_id is null and added_at < ${now}::timestamptz - interval '1 day'`.execute(
    tx,
  )
  return Number(numAffectedRows ?? 0)
}

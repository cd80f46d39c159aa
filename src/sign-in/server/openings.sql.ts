import { sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'

/** How many different files a user opened one by one in the last minutes, by the audit (its clock is that of the database). */
export async function countOpenings(tx: Tx, userId: string, minutes: number): Promise<number> {
  const { rows } = await sql<{ files: number }>`select count(distinct person_ids[1])::int as files from (
      select person_ids from audit.entry where actor_id = ${userId} and at > clock_timestamp() - make_interval(mins => ${minutes}) and outcome = 'done' and cardinality(person_ids) = 1
      union all
      select person_ids from audit.inbox where actor_id = ${userId} and at > clock_timestamp() - make_interval(mins => ${minutes}) and outcome = 'done' and cardinality(person_ids) = 1
    ) line`.execute(tx)
  return rows[0]?.files ?? 0
}

export interface NewAlert {
  readonly id: string
  readonly userId: string
  readonly serviceId: string | null
  readonly files: number
  readonly minutes: number
  readonly now: Date
  readonly closedUntil: Date | null
}

/** Keeps the alert unless one was raised for this user within the same stretch of time: gives false, the former one then counts the new files. */
export async function insertAlert(tx: Tx, { id, userId, serviceId, files, minutes, now, closedUntil }: NewAlert): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtext('jalon.opening_alert'), hashtext(${userId}))`.execute(tx)
  const former = await sql`update sign_in.opening_alert set files = greatest(files, ${files})
    where user_id = ${userId} and raised_at > ${now}::timestamptz - make_interval(mins => ${minutes}) returning id`.execute(tx)
  if (former.rows.length > 0) return false
  await sql`insert into sign_in.opening_alert (id, user_id, service_id, files, minutes, raised_at, blocks_until)
    values (${id}, ${userId}, ${serviceId}, ${files}, ${minutes}, ${now}, ${closedUntil})`.execute(tx)
  return true
}

/** Who is told: directions and team leaders of her service, and the regional administrators. */
export async function supervisorsOf(tx: Tx, serviceId: string | null, but: string, today: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`select distinct m.user_id as id from territory.membership m
    join territory.user_account u on u.id = m.user_id and u.status = 'active'
    where m.user_id <> ${but} and m.starts_on <= ${today}::date and (m.ends_on is null or m.ends_on >= ${today}::date)
      and ('regional_admin' = any (m.functions) or (m.service_id = ${serviceId} and m.functions && array['director', 'team_lead']))`.execute(tx)
  return rows.map(({ id }) => id)
}

import { sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'
import type { KeepingRule } from '../contract/senders.ts'
import type { Forgotten } from './jobs.ts'

/** Days during which a message that comes again is known. */
const messageDays = 60
/** Days after the last message of a stay that was recognised during which its number is known. */
const visitDays = 400

export async function forgetVisits(tx: Tx, { unknownHours, undecidedDays }: KeepingRule, now: Date): Promise<Forgotten> {
  // Nobody's: the row goes, its candidates with it; its messages stay without a stay.
  const unknown =
    await sql`delete from hospital_events.visit v where not exists (select from hospital_events.stay s where s.visit_id = v.id and s.state <> 'not_hers')
    and (v.state in ('unknown', 'forgotten') and v.last_at <= ${now}::timestamptz - make_interval(hours => ${unknownHours})
        and not exists (select from hospital_events.candidate c where c.visit_id = v.id and c.decision is not null and v.last_at > ${now}::timestamptz - make_interval(days => ${undecidedDays}))
      or v.last_at <= ${now}::timestamptz - make_interval(days => ${undecidedDays}))`.execute(tx)
  await sql`update hospital_events.message set told = '{}' where visit_id is null and told <> '{}'`.execute(tx)
  // Somebody's: what the hospital said of her traits goes, and with it what could be decided otherwise.
  const closed = await sql`update hospital_events.visit v set traits = null, traits_at = null
    where v.traits is not null and v.last_at <= ${now}::timestamptz - make_interval(days => ${undecidedDays})`.execute(tx)
  await sql`delete from hospital_events.candidate c using hospital_events.visit v where v.id = c.visit_id and v.traits is null`.execute(tx)
  return { unknown: Number(unknown.numAffectedRows ?? 0), closed: Number(closed.numAffectedRows ?? 0) }
}

export async function dropOldMessages(tx: Tx, now: Date): Promise<void> {
  await sql`delete from hospital_events.message where visit_id is null and received_at < ${now}::timestamptz - make_interval(days => ${messageDays})`.execute(
    tx,
  )
  await sql`delete from hospital_events.visit where traits is null and last_at < ${now}::timestamptz - make_interval(days => ${visitDays})`.execute(tx)
}

/** Stays of nobody yet whose traits are still kept. */
export async function visitsToLookAtAgain(tx: Tx): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`select id from hospital_events.visit where traits is not null and state in ('unknown', 'undecided')
    and (course is null or course ->> 'kind' <> 'other') order by last_at limit 20000`.execute(tx)
  return rows.map(({ id }) => id)
}

import { sql } from 'kysely'
import { french } from '../../platform/contract/typography.ts'
import type { Tx } from '../../platform/server/db.ts'

/** Told twice (a merge brings what a living twin had planned), it leaves one closing to prepare. Cancels the open tasks of a person who died, wakes her dormant file, and leaves her référent the closing to prepare. `at` is the instant of the record. */
export async function stopEverything(tx: Tx, personId: string, at: string): Promise<void> {
  await sql`update episodes.task set state = 'cancelled', cancelled_because = 'Décès', ended_at = ${at}, version = version + 1 where person_id = ${personId} and state = 'open'
    and not (kind = 'prepare_closure' and source = 'persons.person')`.execute(tx)
  await sql`update episodes.episode set state = 'open', dormant_since = null, wake_up_on = null, dormancy_reason = null, version = version + 1 where person_id = ${personId} and state = 'dormant'`.execute(
    tx,
  )
  await sql`insert into episodes.task (id, person_id, episode_id, holder_org, kind, title, assignee_id, due_on, source, source_id, created_at)
    select gen_random_uuid(), e.person_id, e.id, e.holder_org, 'prepare_closure', ${french('Décès enregistré : prévenir et clore')}, e.referent_id, (${at}::timestamptz at time zone 'UTC')::date, 'persons.person', e.person_id, ${at}
    from episodes.episode e where e.person_id = ${personId} and e.state <> 'closed'
      and not exists (select from episodes.task t where t.episode_id = e.id and t.state = 'open' and t.kind = 'prepare_closure' and t.source = 'persons.person')`.execute(
    tx,
  )
}

/** Gives back the tasks that the death had cancelled, and drops the one it had left. */
export async function resumeEverything(tx: Tx, personId: string, at: string): Promise<void> {
  await sql`update episodes.task set state = 'open', cancelled_because = null, ended_at = null, ended_by = null, version = version + 1
    where person_id = ${personId} and state = 'cancelled' and cancelled_because = 'Décès'`.execute(tx)
  await sql`update episodes.task set state = 'cancelled', cancelled_because = 'Décès retiré', ended_at = ${at}, version = version + 1
    where person_id = ${personId} and state = 'open' and kind = 'prepare_closure' and source = 'persons.person'`.execute(tx)
}

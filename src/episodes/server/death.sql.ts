import { sql } from 'kysely'
import { french } from '../../platform/contract/typography.ts'
import type { Tx } from '../../platform/server/db.ts'
import { dayOfEvent } from './sequence.sql.ts'

/** Told twice (a merge brings what a living twin had planned), it leaves one closing to prepare. Cancels the open tasks of a person who died, wakes her dormant file, and leaves her référent the closing to prepare. `at` is the instant of the record, `seq` the event that told it: what it cancels bears that mark, whatever words a colleague may write herself. */
export async function stopEverything(tx: Tx, personId: string, at: string, seq: number): Promise<void> {
  await sql`update episodes.task set state = 'cancelled', cancelled_because = 'Décès', cancelled_by_event = ${seq}, ended_at = ${at}, version = version + 1 where person_id = ${personId} and state = 'open'
    and not (kind = 'prepare_closure' and source = 'persons.person')`.execute(tx)
  await sql`with asleep as (select * from episodes.episode where person_id = ${personId} and state = 'dormant' for update),
      told as (
        insert into platform.field_history (record_id, version, record_type, person_id, volet, holder_org, protection, changes, changed_at)
        select id, version + 1, 'episodes.episode', person_id, 'administrative', holder_org, 'shared', jsonb_build_object('state', jsonb_build_array('dormant', 'open'),
          'dormantSince', jsonb_build_array(dormant_since, null), 'wakeUpOn', jsonb_build_array(wake_up_on, null), 'dormancyReason', jsonb_build_array(dormancy_reason, null)), ${at}
        from asleep)
    update episodes.episode e set state = 'open', dormant_since = null, wake_up_on = null, dormancy_reason = null, version = e.version + 1 from asleep a where e.id = a.id`.execute(
    tx,
  )
  await sql`insert into episodes.task (id, person_id, episode_id, holder_org, kind, title, assignee_id, due_on, source, source_id, created_at)
    select gen_random_uuid(), e.person_id, e.id, e.holder_org, 'prepare_closure', ${french('Décès enregistré : prévenir et clore')}, e.referent_id, ${await dayOfEvent(tx, at)}::date, 'persons.person', e.person_id, ${at}
    from episodes.episode e where e.person_id = ${personId} and e.state <> 'closed'
      and not exists (select from episodes.task t where t.episode_id = e.id and t.state = 'open' and t.kind = 'prepare_closure' and t.source = 'persons.person')`.execute(
    tx,
  )
}

/**
 * Gives back the tasks that the death had cancelled in the files that are still open, drops the one it had left, and lets sleep again what it woke and
 * nobody touched since.
 */
export async function resumeEverything(tx: Tx, personId: string, at: string): Promise<void> {
  await sql`update episodes.task t set state = 'open', cancelled_because = null, cancelled_by_event = null, ended_at = null, version = version + 1
    where person_id = ${personId} and state = 'cancelled' and cancelled_by_event is not null
      and not exists (select from episodes.episode e where e.id = t.episode_id and e.state = 'closed')`.execute(tx)
  await sql`update episodes.task set state = 'cancelled', cancelled_because = 'Décès retiré', ended_at = ${at}, version = version + 1
    where person_id = ${personId} and state = 'open' and kind = 'prepare_closure' and source = 'persons.person'`.execute(tx)
  await sql`with woken as (
      select e.id, e.version, e.person_id, e.holder_org, h.changes from episodes.episode e join platform.field_history h on h.record_id = e.id and h.version = e.version
      where e.person_id = ${personId} and e.state = 'open' and h.changed_by is null and h.record_type = 'episodes.episode' and h.changes -> 'state' ->> 0 = 'dormant' for update of e),
      told as (
        insert into platform.field_history (record_id, version, record_type, person_id, volet, holder_org, protection, changes, changed_at)
        select id, version + 1, 'episodes.episode', person_id, 'administrative', holder_org, 'shared',
          (select jsonb_object_agg(key, jsonb_build_array(value -> 1, value -> 0)) from jsonb_each(changes)), ${at} from woken)
    update episodes.episode e set state = 'dormant', dormant_since = (w.changes -> 'dormantSince' ->> 0)::date, wake_up_on = (w.changes -> 'wakeUpOn' ->> 0)::date,
      dormancy_reason = w.changes -> 'dormancyReason' ->> 0, version = e.version + 1 from woken w where e.id = w.id`.execute(tx)
}

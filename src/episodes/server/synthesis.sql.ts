import { sql } from 'kysely'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { EpisodeId } from '../contract/episode.ts'
import type { episodeHistory, fileSynthesis } from '../contract/queries.ts'
import { tasksOfPersonJson } from './caseload.sql.ts'

const name = (column: string) => sql<string>`(select u.given_name || ' ' || u.family_name from territory.user_account u where u.id = ${sql.ref(column)})`
const serviceName = sql<string>`(select s.name from territory.service s where s.id = e.holder_org)`

/** The accompaniment in progress, else the last one, with what row-level security opens of it; in one statement. */
export async function selectSynthesis(tx: Tx, personId: PersonId): Promise<OutputOf<typeof fileSynthesis>> {
  const { rows } = await sql<OutputOf<typeof fileSynthesis>>`with same as materialized (select persons.identity_set(${personId}) as ids),
    episodes as materialized (select e.* from episodes.episode e, same where e.person_id = any (same.ids)),
    shown as materialized (select * from episodes order by state = 'closed', coalesce(closed_on, opened_on) desc limit 1)
    select (select jsonb_build_object('id', e.id, 'personId', e.person_id, 'holderOrg', e.holder_org, 'serviceName', ${serviceName}, 'version', e.version, 'state', e.state, 'level', e.level,
        'levelSince', e.level_since, 'referentId', e.referent_id, 'binomeId', e.binome_id, 'referent', jsonb_build_object('userId', e.referent_id, 'name', ${name('e.referent_id')}),
        'binome', case when e.binome_id is not null then jsonb_build_object('userId', e.binome_id, 'name', ${name('e.binome_id')}) end, 'openedOn', e.opened_on, 'dormantSince', e.dormant_since,
        'wakeUpOn', e.wake_up_on, 'dormancyReason', e.dormancy_reason, 'closedOn', e.closed_on, 'closureReason', e.closure_reason, 'lastContactAt', e.last_contact_at, 'cnoLevel', e.cno_level,
        'grounds', coalesce((select to_jsonb(g.codes) from episodes.ground g where g.episode_id = e.id order by g.recorded_at desc limit 1), '[]'),
        'groundWords', (select g.words from episodes.ground g where g.episode_id = e.id order by g.recorded_at desc limit 1),
        'problems', coalesce((select jsonb_agg(jsonb_build_object('axis', p.axis, 'code', p.code, 'principal', p.principal) order by p.axis desc, p.principal desc, p.code)
          from episodes.problem p where p.episode_id = e.id and p.ends_on is null), '[]'),
        'sequences', coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'kind', s.kind, 'startsOn', s.starts_on, 'steps', coalesce(x.steps, 0), 'stepsDone', coalesce(x.done, 0),
            'nextStep', x.next_step, 'nextOn', x.next_on, 'endsOn', x.ends_on) order by s.starts_on desc)
          from episodes.critical_sequence s left join lateral (
            select count(*)::int as steps, count(*) filter (where t.state = 'done')::int as done, min(t.due_on) filter (where t.state = 'open') as next_on, max(t.due_on) as ends_on,
              (array_agg(t.step order by t.due_on) filter (where t.state = 'open'))[1] as next_step
            from episodes.task t where t.source_id = s.id) x on true
          where s.episode_id = e.id and s.ended_on is null and s.proposal is distinct from 'waiting'), '[]')) from shown e) as episode,
      coalesce((select jsonb_agg(jsonb_build_object('id', e.id, 'serviceName', ${serviceName}, 'openedOn', e.opened_on, 'closedOn', e.closed_on, 'closureReason', e.closure_reason) order by e.opened_on desc)
        from episodes e where e.id not in (select id from shown)), '[]') as earlier,
      ${tasksOfPersonJson('(select ids from same)::uuid[]')} as tasks,
      coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'kind', a.kind, 'at', a.at, 'withWhom', a.with_whom, 'reached', a.reached, 'byName', ${name('a.done_by')}) order by a.at desc)
        from (select * from episodes.activity where person_id = any ((select ids from same)::uuid[]) order by at desc limit 3) a), '[]') as "lastActivities"`.execute(
    tx,
  )
  return rows[0] as OutputOf<typeof fileSynthesis>
}

export async function selectHistory(tx: Tx, id: EpisodeId): Promise<OutputOf<typeof episodeHistory>> {
  const { rows } = await sql<OutputOf<typeof episodeHistory>>`select
    coalesce((select jsonb_agg(jsonb_build_object('level', l.level, 'startsOn', l.starts_on, 'endsOn', l.ends_on, 'reason', l.reason, 'byName', ${name('l.decided_by')}) order by l.starts_on desc, l.recorded_at desc)
      from episodes.level_period l where l.episode_id = ${id}), '[]') as levels,
    coalesce((select jsonb_agg(jsonb_build_object('role', a.role, 'userId', a.user_id, 'name', ${name('a.user_id')}, 'startsOn', a.starts_on, 'endsOn', a.ends_on, 'reason', a.reason) order by a.starts_on desc, a.recorded_at desc)
      from episodes.assignment a where a.episode_id = ${id}), '[]') as assignments,
    coalesce((select jsonb_agg(jsonb_build_object('closedOn', c.closed_on, 'reason', c.reason, 'balance', c.balance, 'objectives', c.objectives, 'relay', c.relay, 'reopenedOn', c.reopened_on,
      'reopeningReason', c.reopening_reason) order by c.recorded_at desc) from episodes.closure c where c.episode_id = ${id}), '[]') as closures`.execute(tx)
  return rows[0] as OutputOf<typeof episodeHistory>
}

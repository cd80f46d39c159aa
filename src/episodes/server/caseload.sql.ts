import { sql } from 'kysely'
import { personNameJson } from '../../persons/server/api.ts'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { Day } from '../../platform/contract/dates.ts'
import type { ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { TaskId } from '../contract/episode.ts'
import type { CaseloadRow, day, followers, TaskLine, taskSheet, teamLoad } from '../contract/queries.ts'
import { stoodInJson, type WhoStandsIn } from './stood-in.sql.ts'

const userName = (column: string) => sql<string>`(select u.given_name || ' ' || u.family_name from territory.user_account u where u.id = ${sql.ref(column)})`

/** The current roles of a user: what follows begins with these few rows, never with all episodes. */
const rolesOf = (userId: UserId, today: Day) => sql`select a.episode_id, a.role, a.ends_on from episodes.assignment a
  where a.user_id = ${userId} and (a.ends_on is null or (a.role = 'handing_over' and a.ends_on >= ${today}))`

export async function selectCaseload(
  tx: Tx,
  userId: UserId,
  today: Day,
  { state, level }: { readonly state: string | null; readonly level: string | null },
): Promise<CaseloadRow[]> {
  const { rows } = await sql<CaseloadRow>`with mine as materialized (${rolesOf(userId, today)})
    select e.id as "episodeId", e.version, ${personNameJson('e.person_id')} as person, mine.role, mine.ends_on as "handoverUntil", e.state, e.level, e.level_since as "levelSince",
      e.referent_id as "referentId", ${userName('e.referent_id')} as "referentName", ${userName('e.binome_id')} as "binomeName", e.opened_on as "openedOn", e.wake_up_on as "wakeUpOn",
      e.dormancy_reason as "dormancyReason", e.last_contact_at as "lastContactAt", due.next, coalesce(due.open, 0) as "openTasks", coalesce(due.late, 0) as "lateTasks",
      array(select s.kind from episodes.critical_sequence s where s.person_id = e.person_id and s.ended_on is null and s.proposal is distinct from 'waiting' order by s.starts_on) as sequences,
      main.population as "mainPopulation", main.difficulty as "mainDifficulty"
    from mine join episodes.episode e on e.id = mine.episode_id
    left join lateral (
      select count(*)::int as open, count(*) filter (where t.due_on < ${today})::int as late,
        (array_agg(jsonb_build_object('title', t.title, 'dueOn', t.due_on) order by t.due_on, t.due_time, t.id) filter (where t.due_on is not null))[1] as next
      from episodes.task t where t.person_id = e.person_id and t.state = 'open') due on true
    left join lateral (
      select max(p.code) filter (where p.axis = 'population') as population, max(p.code) filter (where p.axis = 'difficulty') as difficulty
      from episodes.problem p where p.episode_id = e.id and p.principal and p.ends_on is null) main on true
    where e.state <> 'closed' ${state === null ? sql`` : sql`and e.state = ${state}`} ${level === null ? sql`` : sql`and e.level = ${level}`}
    order by e.state desc, case e.level when 'intensive' then 0 when 'sustained' then 1 else 2 end, e.last_contact_at nulls first, e.id limit 400`.execute(tx)
  return rows.filter((row) => row.person !== null)
}

const taskJson = sql`jsonb_build_object('id', t.id, 'version', t.version, 'kind', t.kind, 'title', t.title, 'details', t.details, 'person', ${personNameJson('t.person_id')},
  'dueOn', t.due_on, 'dueTime', to_char(t.due_time, 'HH24:MI'), 'state', t.state, 'outcome', t.outcome, 'endedAt', t.ended_at, 'assigneeId', t.assignee_id,
  'assigneeName', ${userName('t.assignee_id')}, 'volet', t.volet, 'source', t.source, 'sourceId', t.source_id,
  'outsideName', t.outside_name, 'outsideRole', t.outside_role, 'letterOn', t.letter_on, 'relaunchLetterOn', t.relaunch_letter_on,
  'remindedOn', case when t.reminded_for = t.due_on then t.reminded_on end, 'remindedStep', case when t.reminded_for = t.due_on then t.reminded_step end)`

/** Tasks, wake-ups and counts of a day, in one statement. */
export async function selectDay(tx: Tx, who: WhoStandsIn): Promise<OutputOf<typeof day>> {
  const { userId, service, today, timeZone } = who
  const { rows } = await sql<OutputOf<typeof day>>`with mine as materialized (${rolesOf(userId, today)}),
    files as materialized (select e.id, e.version, e.person_id, e.state, e.wake_up_on, e.dormancy_reason, mine.role from mine join episodes.episode e on e.id = mine.episode_id where e.state <> 'closed'),
    todo as materialized (select * from episodes.task where assignee_id = ${userId} and state = 'open')
    select ${today}::text as today,
      coalesce((select jsonb_agg(${taskJson} order by t.due_on nulls last, t.due_time nulls last, t.created_at) from (
        select * from todo order by due_on nulls last, due_time nulls last, created_at limit 60) t), '[]') as tasks,
      (select count(*)::int from todo) as "totalTasks",
      (select count(*)::int from todo where due_on < ${today}) as "lateTasks",
      coalesce((select jsonb_agg(${taskJson} order by t.ended_at desc) from (
        select * from episodes.task where assignee_id = ${userId} and state = 'done' and ended_at >= (${today}::date::timestamp at time zone ${timeZone}) order by ended_at desc limit 20) t), '[]') as done,
      coalesce((select jsonb_agg(${taskJson} order by t.due_on nulls last, t.created_at) from (
        select * from episodes.task where holder_org = ${service} and state = 'open' and assignee_id is null order by due_on nulls last, created_at limit 20) t), '[]') as untaken,
      ${stoodInJson(taskJson, who)} as "stoodIn",
      coalesce((select jsonb_agg(${taskJson} order by t.due_on, t.created_at) from (
        select * from episodes.task where holder_org = ${service} and state = 'open' and reminded_step = 'follower' and reminded_for = due_on
          and (reminded_to = ${userId} or (reminded_to is null and ${who.leads})) and assignee_id is distinct from ${userId} order by due_on, created_at limit 30) t), '[]') as relaunched,
      coalesce((select jsonb_agg(jsonb_build_object('episodeId', f.id, 'version', f.version, 'person', ${personNameJson('f.person_id')}, 'wakeUpOn', f.wake_up_on, 'dormancyReason', f.dormancy_reason) order by f.wake_up_on)
        from files f where f.state = 'dormant' and f.wake_up_on <= ${today}), '[]') as "wakeUps",
      (select count(*)::int from files where state = 'open' and role = 'referent') as followed,
      (select count(*)::int from files where state = 'dormant' and role = 'referent') as dormant`.execute(tx)
  return rows[0] as OutputOf<typeof day>
}

/** One task, with whoever it is about. */
export async function selectTask(tx: Tx, id: TaskId): Promise<OutputOf<typeof taskSheet> | undefined> {
  return (
    await sql<
      OutputOf<typeof taskSheet>
    >`select ${taskJson} as task, (select s.name from territory.service s where s.id = t.holder_org) as "holderName" from episodes.task t where t.id = ${id}`.execute(
      tx,
    )
  ).rows[0]
}

/** The open tasks of a person, those due first. */
export function tasksOfPersonJson(personIds: string): ReturnType<typeof sql<TaskLine[]>> {
  return sql<TaskLine[]>`coalesce((select jsonb_agg(${taskJson} order by t.due_on nulls last, t.due_time nulls last, t.created_at) from (
    select * from episodes.task where person_id = any (${sql.raw(personIds)}) and state = 'open' order by due_on nulls last, due_time nulls last, created_at limit 12) t), '[]')`
}

/** Those who may follow files in a service, with what they follow: numbers of the actor's own service, whatever its persons keep from her. */
export async function selectFollowers(tx: Tx, service: ServiceId, today: Day): Promise<OutputOf<typeof followers>['rows']> {
  return (
    await sql<OutputOf<typeof followers>['rows'][number]>`
    select u.id as "userId", u.given_name || ' ' || u.family_name as name, m.job_title as "jobTitle", coalesce(l.open_count, 0) as open, coalesce(l.intensive_count, 0) as intensive,
      coalesce(l.dormant_count, 0) as dormant
    from territory.membership m join territory.user_account u on u.id = m.user_id and u.status = 'active'
      left join reporting.followed_files l on l.service_id = m.service_id and l.referent_id = u.id
    where m.service_id = ${service} and m.functions && '{referent,doctor,team_lead}' and m.starts_on <= ${today} and (m.ends_on is null or m.ends_on >= ${today})
    order by u.family_name, u.given_name`.execute(tx)
  ).rows
}

/** The same with lateness and hours, for those who lead: the direction has no sight of persons, and counts all the same. */
export async function selectTeamLoad(tx: Tx, service: ServiceId, today: Day): Promise<OutputOf<typeof teamLoad>['rows']> {
  return (
    await sql<OutputOf<typeof teamLoad>['rows'][number]>`
    with load as materialized (select * from reporting.referent_load where service_id = ${service}), late as materialized (select * from reporting.late_task where service_id = ${service}),
    worked as materialized (select a.done_by, coalesce(sum(a.minutes), 0)::int as minutes from reporting.activity a where a.service_id = ${service} and a.at >= ${today}::date - 30 group by a.done_by),
    team as (select distinct on (m.user_id) m.user_id, m.job_title from territory.membership m
      where m.service_id = ${service} and m.starts_on <= ${today} and (m.ends_on is null or m.ends_on >= ${today}) and m.functions && '{referent,doctor,team_lead}' order by m.user_id, m.starts_on desc)
    select u.id as "userId", u.given_name || ' ' || u.family_name as name, t.job_title as "jobTitle", coalesce(l.open_count, 0) as open, coalesce(l.brief_count, 0) as brief, coalesce(l.sustained_count, 0) as sustained,
      coalesce(l.intensive_count, 0) as intensive, coalesce(l.dormant_count, 0) as dormant, coalesce(l.wake_up_count, 0) as "wakeUps", coalesce(l.silent_count, 0) as silent, coalesce(late.late_count, 0) as "lateTasks", coalesce(w.minutes, 0) as minutes
    from territory.user_account u left join team t on t.user_id = u.id left join load l on l.referent_id = u.id left join late on late.assignee_id = u.id left join worked w on w.done_by = u.id
    where t.user_id is not null or l.referent_id is not null
    order by u.family_name, u.given_name`.execute(tx)
  ).rows
}

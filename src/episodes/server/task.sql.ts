import { sql } from 'kysely'
import type { Volet } from '../../platform/contract/actor.ts'
import type { Day } from '../../platform/contract/dates.ts'
import { newId, type PersonId, type ServiceId, type UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { EpisodeId, TaskId } from '../contract/episode.ts'

export interface NewTask {
  readonly id: TaskId
  readonly personId: PersonId | null
  readonly episodeId: EpisodeId | null
  readonly holderOrg: ServiceId
  readonly kind: string
  readonly title: string
  readonly details: string | null
  readonly assigneeId: UserId | null
  readonly dueOn: Day | null
  readonly dueTime: string | null
  readonly source: string | null
  readonly sourceId: string | null
  readonly step: string | null
  readonly volet: Volet
  readonly outside?: { readonly name: string; readonly role: string | null } | null
  readonly createdAt: Date
  readonly createdBy: UserId | null
}

/** Also used as the system by reactions to events: then created_by is null. */
export async function insertTask(tx: Tx, task: NewTask): Promise<void> {
  await sql`insert into episodes.task (id, person_id, episode_id, holder_org, kind, title, details, assignee_id, due_on, due_time, source, source_id, step, volet, outside_name, outside_role, created_at, created_by)
    values (${task.id}, ${task.personId}, ${task.episodeId}, ${task.holderOrg}, ${task.kind}, ${task.title}, ${task.details}, ${task.assigneeId}, ${task.dueOn}, ${task.dueTime},
      ${task.source}, ${task.sourceId}, ${task.step}, ${task.volet}, ${task.outside?.name ?? null}, ${task.outside?.role ?? null}, ${task.createdAt}, ${task.createdBy})`.execute(
    tx,
  )
}

/** The open tasks of an episode follow the file from one référent to the next. */
export async function moveOpenTasks(tx: Tx, episodeId: EpisodeId, from: UserId, to: UserId): Promise<void> {
  await sql`update episodes.task set assignee_id = ${to}, version = version + 1 where episode_id = ${episodeId} and assignee_id = ${from} and state = 'open'`.execute(
    tx,
  )
}

/** Cancels what is left to do: of an episode, or of a row that tasks came from (whatever their source says when it is null). Gives how many. */
export async function cancelOpenTasks(
  tx: Tx,
  of: { readonly episodeId: EpisodeId } | { readonly source: string | null; readonly sourceId: string },
  because: string,
  at: Date,
  by: UserId | null,
): Promise<number> {
  const which =
    'episodeId' in of ? sql`episode_id = ${of.episodeId}` : sql`source_id = ${of.sourceId} and (source = ${of.source}::text or ${of.source}::text is null)`
  const { rows } =
    await sql`update episodes.task set state = 'cancelled', cancelled_because = ${because}, ended_at = ${at}, ended_by = ${by}, version = version + 1
    where ${which} and state = 'open' returning id`.execute(tx)
  return rows.length
}

export interface TaskRow {
  readonly id: TaskId
  readonly personId: PersonId | null
  readonly episodeId: EpisodeId | null
  readonly holderOrg: ServiceId
  readonly kind: string
  readonly title: string
  readonly details: string | null
  readonly assigneeId: UserId | null
  readonly dueOn: Day | null
  readonly dueTime: string | null
  readonly state: 'open' | 'done' | 'cancelled'
  readonly step: string | null
  readonly source: string | null
  readonly sourceId: string | null
  readonly volet: Volet
  readonly protection: string
  readonly outsideName: string | null
  readonly letterOn: Day | null
  readonly version: number
}

export async function findTask(tx: Tx, id: TaskId): Promise<TaskRow | undefined> {
  return (
    await sql<TaskRow>`select id, person_id as "personId", episode_id as "episodeId", holder_org as "holderOrg", kind, title, details, assignee_id as "assigneeId", due_on as "dueOn",
    to_char(due_time, 'HH24:MI') as "dueTime", state, step, source, source_id as "sourceId", volet, protection, outside_name as "outsideName", letter_on as "letterOn", version from episodes.task where id = ${id} for update`.execute(
      tx,
    )
  ).rows[0]
}

export async function endTask(
  tx: Tx,
  id: TaskId,
  version: number,
  end: { readonly state: 'done' | 'cancelled'; readonly outcome?: string | null; readonly because?: string; readonly at: Date; readonly by: UserId },
): Promise<void> {
  await sql`update episodes.task set state = ${end.state}, outcome = ${end.outcome ?? null}, cancelled_because = ${end.because ?? null}, ended_at = ${end.at}, ended_by = ${end.by}, version = ${version}
    where id = ${id}`.execute(tx)
}

export async function resumeTaskRow(tx: Tx, id: TaskId, version: number): Promise<void> {
  await sql`update episodes.task set state = 'open', outcome = null, cancelled_because = null, ended_at = null, ended_by = null, version = ${version} where id = ${id}`.execute(
    tx,
  )
}

export async function updateTask(tx: Tx, id: TaskId, version: number, changes: Readonly<Record<string, unknown>>): Promise<void> {
  const columns: Readonly<Record<string, string>> = { title: 'title', details: 'details', assigneeId: 'assignee_id', dueOn: 'due_on', dueTime: 'due_time' }
  const assignments = Object.entries(changes).flatMap(([field, value]) => (columns[field] === undefined ? [] : [sql`${sql.id(columns[field])} = ${value}`]))
  await sql`update episodes.task set version = ${version}${assignments.length > 0 ? sql`, ${sql.join(assignments)}` : sql``} where id = ${id}`.execute(tx)
}

/** The letter was printed today: the first one, or a relaunch. */
export async function markLetter(
  tx: Tx,
  id: TaskId,
  version: number,
  letter: { readonly again: boolean; readonly on: Day; readonly byName: string },
): Promise<void> {
  const set = letter.again ? sql`relaunch_letter_on = ${letter.on}` : sql`letter_on = ${letter.on}, letter_by_name = ${letter.byName}`
  await sql`update episodes.task set ${set}, version = ${version} where id = ${id}`.execute(tx)
}

/** Ends as done the open tasks that came from rows whose outcome is known now; gives their ids. As the system. */
export async function finishTasksFrom(
  tx: Tx,
  from: { readonly source: string; readonly sourceIds: readonly string[]; readonly outcome: string; readonly at: string },
): Promise<readonly { readonly id: TaskId; readonly assigneeId: UserId | null }[]> {
  if (from.sourceIds.length === 0) return []
  return (
    await sql<{
      id: TaskId
      assigneeId: UserId | null
    }>`update episodes.task set state = 'done', outcome = ${from.outcome}, ended_at = ${from.at}, version = version + 1
      where source = ${from.source} and source_id = any (${`{${from.sourceIds.join(',')}}`}::uuid[]) and state = 'open' returning id, assignee_id as "assigneeId"`.execute(
      tx,
    )
  ).rows
}

/** The référent of the accompaniment in progress in a service, and the day of an instant where the installation is. As the system. */
export async function followerOf(
  tx: Tx,
  personId: PersonId,
  service: string,
): Promise<{ readonly episodeId: EpisodeId; readonly referentId: UserId } | undefined> {
  return (
    await sql<{ episodeId: EpisodeId; referentId: UserId }>`select id as "episodeId", referent_id as "referentId" from episodes.episode
      where person_id = ${personId} and holder_org = ${service} and state <> 'closed'`.execute(tx)
  ).rows[0]
}

/** What became of tasks while the system reacted; told to the service alone. */
export async function tellTasks(
  tx: Tx,
  service: string,
  personId: PersonId,
  tasks: readonly { readonly id: TaskId; readonly type: 'added' | 'finished' }[],
): Promise<void> {
  for (const { id, type } of tasks)
    await sql`insert into platform.event_inbox (id, type, audience, payload) values (${newId()}, ${`episodes.task.${type}`}, ${`{${service}}`}::uuid[],
      ${JSON.stringify({ taskId: id, personId })}::jsonb)`.execute(tx)
}

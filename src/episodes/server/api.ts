import type { InputOf } from '../../platform/contract/action.ts'
import type { Volet } from '../../platform/contract/actor.ts'
import type { Day } from '../../platform/contract/dates.ts'
import { newId, type PersonId, type ServiceId, type UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { Context } from '../../platform/server/implement.ts'
import type { recordActivity } from '../contract/activities.ts'
import type { ActivityId, EpisodeId, TaskId } from '../contract/episode.ts'
import type { EpisodeToOpen } from '../contract/opening.ts'
import { type EpisodeRow, findEpisode, findLiveEpisode } from './episode.sql.ts'
import { openEpisode as open } from './open-episode.ts'
import { recordActivityNow } from './record-activity.ts'
import { dayOfEvent } from './sequence.sql.ts'
import { cancelOpenTasks, finishTasksFrom, followerOf, insertTask, tellTasks } from './task.sql.ts'

export type { EpisodeRow } from './episode.sql.ts'

/**
 * Opens an accompaniment in the actor's DAC, in the caller's transaction: gives the DAC sight of the person on all volets, sets level,
 * référent and binôme, the reason why the DAC acts (R9), the problems and the first task, writes the Fil and the event.
 *
 * The caller has checked the right to decide. Refuses: an actor who is not of a DAC; a person invisible or deceased; an accompaniment already
 * in progress in this DAC; a référent or binôme who may not follow files here; a code outside its list.
 */
export function openEpisode(context: Context, opening: EpisodeToOpen): Promise<{ readonly episodeId: EpisodeId; readonly version: number }> {
  return open(context, opening)
}

/** An episode as the actor sees it, or undefined: absent and invisible are the same. */
export function episodeById(tx: Tx, id: EpisodeId): Promise<EpisodeRow | undefined> {
  return findEpisode(tx, id)
}

/** The accompaniment in progress (open or dormant) of a person, in one DAC or, with null, in any that the actor sees. */
export function liveEpisode(tx: Tx, personId: PersonId, service: ServiceId | null = null): Promise<EpisodeRow | undefined> {
  return findLiveEpisode(tx, personId, service)
}

export interface TaskToAdd {
  readonly personId: PersonId | null
  /** A code of episodes.task_kind. */
  readonly kind: string
  readonly title: string
  readonly details?: string | null
  readonly dueOn?: Day | null
  /** Null: for whoever takes it in the team. */
  readonly assigneeId: UserId | null
  /** What it comes from: 'intake.reorientation', 'care-plans.action'… and its row. */
  readonly source: string
  readonly sourceId: string
  readonly volet?: Volet
  /** When this one says all that is left to do: why those of the same source and row, still open, are cancelled. */
  readonly replacesBecause?: string
}

/** Leaves a task in the actor's service, in the caller's transaction; gives its id. The actor must belong to a service and see the person. */
export async function addTaskFor(context: Context, { replacesBecause, ...task }: TaskToAdd): Promise<TaskId> {
  const { tx, actor, now } = context
  if (actor.serviceId === null) throw new Error('a task belongs to a service')
  if (replacesBecause !== undefined) await cancelOpenTasks(tx, { source: task.source, sourceId: task.sourceId }, replacesBecause, now, actor.userId)
  const id = context.newId<TaskId>()
  const episodeId = task.personId === null ? null : ((await findLiveEpisode(tx, task.personId, actor.serviceId))?.id ?? null)
  const volet = task.volet ?? 'administrative'
  await insertTask(tx, {
    ...task,
    id,
    episodeId,
    holderOrg: actor.serviceId,
    details: task.details ?? null,
    dueOn: task.dueOn ?? null,
    dueTime: null,
    step: null,
    volet,
    createdAt: now,
    createdBy: actor.userId,
  })
  context.emit({
    type: 'episodes.task.added',
    volet,
    audience: [actor.serviceId],
    payload: { taskId: id, personId: task.personId, assigneeId: task.assigneeId },
  })
  return id
}

/**
 * Records what was done about a person (R56), in the caller's transaction: the activity, the last contact of the file, the line in the Fil and the event.
 * The caller has checked that the actor accompanies in a DAC and sees the person. Gives the id of the activity.
 */
export async function recordActivityOf(context: Context, activity: InputOf<typeof recordActivity>): Promise<ActivityId> {
  return (await recordActivityNow(context, activity)).id
}

export interface TaskToLeave {
  readonly personId: PersonId
  readonly holderOrg: ServiceId
  readonly kind: string
  readonly title: string
  readonly details: string
  readonly assigneeId: UserId
  readonly source: string
  readonly sourceId: string
  readonly volet: Volet
  readonly at: Date
}

/** Leaves a task of today in a service, for whoever acts as the system: a job, a reaction. */
export async function leaveTask(tx: Tx, { at, ...task }: TaskToLeave): Promise<TaskId> {
  const id = newId<TaskId>()
  const follower = await followerOf(tx, task.personId, task.holderOrg)
  const dueOn = await dayOfEvent(tx, at.toISOString())
  await insertTask(tx, { ...task, id, episodeId: follower?.episodeId ?? null, dueOn, dueTime: null, step: null, createdAt: at, createdBy: null })
  await tellTasks(tx, task.holderOrg, task.personId, [{ id, type: 'added' }])
  return id
}

/** Ends as done the open tasks that came from rows whose outcome is known now; as the system. Gives how many. */
export async function finishTasksOf(
  tx: Tx,
  from: { readonly source: string; readonly sourceIds: readonly string[]; readonly outcome: string; readonly at: string },
): Promise<number> {
  return (await finishTasksFrom(tx, from)).length
}

import { assertMayTell, assertSharingAllowed, loadPerson } from '../../persons/server/api.ts'
import { dayOf } from '../../platform/contract/dates.ts'
import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import type { ServiceId, UserId } from '../../platform/contract/ids.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { mergeEdit } from '../../platform/server/versions.ts'
import { assertValue, membersOfService } from '../../territory/server/api.ts'
import type { TaskId } from '../contract/episode.ts'
import { taskSheet } from '../contract/queries.ts'
import { addTask, cancelTask, editTask, finishTask, resumeTask, type TaskTarget, writeToTaskActor } from '../contract/tasks.ts'
import { selectTask } from './caseload.sql.ts'
import { findLiveEpisode } from './episode.sql.ts'
import { openLinesOf } from './sequence.sql.ts'
import { endTask, findTask, insertTask, markLetter, resumeTaskRow, type TaskRow, updateTask } from './task.sql.ts'

async function loadTask({ tx }: Context, { id }: { readonly id: TaskId }): Promise<TaskRow> {
  const task = await findTask(tx, id)
  if (task === undefined) throw notFound('task')
  return task
}

async function openTask(context: Context, input: { readonly id: TaskId }): Promise<TaskRow> {
  const task = await loadTask(context, input)
  if (task.state !== 'open') throw conflict('episodes.task_ended')
  return task
}

/** Refuses whoever does not work in the service today. */
export async function checkAssignee(context: Context, service: ServiceId, assigneeId: UserId | null): Promise<void> {
  if (assigneeId === null || assigneeId === context.actor.userId) return
  if (!(await membersOfService(context.tx, service)).some((one) => one.userId === assigneeId)) throw invalid('episodes.not_a_colleague')
}

/** Tasks are private to the service: the event names the person in its payload only, so that her circle is not told. */
function tellOf(context: Context, type: string, task: Pick<TaskRow, 'id' | 'personId' | 'volet' | 'assigneeId' | 'holderOrg'>): void {
  context.emit({ type, volet: task.volet, audience: [task.holderOrg], payload: { taskId: task.id, personId: task.personId, assigneeId: task.assigneeId } })
}

export const addTaskImplementation = implement(addTask, {
  load: async (context, { personId }): Promise<TaskTarget> => {
    if (personId !== null) await loadPerson(context, personId)
    return { personId, holderOrg: context.actor.serviceId as ServiceId }
  },
  run: async (context, input) => {
    const { tx, actor, now } = context
    const holderOrg = actor.serviceId as ServiceId
    if (input.dueTime !== null && input.dueOn === null) throw invalid('episodes.task_without_day')
    await assertValue(tx, 'episodes.task_kind', input.kind)
    await checkAssignee(context, holderOrg, input.assigneeId)
    if (input.outside !== null) {
      // Who receives the letter is known by a name alone: nothing of the volet santé leaves so (L.1110-4).
      if (input.volet === 'health') throw invalid('episodes.task_health_outside')
      if (input.personId !== null) await assertMayTell(tx, input.personId, { partyIds: [], name: input.outside.name }, input.title)
    }
    const episodeId = input.personId === null ? null : ((await findLiveEpisode(tx, input.personId, holderOrg))?.id ?? null)
    await insertTask(tx, { ...input, episodeId, holderOrg, step: null, createdAt: now, createdBy: actor.userId })
    tellOf(context, 'episodes.task.added', { ...input, holderOrg })
    return { id: input.id, version: 1 }
  },
})

export const editTaskImplementation = implement(editTask, {
  load: loadTask,
  run: async (context, { baseVersion, changes }, target) => {
    const task = await openTask(context, target as TaskRow)
    if (changes.assigneeId !== undefined) await checkAssignee(context, task.holderOrg, changes.assigneeId)
    const merged = await mergeEdit(
      context,
      {
        id: task.id,
        version: task.version,
        personId: task.personId,
        volet: task.volet,
        holderOrg: task.holderOrg,
        protection: task.protection,
        fields: { title: task.title, details: task.details, assigneeId: task.assigneeId, dueOn: task.dueOn, dueTime: task.dueTime },
      },
      'episodes.task',
      baseVersion,
      changes,
    )
    const after = { ...task, ...merged.changes }
    if (after.dueTime !== null && after.dueOn === null) throw invalid('episodes.task_without_day')
    if (merged.version !== task.version) await updateTask(context.tx, task.id, merged.version, merged.changes)
    tellOf(context, 'episodes.task.changed', task)
    return { id: task.id, version: merged.version }
  },
})

export const finishTaskImplementation = implement(finishTask, {
  load: loadTask,
  run: async (context, { outcome }, target) => {
    const task = await openTask(context, target as TaskRow)
    // The moment of a critical sequence is done with the last of its lines, never in their place.
    if (task.source === 'episodes.critical_sequence' && task.step !== null && (await openLinesOf(context.tx, String(task.sourceId), task.step)) > 0)
      throw conflict('episodes.moment_has_open_lines')
    await endTask(context.tx, task.id, task.version + 1, { state: 'done', outcome, at: context.now, by: context.actor.userId })
    tellOf(context, 'episodes.task.finished', task)
    return { id: task.id, version: task.version + 1 }
  },
})

export const cancelTaskImplementation = implement(cancelTask, {
  load: loadTask,
  run: async (context, { because }, target) => {
    const task = await openTask(context, target as TaskRow)
    await endTask(context.tx, task.id, task.version + 1, { state: 'cancelled', because, at: context.now, by: context.actor.userId })
    tellOf(context, 'episodes.task.cancelled', task)
    return { id: task.id, version: task.version + 1 }
  },
})

export const resumeTaskImplementation = implement(resumeTask, {
  load: loadTask,
  run: async (context, _input, target) => {
    const task = await loadTask(context, target as TaskRow)
    if (task.state === 'open') return { id: task.id, version: task.version }
    await resumeTaskRow(context.tx, task.id, task.version + 1)
    tellOf(context, 'episodes.task.changed', task)
    return { id: task.id, version: task.version + 1 }
  },
})

export const writeToTaskActorImplementation = implement(writeToTaskActor, {
  load: loadTask,
  run: async (context, _input, target) => {
    const { tx, now, timeZone, actor } = context
    const task = await openTask(context, target as TaskRow)
    if (task.outsideName === null) throw conflict('episodes.task_not_outside')
    if (task.personId !== null) {
      await assertSharingAllowed(tx, task.personId)
      await assertMayTell(tx, task.personId, { partyIds: [], name: task.outsideName }, task.title)
    }
    await markLetter(tx, task.id, task.version + 1, { again: task.letterOn !== null, on: dayOf(now, timeZone), byName: actor.displayName })
    tellOf(context, 'episodes.task.changed', task)
    return { id: task.id, version: task.version + 1 }
  },
})

export const taskSheetImplementation = implement(taskSheet, {
  load: loadTask,
  run: async ({ tx }, { id }) => {
    const sheet = await selectTask(tx, id)
    if (sheet === undefined) throw notFound('task')
    return sheet
  },
})

import { z } from 'zod'
import { allowedIf, defineAction } from '../../platform/contract/action.ts'
import { isDacStaff, volets } from '../../platform/contract/actor.ts'
import { code, day, line, optional, paragraph, seenVersion } from '../../platform/contract/fields.ts'
import { idSchema, type PersonId, type ServiceId, type UserId } from '../../platform/contract/ids.ts'
import type { TaskId } from './episode.ts'

/** What the rules of a task look at. */
export interface TaskTarget {
  readonly personId: PersonId | null
  readonly holderOrg: ServiceId
}

const reason = 'Réservé aux professionnels du DAC qui tient cette tâche.'
const ofTheService = (actor: Parameters<typeof isDacStaff>[0], task: TaskTarget) => allowedIf(isDacStaff(actor) && actor.serviceId === task.holderOrg, reason)
const ofThePerson = { persons: (_input: unknown, task: TaskTarget): readonly PersonId[] => (task.personId === null ? [] : [task.personId]) }
const version = z.object({ id: idSchema<TaskId>(), version: z.number().int() })
/** Hour of the day on the clock of the region, « 10:30 ». */
const hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'Heure à écrire comme 10:30.' })

export const addTask = defineAction({
  name: 'episodes.task.add',
  title: 'Ajouter une tâche',
  input: z.object({
    id: idSchema<TaskId>(),
    personId: optional(idSchema<PersonId>()),
    kind: code(),
    title: line(160),
    details: optional(paragraph(2_000)),
    /** Absent: for whoever takes it in the team. */
    assigneeId: optional(idSchema<UserId>()),
    dueOn: optional(day()),
    dueTime: optional(hour),
    volet: z.enum(volets).default('administrative'),
    source: optional(code()),
    sourceId: optional(idSchema()),
    /** Somebody without account, asked by letter: the assignee follows it. */
    outside: z
      .object({ name: line(160), role: optional(line(80)) })
      .nullable()
      .default(null),
  }),
  output: version,
  access: (actor, _target: TaskTarget) => allowedIf(isDacStaff(actor), 'Réservé aux professionnels d’un DAC.'),
  audit: ofThePerson,
})

export const editTask = defineAction({
  name: 'episodes.task.edit',
  title: 'Modifier une tâche',
  input: z.object({
    id: idSchema<TaskId>(),
    baseVersion: seenVersion(),
    changes: z
      .object({
        title: line(160),
        details: optional(paragraph(2_000)),
        assigneeId: optional(idSchema<UserId>()),
        dueOn: optional(day()),
        dueTime: optional(hour),
      })
      .partial(),
  }),
  output: version,
  access: ofTheService,
  audit: ofThePerson,
})

export const finishTask = defineAction({
  name: 'episodes.task.finish',
  title: 'Tâche faite',
  input: z.object({ id: idSchema<TaskId>(), outcome: optional(paragraph(2_000)) }),
  output: version,
  access: ofTheService,
  audit: ofThePerson,
})

export const cancelTask = defineAction({
  name: 'episodes.task.cancel',
  title: 'Annuler une tâche',
  input: z.object({ id: idSchema<TaskId>(), because: line(300) }),
  output: version,
  access: ofTheService,
  audit: ofThePerson,
})

/** Undoes a tick given too fast. */
export const resumeTask = defineAction({
  name: 'episodes.task.resume',
  title: 'Remettre la tâche à faire',
  input: z.object({ id: idSchema<TaskId>() }),
  output: version,
  access: ofTheService,
  audit: ofThePerson,
})

/** The letter that asks it of somebody outside, or its relaunch, was printed; refused where the person wants nothing said to her. */
export const writeToTaskActor = defineAction({
  name: 'episodes.task.writeTo',
  title: 'Écrire à qui la tâche est confiée',
  input: z.object({ id: idSchema<TaskId>() }),
  output: version,
  access: ofTheService,
  audit: ofThePerson,
})

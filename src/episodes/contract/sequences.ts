import { z } from 'zod'
import { personNameSchema } from '../../persons/contract/person.ts'
import { type ActionAudit, defineAction, defineQuery } from '../../platform/contract/action.ts'
import { holds } from '../../platform/contract/actor.ts'
import { code, day, line, optional, paragraph, seenVersion } from '../../platform/contract/fields.ts'
import { idSchema, type PersonId, type UserId } from '../../platform/contract/ids.ts'
import type { PersonTarget } from './activities.ts'
import {
  type CriticalSequenceId,
  carriesEpisode,
  type EpisodeId,
  type EpisodeTarget,
  leadsTeam,
  type SequenceLineId,
  type TaskId,
  worksInDac,
} from './episode.ts'
import { momentSchema } from './practices.ts'

const id = idSchema<CriticalSequenceId>()
const ofThePerson: ActionAudit<unknown, EpisodeTarget, unknown> = { persons: (_input, episode) => [episode.personId] }
/** The last lines of a list come months later: the year 9999 has no such day. */
const firstDay = () => day().refine((value) => value >= '1900' && value < '2200', { error: 'Année peu probable : vérifiez la date.' })
const steps = z.object({ id, steps: z.number().int() })

export const startCriticalSequence = defineAction({
  name: 'episodes.criticalSequence.start',
  title: 'Ouvrir une séquence critique',
  /** Each moment of the checklist becomes a task of the référent (R48, R64). `reinforce`: the level becomes intensive for its duration. */
  input: z.object({
    id,
    episodeId: idSchema<EpisodeId>(),
    kind: code(),
    startsOn: firstDay(),
    reason: optional(paragraph(1_000)),
    reinforce: z.boolean().default(false),
  }),
  output: steps,
  access: carriesEpisode,
  audit: ofThePerson,
})

export const acceptCriticalSequence = defineAction({
  name: 'episodes.criticalSequence.accept',
  title: 'Accepter la séquence proposée',
  input: z.object({ id, startsOn: firstDay(), reinforce: z.boolean().default(false) }),
  output: steps,
  access: carriesEpisode,
  audit: ofThePerson,
})

export const declineCriticalSequence = defineAction({
  name: 'episodes.criticalSequence.decline',
  title: 'Écarter la séquence proposée',
  input: z.object({ id, because: line(300) }),
  output: z.object({ id }),
  access: carriesEpisode,
  audit: ofThePerson,
})

/** A discharge put off by three days: what is still open moves with it, what is answered keeps its day. */
export const moveCriticalSequence = defineAction({
  name: 'episodes.criticalSequence.move',
  title: 'Changer la date de la séquence critique',
  input: z.object({ id, startsOn: firstDay() }),
  output: z.object({ id, moved: z.number().int() }),
  access: carriesEpisode,
  audit: ofThePerson,
})

export const endCriticalSequence = defineAction({
  name: 'episodes.criticalSequence.end',
  title: 'Terminer la séquence critique',
  /** The balance: how it ended, what worked, what did not; a rupture is noted with it. `backToLevel`: the level that the sequence had raised returns. */
  input: z.object({
    id,
    balance: code(),
    worked: optional(paragraph(2_000)),
    failed: optional(paragraph(2_000)),
    ruptureType: optional(code()),
    backToLevel: z.boolean().default(false),
  }),
  output: z.object({ id, stepsCancelled: z.number().int() }),
  access: carriesEpisode,
  audit: ofThePerson,
})

export const lineStates = ['open', 'done', 'not_applicable'] as const
export const lineStateLabels: Readonly<Record<(typeof lineStates)[number], string>> = { open: 'À voir', done: 'Fait', not_applicable: 'Sans objet' }

export const answerSequenceLine = defineAction({
  name: 'episodes.sequenceLine.answer',
  title: 'Cocher un point de la séquence',
  input: z.object({ id: idSchema<SequenceLineId>(), baseVersion: seenVersion(), state: z.enum(lineStates), remark: optional(paragraph(1_000)) }),
  output: z.object({ id: idSchema<SequenceLineId>(), version: z.number().int() }),
  access: carriesEpisode,
  audit: ofThePerson,
})

export const addSequenceLine = defineAction({
  name: 'episodes.sequenceLine.add',
  title: 'Ajouter un point à la séquence',
  input: z.object({ id: idSchema<SequenceLineId>(), sequenceId: id, moment: code(), label: line(160) }),
  output: z.object({ id: idSchema<SequenceLineId>(), version: z.number().int() }),
  access: carriesEpisode,
  audit: ofThePerson,
})

/** A line that somebody must do by a day: it becomes a task, and stays to be ticked. */
export const taskOfSequenceLine = defineAction({
  name: 'episodes.sequenceLine.toTask',
  title: 'Confier un point de la séquence',
  input: z.object({ id: idSchema<TaskId>(), lineId: idSchema<SequenceLineId>(), assigneeId: optional(idSchema<UserId>()), dueOn: optional(day()) }),
  output: z.object({ id: idSchema<TaskId>(), version: z.number().int() }),
  access: carriesEpisode,
  audit: ofThePerson,
})

/** The list of a DAC is its own: the starter stays as it was written for the others. */
export const setChecklist = defineAction({
  name: 'episodes.checklist.set',
  title: 'Changer la liste d’une séquence critique',
  input: z.object({ kind: code(), baseVersion: seenVersion(0), moments: z.array(momentSchema).min(1).max(12) }),
  output: z.object({ kind: z.string(), version: z.number().int() }),
  access: leadsTeam,
  audit: { none: 'a list of the service: no person' },
})

/** The list of the region again, whatever it becomes; sequences that run keep theirs, and the versions of the service stay. */
export const returnToRegionalChecklist = defineAction({
  name: 'episodes.checklist.returnToRegion',
  title: 'Revenir à la liste de la région',
  input: z.object({ kind: code(), baseVersion: seenVersion() }),
  output: z.object({ kind: z.string(), version: z.number().int() }),
  access: leadsTeam,
  audit: { none: 'a list of the service: no person' },
})

const writtenMoment = z.object({ code: z.string(), label: z.string(), afterDays: z.number().int(), lines: z.array(z.string()) })

export const checklists = defineQuery({
  name: 'episodes.checklists',
  title: 'Listes des séquences critiques',
  input: z.object({}),
  output: z.object({
    rows: z.array(
      z.object({
        kind: z.string(),
        /** Of the one who reads: her service, or the region for its administration. 0: nothing published. */
        version: z.number().int(),
        from: z.enum(['starter', 'region', 'service']),
        editedByName: z.string().nullable(),
        editedAt: z.string().nullable(),
        moments: z.array(writtenMoment),
        /** Every version published by the service, the last first; without moments: the list of the region was taken again. */
        history: z.array(z.object({ version: z.number().int(), editedAt: z.string(), editedByName: z.string(), moments: z.array(writtenMoment).nullable() })),
      }),
    ),
  }),
  access: (actor) => (holds(actor, 'regional_admin') ? { allowed: true } : worksInDac(actor)),
  audit: { none: 'lists of the service: no person' },
})

export const sequenceLine = z.object({
  id: idSchema<SequenceLineId>(),
  version: z.number().int(),
  label: z.string(),
  state: z.enum(lineStates),
  remark: z.string().nullable(),
  answeredAt: z.string().nullable(),
  answeredByName: z.string().nullable(),
  /** Added by hand, beyond the checklist. */
  added: z.boolean(),
  /** The task that it became, and whose it is. */
  task: z.object({ assigneeName: z.string().nullable(), dueOn: z.string().nullable(), state: z.string() }).nullable(),
})
export type SequenceLine = z.output<typeof sequenceLine>

const sequence = z.object({
  id,
  episodeId: idSchema<EpisodeId>(),
  kind: z.string(),
  state: z.enum(['waiting', 'running', 'ended', 'declined']),
  startsOn: z.string(),
  endedOn: z.string().nullable(),
  startedByName: z.string().nullable(),
  endedByName: z.string().nullable(),
  reason: z.string().nullable(),
  proposedBy: z.string().nullable(),
  declinedBecause: z.string().nullable(),
  levelBefore: z.string().nullable(),
  balance: z.string().nullable(),
  worked: z.string().nullable(),
  failed: z.string().nullable(),
  rupture: z.string().nullable(),
  moments: z.array(z.object({ code: z.string(), label: z.string(), dueOn: z.string(), lines: z.array(sequenceLine) })),
})
export type CriticalSequence = z.output<typeof sequence>

/** Those under way first, then what is proposed, then what ended, the last first. */
export const sequencesOfPerson = defineQuery({
  name: 'episodes.sequences',
  title: 'Séquences critiques',
  input: z.object({ personId: idSchema<PersonId>() }),
  output: z.object({ rows: z.array(sequence) }),
  access: (_actor, _person: PersonTarget) => ({ allowed: true }),
  audit: { persons: (input) => [input.personId] },
})

/** The critical sequences of my files for « Ma journée »: what is late, what comes, what an alert proposes. */
export const sequencesOfDay = defineQuery({
  name: 'episodes.sequencesOfDay',
  title: 'Séquences critiques de mes situations',
  input: z.object({}),
  output: z.object({
    rows: z.array(
      z.object({
        id,
        person: personNameSchema,
        kind: z.string(),
        state: z.enum(['waiting', 'running']),
        startsOn: z.string(),
        lateLines: z.number().int(),
        openLines: z.number().int(),
        lines: z.number().int(),
        next: z.object({ label: z.string(), dueOn: z.string() }).nullable(),
      }),
    ),
  }),
  access: worksInDac,
  audit: { persons: (_input, _target, { rows }) => rows.map(({ person }) => person.personId) },
})

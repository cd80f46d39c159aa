import { z } from 'zod'
import { personNameSchema } from '../../persons/contract/person.ts'
import { allowedIf, defineQuery } from '../../platform/contract/action.ts'
import { isDacStaff, volets } from '../../platform/contract/actor.ts'
import { formatDay } from '../../platform/contract/dates.ts'
import { optional } from '../../platform/contract/fields.ts'
import { idSchema, type PersonId, type ServiceId, type UserId } from '../../platform/contract/ids.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import type { PersonTarget } from './activities.ts'
import { type EpisodeId, leadsTeam, type TaskId, worksInDac } from './episode.ts'
import type { TaskTarget } from './tasks.ts'
import { episodeStates, levels } from './value-sets.ts'

const personIds = (rows: readonly { readonly person: { readonly personId: PersonId } | null }[]): readonly PersonId[] =>
  rows.flatMap((row) => (row.person === null ? [] : [row.person.personId]))
const state = z.enum(['open', 'dormant', 'closed'])

export const caseloadRow = z.object({
  episodeId: idSchema<EpisodeId>(),
  version: z.number().int(),
  person: personNameSchema,
  /** Of the user whose caseload it is. */
  role: z.enum(['referent', 'binome', 'handing_over']),
  handoverUntil: z.string().nullable(),
  state,
  level: z.string(),
  levelSince: z.string(),
  referentId: idSchema<UserId>(),
  referentName: z.string(),
  binomeName: z.string().nullable(),
  openedOn: z.string(),
  wakeUpOn: z.string().nullable(),
  dormancyReason: z.string().nullable(),
  lastContactAt: z.string().nullable(),
  /** The next open task of the person, dated. */
  next: z.object({ title: z.string(), dueOn: z.string() }).nullable(),
  openTasks: z.number().int(),
  lateTasks: z.number().int(),
  /** Codes of episodes.critical_sequence now running. */
  sequences: z.array(z.string()),
  mainPopulation: z.string().nullable(),
  mainDifficulty: z.string().nullable(),
})
export type CaseloadRow = z.output<typeof caseloadRow>

export const caseload = defineQuery({
  name: 'episodes.caseload',
  title: 'Situations suivies',
  /** Mine when `userId` is absent. */
  input: z.object({
    userId: optional(idSchema<UserId>()),
    state: optional(z.enum(['open', 'dormant'])),
    level: optional(z.enum(['brief', 'sustained', 'intensive'])),
  }),
  output: z.object({ rows: z.array(caseloadRow), next: z.null(), total: z.number().int() }),
  access: worksInDac,
  audit: { persons: (_input, _target, { rows }) => personIds(rows) },
  csv: {
    file: 'situations-suivies',
    columns: ['Nom', 'Prénom', 'Commune', 'État', 'Niveau', 'Référent', 'Ouvert le', 'Dernier contact', 'Prochaine échéance'],
    rows: ({ rows }) =>
      rows.map((row) => [
        row.person.usedName ?? row.person.birthName,
        row.person.usedFirstName ?? row.person.firstName,
        row.person.commune,
        labelOf(episodeStates, row.state),
        labelOf(levels, row.level),
        row.referentName,
        formatDay(row.openedOn),
        row.lastContactAt === null ? null : formatDay(row.lastContactAt),
        row.next === null ? null : formatDay(row.next.dueOn),
      ]),
  },
})

export const taskRow = z.object({
  id: idSchema<TaskId>(),
  version: z.number().int(),
  kind: z.string(),
  title: z.string(),
  details: z.string().nullable(),
  person: personNameSchema.nullable(),
  dueOn: z.string().nullable(),
  dueTime: z.string().nullable(),
  state: z.enum(['open', 'done', 'cancelled']),
  outcome: z.string().nullable(),
  endedAt: z.string().nullable(),
  assigneeId: idSchema<UserId>().nullable(),
  assigneeName: z.string().nullable(),
  volet: z.enum(volets),
  source: z.string().nullable(),
  sourceId: z.string().nullable(),
  /** Somebody without account, asked by letter. */
  outsideName: z.string().nullable(),
  outsideRole: z.string().nullable(),
  letterOn: z.string().nullable(),
  relaunchLetterOn: z.string().nullable(),
  /** The last relaunch for the term that it has now. */
  remindedOn: z.string().nullable(),
  remindedStep: z.enum(['actor', 'follower']).nullable(),
})
export type TaskLine = z.output<typeof taskRow>

/** What « Ma journée » takes from episodes, in one statement. */
export const day = defineQuery({
  name: 'episodes.day',
  title: 'Ma journée',
  input: z.object({}),
  output: z.object({
    today: z.string(),
    /** Mine, open: due today or late first, then to come, then without date; 60 at most. `total` counts them all. */
    tasks: z.array(taskRow),
    totalTasks: z.number().int(),
    lateTasks: z.number().int(),
    /** Ticked today. */
    done: z.array(taskRow),
    /** For whoever takes them in my team. */
    untaken: z.array(taskRow),
    /** Of colleagues who are away, due before they are back: whoever stands in does them; what is left is theirs again then. 40 at most. */
    stoodIn: z.array(taskRow.extend({ awayUntil: z.string() })),
    /** Of colleagues, late, and relaunched to me: référent or binôme of the file, or lead of the team. 30 at most. */
    relaunched: z.array(taskRow),
    wakeUps: z.array(
      z.object({
        episodeId: idSchema<EpisodeId>(),
        version: z.number().int(),
        person: personNameSchema,
        wakeUpOn: z.string(),
        dormancyReason: z.string().nullable(),
      }),
    ),
    followed: z.number().int(),
    dormant: z.number().int(),
  }),
  access: worksInDac,
  audit: {
    persons: (_input, _target, { tasks, done, untaken, stoodIn, relaunched, wakeUps }) =>
      personIds([...tasks, ...done, ...untaken, ...stoodIn, ...relaunched, ...wakeUps]),
  },
})

/** One task, for the letter that asks it of somebody outside. */
export const taskSheet = defineQuery({
  name: 'episodes.task',
  title: 'Tâche',
  input: z.object({ id: idSchema<TaskId>() }),
  output: z.object({ task: taskRow, holderName: z.string() }),
  access: (actor, task: TaskTarget) =>
    allowedIf(isDacStaff(actor) && actor.serviceId === task.holderOrg, 'Réservé aux professionnels du DAC qui tient cette tâche.'),
  audit: { persons: (_input, task: TaskTarget) => (task.personId === null ? [] : [task.personId]) },
})

const named = z.object({ userId: idSchema<UserId>(), name: z.string() })

/** « Où en est-on »: the accompaniment in progress, or the last one. */
export const fileSynthesis = defineQuery({
  name: 'episodes.fileSynthesis',
  title: 'Où en est-on',
  input: z.object({ personId: idSchema<PersonId>() }),
  output: z.object({
    episode: z
      .object({
        id: idSchema<EpisodeId>(),
        personId: idSchema<PersonId>(),
        holderOrg: idSchema<ServiceId>(),
        serviceName: z.string(),
        version: z.number().int(),
        state,
        level: z.string(),
        levelSince: z.string(),
        referentId: idSchema<UserId>(),
        binomeId: idSchema<UserId>().nullable(),
        referent: named,
        binome: named.nullable(),
        openedOn: z.string(),
        dormantSince: z.string().nullable(),
        wakeUpOn: z.string().nullable(),
        dormancyReason: z.string().nullable(),
        closedOn: z.string().nullable(),
        closureReason: z.string().nullable(),
        lastContactAt: z.string().nullable(),
        cnoLevel: z.number().int(),
        grounds: z.array(z.string()),
        groundWords: z.string().nullable(),
        problems: z.array(z.object({ axis: z.enum(['population', 'difficulty']), code: z.string(), principal: z.boolean() })),
        sequences: z.array(
          z.object({
            id: z.string(),
            kind: z.string(),
            startsOn: z.string(),
            steps: z.number().int(),
            stepsDone: z.number().int(),
            nextStep: z.string().nullable(),
            nextOn: z.string().nullable(),
            endsOn: z.string().nullable(),
          }),
        ),
      })
      .nullable(),
    /** Earlier accompaniments, the last first. */
    earlier: z.array(
      z.object({ id: z.string(), serviceName: z.string(), openedOn: z.string(), closedOn: z.string().nullable(), closureReason: z.string().nullable() }),
    ),
    tasks: z.array(taskRow),
    lastActivities: z.array(
      z.object({ id: z.string(), kind: z.string(), at: z.string(), withWhom: z.string().nullable(), reached: z.boolean(), byName: z.string() }),
    ),
  }),
  access: (_actor, _person: PersonTarget) => ({ allowed: true }),
  audit: { persons: (input) => [input.personId] },
})

/** Levels, référents and binômes, reasons, closures: everything with its dates. */
export const episodeHistory = defineQuery({
  name: 'episodes.history',
  title: 'Historique de l’accompagnement',
  input: z.object({ id: idSchema<EpisodeId>() }),
  output: z.object({
    levels: z.array(
      z.object({ level: z.string(), startsOn: z.string(), endsOn: z.string().nullable(), reason: z.string().nullable(), byName: z.string().nullable() }),
    ),
    assignments: z.array(
      z.object({
        role: z.enum(['referent', 'binome', 'handing_over']),
        userId: z.string(),
        name: z.string(),
        startsOn: z.string(),
        endsOn: z.string().nullable(),
        reason: z.string().nullable(),
      }),
    ),
    closures: z.array(
      z.object({
        closedOn: z.string(),
        reason: z.string(),
        balance: z.string(),
        objectives: z.string().nullable(),
        relay: z.string().nullable(),
        reopenedOn: z.string().nullable(),
        reopeningReason: z.string().nullable(),
      }),
    ),
  }),
  access: (_actor, _episode: PersonTarget) => ({ allowed: true }),
  audit: { persons: (_input, { personId }) => [personId] },
})

/** A colleague and how many files she follows. */
const colleagueLoad = z.object({
  userId: idSchema<UserId>(),
  name: z.string(),
  jobTitle: z.string().nullable(),
  open: z.number().int(),
  intensive: z.number().int(),
  dormant: z.number().int(),
})

/** Whom a file may be given to, with her load. */
export const followers = defineQuery({
  name: 'episodes.followers',
  title: 'À qui confier',
  input: z.object({}),
  output: z.object({
    rows: z.array(colleagueLoad),
  }),
  access: worksInDac,
  audit: { none: 'counts by colleague: no person is shown' },
})

export const teamLoad = defineQuery({
  name: 'episodes.teamLoad',
  title: 'Charge de l’équipe',
  input: z.object({}),
  output: z.object({
    rows: z.array(
      colleagueLoad.extend({
        brief: z.number().int(),
        sustained: z.number().int(),
        wakeUps: z.number().int(),
        silent: z.number().int(),
        lateTasks: z.number().int(),
        /** Of the acts of these 30 days, as their work noted it: nobody fills a timesheet. */
        minutes: z.number().int(),
      }),
    ),
    next: z.null(),
    total: z.number().int(),
  }),
  access: leadsTeam,
  audit: { none: 'counts by colleague: no person is shown' },
  csv: {
    file: 'charge-de-l-equipe',
    columns: [
      'Référent',
      'Fonction',
      'En cours',
      'Ponctuel',
      'Soutenu',
      'Intensif',
      'En veille',
      'À réveiller',
      'Sans contact depuis 30 jours',
      'Tâches en retard',
      'Minutes notées en 30 jours',
    ],
    rows: ({ rows }) =>
      rows.map((row) => [
        row.name,
        row.jobTitle,
        row.open,
        row.brief,
        row.sustained,
        row.intensive,
        row.dormant,
        row.wakeUps,
        row.silent,
        row.lateTasks,
        row.minutes,
      ]),
  },
})

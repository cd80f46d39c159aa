import { z } from 'zod'
import { allowedIf, defineAction, defineQuery, type Verdict } from '../../platform/contract/action.ts'
import { type Actor, holds, isDacStaff } from '../../platform/contract/actor.ts'
import { code, line, optional, seenVersion } from '../../platform/contract/fields.ts'
import { leadsTeam } from './episode.ts'

/** After how many working days late a step is taken; null: never. */
const workingDays = (max: number) => z.number().int().min(1).max(max).nullable()

const relaunchRule = z
  .object({
    /** Kind of task (episodes.task_kind); null: every other. */
    kind: optional(code()),
    /** The colleague who has the task. */
    actorAfter: workingDays(60),
    /** Then the référent of the file, else the binôme, else those who lead the team. */
    followerAfter: workingDays(120),
    /** In the place of the first, for a task given to somebody outside: a letter to print. */
    letterAfter: workingDays(120),
  })
  .refine(({ actorAfter, followerAfter }) => followerAfter === null || actorAfter === null || followerAfter > actorAfter, {
    path: ['followerAfter'],
    error: 'Le référent vient après la personne qui a la tâche.',
  })
export type RelaunchRule = z.output<typeof relaunchRule>

export const relaunchContent = z.object({
  rules: z
    .array(relaunchRule)
    .min(1)
    .max(20)
    .refine((rules) => rules.filter(({ kind }) => kind === null).length === 1 && new Set(rules.map(({ kind }) => kind)).size === rules.length, {
      error: 'Une règle par nature de tâche, et une pour toutes les autres.',
    }),
})
export type RelaunchContent = z.output<typeof relaunchContent>

const points = z.number().min(0).max(20)
export const loadContent = z.object({
  brief: points,
  sustained: points,
  intensive: points,
  dormant: points,
  /** Added for each late task of the file. */
  lateTask: points,
  /** Added when nobody was in contact for so many days. */
  silence: points,
  silenceDays: z.number().int().min(7).max(365),
})
export type LoadContent = z.output<typeof loadContent>

export const momentSchema = z.object({
  code: code(),
  label: line(60),
  afterDays: z.number().int().min(-60).max(365),
  lines: z.array(line(160)).min(1, { error: 'Un point au moins.' }).max(30),
})

/** Starting points, a professional proposal: a region makes them its own, then a DAC. */
export const starterRelaunch: RelaunchContent = { rules: [{ kind: null, actorAfter: 2, followerAfter: 5, letterAfter: 10 }] }
export const starterLoad: LoadContent = { brief: 1, sustained: 2, intensive: 4, dormant: 0.5, lateTask: 0, silence: 0, silenceDays: 60 }

/** The rule for a kind of task. */
export const relaunchRuleFor = ({ rules }: RelaunchContent, kind: string): RelaunchRule =>
  rules.find((rule) => rule.kind === kind) ?? (rules.find((rule) => rule.kind === null) as RelaunchRule)

const writesPractices = (actor: Actor, ofRegion: boolean): Verdict =>
  ofRegion ? allowedIf(holds(actor, 'regional_admin'), 'Les règles de la région sont écrites par son administration.') : leadsTeam(actor)

export const publishPractice = defineAction({
  name: 'episodes.practice.publish',
  title: 'Publier une règle de travail',
  input: z
    .object({
      ofRegion: z.boolean().default(false),
      baseVersion: seenVersion(0),
      practice: z.discriminatedUnion('subject', [
        /** Null: the service follows the region again. */
        z.object({ subject: z.literal('relaunch'), content: relaunchContent.nullable() }),
        z.object({ subject: z.literal('load'), content: loadContent.nullable() }),
        /** The list of a critical sequence, for the DACs that have none of their own. */
        z.object({ subject: z.literal('checklist'), kind: code(), content: z.array(momentSchema).min(1).max(12) }),
      ]),
    })
    .refine(({ ofRegion, practice }) => practice.subject !== 'checklist' || ofRegion, {
      path: ['ofRegion'],
      error: 'Une liste de DAC se publie à « Séquences critiques ».',
    }),
  output: z.object({ subject: z.string(), version: z.number().int() }),
  access: (actor, _target, input) => writesPractices(actor, input.ofRegion),
  audit: { none: 'rules of a service or of the region: no person' },
})

const written = { version: z.number().int(), editedAt: z.string(), editedByName: z.string() }
const practice = <Content extends z.ZodType>(content: Content) =>
  z.object({
    /** In use here, and from where it comes. */
    content,
    from: z.enum(['starter', 'region', 'service']),
    /** Of the one who reads: the service, or the region for its administration. 0: nothing published. */
    version: z.number().int(),
    history: z.array(z.object({ ...written, content: content.nullable() })),
  })

export const practices = defineQuery({
  name: 'episodes.practices',
  title: 'Règles de travail',
  input: z.object({}),
  output: z.object({ relaunch: practice(relaunchContent), load: practice(loadContent) }),
  access: (actor) =>
    allowedIf(isDacStaff(actor) || leadsTeam(actor).allowed || holds(actor, 'regional_admin'), 'Réservé aux professionnels d’un DAC et à la région.'),
  audit: { none: 'rules of a service or of the region: no person' },
})

/** What rules would do this morning to the late tasks of the service: nothing is sent. */
export const relaunchPreview = defineQuery({
  name: 'episodes.relaunchPreview',
  title: 'Essayer une règle de relance',
  input: z.object({ content: relaunchContent }),
  output: z.object({ late: z.number().int(), actor: z.number().int(), follower: z.number().int(), letters: z.number().int() }),
  access: leadsTeam,
  audit: { none: 'four counts of tasks: no person' },
})

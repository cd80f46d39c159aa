import { z } from 'zod'
import { allowedIf, defineAction, defineQuery } from '../../platform/contract/action.ts'
import { type Actor, holds } from '../../platform/contract/actor.ts'
import { seenVersion } from '../../platform/contract/fields.ts'

/** What is read by itself, at its hours, in the order in which it is shown. */
export const feedCodes = ['rpps', 'annuaire', 'mailboxes', 'skills', 'diplomas', 'finess', 'ror', 'social'] as const
export type FeedKey = (typeof feedCodes)[number]

export const feedNames: Readonly<Record<FeedKey, string>> = {
  rpps: 'RPPS, personnes et activités',
  annuaire: 'Annuaire Santé, mises à jour',
  mailboxes: 'Adresses MSSanté',
  skills: 'RPPS, savoir-faire',
  diplomas: 'RPPS, diplômes',
  finess: 'FINESS+',
  ror: 'ROR, offres et places',
  social: 'data·inclusion, services sociaux',
}

/** The settings of the server that open each: their names are told to whoever must fill them, their values to nobody. */
export const feedSettings: Readonly<Record<FeedKey, readonly string[]>> = {
  rpps: ['RPPS_URL'],
  annuaire: ['ANNUAIRE_URL', 'ANNUAIRE_API_KEY'],
  mailboxes: ['MSSANTE_URL'],
  skills: ['SKILLS_URL'],
  diplomas: ['DIPLOMAS_URL'],
  finess: ['FINESS_URL'],
  ror: ['ROR_URL', 'ROR_API_KEY'],
  social: ['DATA_INCLUSION_URL', 'DATA_INCLUSION_API_KEY'],
}

export const feedFrequencies = { daily: 'Chaque jour', weekly: 'Chaque dimanche', monthly: 'Le 1er du mois', never: 'Jamais' } as const
export type FeedFrequency = keyof typeof feedFrequencies

const nobody = { none: 'feeds of national directories: no accompanied person is concerned' } as const
const keepsReferences = (actor: Actor) => allowedIf(holds(actor, 'regional_admin'), 'Réservé à l’administration régionale.')
const code = z.enum(feedCodes)

const feedRow = z.object({
  code,
  /** The settings of the server tell where to read it. */
  configured: z.boolean(),
  frequency: z.enum(Object.keys(feedFrequencies) as [FeedFrequency, ...FeedFrequency[]]),
  hour: z.number().int(),
  lateAfterHours: z.number().int(),
  version: z.number().int(),
  state: z.enum(['idle', 'running', 'stopped']),
  nextRunAt: z.string().nullable(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  succeededAt: z.string().nullable(),
  /** Since when it is late; null when it is not. */
  lateSince: z.string().nullable(),
  /** The last run among the imports, with its report; null before the first. */
  importId: z.string().nullable(),
  /** What the last run came to, in French; null when it went well. */
  failure: z.string().nullable(),
  /** The last whole reading would have taken too much away: an administrator may accept it. */
  fall: z.boolean(),
  done: z.number().int(),
  total: z.number().int().nullable(),
  rejected: z.number().int(),
})
export type FeedRow = z.output<typeof feedRow>

/** The feeds of the directory: their plan, where the running one is, which are late. */
export const directoryFeeds = defineQuery({
  name: 'directory.feeds',
  title: 'Flux des répertoires nationaux',
  input: z.object({}),
  output: z.object({ rows: z.array(feedRow) }),
  access: keepsReferences,
  audit: nobody,
})

export const planFeed = defineAction({
  name: 'directory.feed.plan',
  title: 'Régler un flux',
  input: z.object({
    code,
    baseVersion: seenVersion(),
    frequency: z.enum(Object.keys(feedFrequencies) as [FeedFrequency, ...FeedFrequency[]], { error: 'À choisir.' }),
    hour: z.number().int().min(0).max(23),
    /** Hours without success after which the administrators are told. */
    lateAfterHours: z.number().int().min(2, { error: 'Deux heures au moins.' }).max(2400, { error: 'Cent jours au plus.' }),
  }),
  output: z.object({ code, version: z.number().int() }),
  access: keepsReferences,
  audit: nobody,
})

/** At once, or as soon as the import that runs is over. Also resumes one that was stopped. `acceptFall`: everything is read, and what is no longer told goes, once. */
export const runFeedNow = defineAction({
  name: 'directory.feed.run',
  title: 'Lire un flux maintenant',
  input: z.object({ code, acceptFall: z.boolean().optional() }),
  output: z.object({ code }),
  access: keepsReferences,
  audit: nobody,
})

/** The run that goes on stops at the next page, and no other begins until it is resumed. */
export const stopFeedRun = defineAction({
  name: 'directory.feed.stop',
  title: 'Arrêter un flux',
  input: z.object({ code }),
  output: z.object({ code }),
  access: keepsReferences,
  audit: nobody,
})

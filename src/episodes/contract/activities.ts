import { z } from 'zod'
import { allowedIf, defineAction, defineQuery } from '../../platform/contract/action.ts'
import { accompanies, volets } from '../../platform/contract/actor.ts'
import { code, day, instant, line, optional, paragraph, seenVersion } from '../../platform/contract/fields.ts'
import { idSchema, type PersonId, type ServiceId } from '../../platform/contract/ids.ts'
import type { ActivityId } from './episode.ts'

/** With whom something was done; « la personne » and « un proche » move the last contact of the file. */
export const counterparts = ['person', 'relative', 'professional', 'other'] as const
export const counterpartLabels: Readonly<Record<(typeof counterparts)[number], string>> = {
  person: 'La personne',
  relative: 'Un proche',
  professional: 'Un professionnel',
  other: 'Autre',
}

export interface PersonTarget {
  readonly personId: PersonId
}

/** R56. A follow-up call is the shortest of them: with whom, what was said, Enter. */
export const recordActivity = defineAction({
  name: 'episodes.activity.record',
  title: 'Noter ce qui a été fait',
  input: z.object({
    id: idSchema<ActivityId>(),
    personId: idSchema<PersonId>(),
    kind: code(),
    /** Now when absent. */
    at: optional(instant),
    minutes: optional(z.number().int().min(1).max(1440)),
    kilometres: optional(z.number().min(0).max(2000)),
    withWhom: z.enum(counterparts).default('person'),
    reached: z.boolean().default(true),
    words: optional(paragraph(10_000)),
    /** The partner of a joint visit, the name of who was called. */
    partner: optional(line(160)),
    cnoLevel: optional(z.literal([1, 2, 3])),
    volet: z.enum(volets).default('social'),
    isPrivate: z.boolean().default(false),
    nextStep: optional(z.object({ kind: code(), title: line(160), dueOn: optional(day()) })),
  }),
  output: z.object({ id: idSchema<ActivityId>() }),
  access: (actor, _person: PersonTarget) => allowedIf(accompanies(actor), 'Réservé aux professionnels du DAC qui accompagnent.'),
  audit: { persons: (input) => [input.personId] },
})

/** What the rules of a correction look at. */
export interface ActivityTarget extends PersonTarget {
  readonly holderOrg: ServiceId
}

/** Time, kind, kilometres, with whom: in one gesture, by the service that did it. Each version is kept; what was said is not changed here. */
export const correctActivity = defineAction({
  name: 'episodes.activity.correct',
  title: 'Corriger ce qui a été noté',
  input: z.object({
    id: idSchema<ActivityId>(),
    baseVersion: seenVersion(),
    changes: z
      .object({
        kind: code(),
        at: instant,
        minutes: optional(z.number().int().min(1).max(1440)),
        kilometres: optional(z.number().min(0).max(2000)),
        withWhom: z.enum(counterparts),
        reached: z.boolean(),
        partner: optional(line(160)),
      })
      .partial(),
  }),
  output: z.object({ id: idSchema<ActivityId>(), version: z.number().int() }),
  access: (actor, activity: ActivityTarget) =>
    allowedIf(accompanies(actor) && actor.serviceId === activity.holderOrg, 'Réservé aux professionnels du DAC qui l’a fait.'),
  audit: { persons: (_input, activity) => [activity.personId] },
})

/** What the service of the reader did for a person, the last first. */
export const activitiesOfPerson = defineQuery({
  name: 'episodes.activities',
  title: 'Ce qui a été fait',
  input: z.object({ personId: idSchema<PersonId>() }),
  output: z.object({
    rows: z.array(
      z.object({
        id: idSchema<ActivityId>(),
        version: z.number().int(),
        kind: z.string(),
        at: z.string(),
        minutes: z.number().int().nullable(),
        kilometres: z.number().nullable(),
        withWhom: z.enum(counterparts),
        reached: z.boolean(),
        partner: z.string().nullable(),
        doneByName: z.string().nullable(),
        correctedAt: z.string().nullable(),
        correctedByName: z.string().nullable(),
        holderOrg: idSchema<ServiceId>(),
      }),
    ),
  }),
  access: (actor, _person: PersonTarget) => allowedIf(accompanies(actor), 'Réservé aux professionnels du DAC qui accompagnent.'),
  audit: { persons: (input) => [input.personId] },
})

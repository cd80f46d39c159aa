import { z } from 'zod'
import { allowedIf, defineAction } from '../../platform/contract/action.ts'
import { accompanies, volets } from '../../platform/contract/actor.ts'
import { code, day, instant, line, optional, paragraph } from '../../platform/contract/fields.ts'
import { idSchema, type PersonId } from '../../platform/contract/ids.ts'
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

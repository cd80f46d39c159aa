import { z } from 'zod'
import type { PersonTarget } from '../../persons/contract/person.ts'
import { allowed, allowedIf, defineAction, defineQuery } from '../../platform/contract/action.ts'
import { accompanies } from '../../platform/contract/actor.ts'
import { instant, line, optional, paragraph } from '../../platform/contract/fields.ts'
import { type Branded, idSchema, type PersonId, type UserId } from '../../platform/contract/ids.ts'
import { mayWrite } from './actions.ts'
import { implausible, measureKinds } from './measure-kinds.ts'

export type MeasureId = Branded<'MeasureId'>

const kind = z.enum(measureKinds.map(({ code }) => code) as [string, ...string[]], { error: 'Mesure à choisir.' })
const figure = z.number({ error: 'Un nombre, comme 52,4.' }).min(-100).max(9999)

export interface MeasureTarget {
  readonly personId: PersonId
  readonly authorId: UserId
}

/** A measure, in the unit of its kind; what cannot be is refused with the limits, what is typed stays. */
export const recordMeasure = defineAction({
  name: 'liaison.measure.record',
  title: 'Noter une mesure',
  input: z
    .object({
      id: idSchema<MeasureId>(),
      personId: idSchema<PersonId>(),
      kind,
      value: figure,
      /** The diastolic pressure. */
      second: optional(figure),
      /** Now when absent. */
      at: optional(instant),
      words: optional(line(200)),
    })
    .superRefine(({ kind: code, value, second }, context) => {
      const fault = implausible(code, value, second)
      if (fault !== null) context.addIssue({ code: 'custom', path: ['value'], message: fault })
    }),
  output: z.object({ id: idSchema<MeasureId>(), alerted: z.boolean() }),
  access: (actor, person: PersonTarget) => mayWrite(actor, person, { volet: 'health' }),
  audit: { persons: (input) => [input.personId], volets: ['health'] },
})

/** A mistaken measure is struck by its author or the DAC, with the reason; it stays readable, and counts no more. */
export const strikeMeasure = defineAction({
  name: 'liaison.measure.strike',
  title: 'Barrer une mesure',
  input: z.object({ id: idSchema<MeasureId>(), reason: paragraph(300) }),
  output: z.object({ id: idSchema<MeasureId>() }),
  access: (actor, measure: MeasureTarget) =>
    allowedIf(actor.userId === measure.authorId || accompanies(actor), 'Seul l’auteur de la mesure, ou le DAC qui accompagne, peut la barrer.'),
  audit: { persons: (_input, measure: MeasureTarget) => [measure.personId], volets: ['health'] },
})

/** From which figures to alert for this person. Both left out: no threshold any more. */
export const setMeasureThreshold = defineAction({
  name: 'liaison.measureThreshold.set',
  title: 'Fixer le seuil d’une mesure',
  input: z
    .object({ id: z.uuid(), personId: idSchema<PersonId>(), kind, low: optional(figure), high: optional(figure), reason: optional(line(300)) })
    .superRefine(({ low, high }, context) => {
      if (low !== null && high !== null && low >= high)
        context.addIssue({ code: 'custom', path: ['high'], message: 'Le seuil haut doit dépasser le seuil bas.' })
    }),
  output: z.object({ id: z.string() }),
  access: (actor, person: PersonTarget) => mayWrite(actor, person, { volet: 'health' }),
  audit: { persons: (input) => [input.personId], volets: ['health'] },
})

const measure = z.object({
  id: idSchema<MeasureId>(),
  value: z.number(),
  second: z.number().nullable(),
  at: z.string(),
  words: z.string().nullable(),
  authorId: idSchema<UserId>(),
  authorName: z.string(),
  struckBecause: z.string().nullable(),
  struckByName: z.string().nullable(),
})
export type Measure = z.output<typeof measure>

/** The measures of a person, by kind, the latest first; 100 of each at most. */
export const measures = defineQuery({
  name: 'liaison.measures',
  title: 'Mesures',
  input: z.object({ personId: idSchema<PersonId>(), perKind: z.number().int().min(1).max(100).default(60) }),
  output: z.object({
    kinds: z.array(
      z.object({
        kind: z.string(),
        low: z.number().nullable(),
        high: z.number().nullable(),
        thresholdByName: z.string().nullable(),
        rows: z.array(measure),
      }),
    ),
  }),
  access: (_actor, _person: PersonTarget) => allowed,
  audit: { persons: (input) => [input.personId], volets: ['health'] },
})
export type MeasuresOfKind = { readonly kind: string; readonly low: number | null; readonly high: number | null; readonly rows: readonly Measure[] }

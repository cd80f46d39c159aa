import { z } from 'zod'
import type { PersonTarget } from '../../persons/contract/person.ts'
import { allowedIf, defineAction } from '../../platform/contract/action.ts'
import { accompanies, volets } from '../../platform/contract/actor.ts'
import { code, optional, paragraph } from '../../platform/contract/fields.ts'
import { idSchema, type PersonId } from '../../platform/contract/ids.ts'

/** A rupture of the path, noted from the work that met it: a search that failed, a sequence that broke. Once for each cause and type. */
export const noteRupture = defineAction({
  name: 'episodes.rupture.note',
  title: 'Noter une rupture de parcours',
  input: z.object({
    personId: idSchema<PersonId>(),
    type: code(),
    words: optional(paragraph(1_000)),
    volet: z.enum(volets).default('social'),
    source: code(),
    sourceId: z.uuid(),
  }),
  output: z.object({ noted: z.boolean() }),
  access: (actor, person: PersonTarget) => allowedIf(accompanies(actor) && person.inCharge, 'Réservé aux professionnels du DAC qui accompagne la personne.'),
  audit: { persons: (input) => [input.personId] },
})

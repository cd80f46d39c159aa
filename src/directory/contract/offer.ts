import { z } from 'zod'

/** What a structure offers, as data·inclusion or the ROR tells it; codes of themes and publics as `social-themes.ts` labels them. */
export const offer = z.object({
  source: z.enum(['social', 'ror']),
  producer: z.string().nullable(),
  updatedOn: z.string().nullable(),
  structureId: z.string().nullable(),
  structureName: z.string().nullable(),
  description: z.string().nullable(),
  themes: z.array(z.string()),
  publics: z.array(z.string()),
  publicsWords: z.string().nullable(),
  conditions: z.string().nullable(),
  fees: z.string().nullable(),
  openingHours: z.string().nullable(),
  link: z.string().nullable(),
  contactName: z.string().nullable(),
  /** Places as last told (R87), with when: they age fast. */
  capacities: z.array(
    z.object({
      place: z.string().nullable(),
      kind: z.string(),
      status: z.string(),
      places: z.number().int(),
      temporary: z.string().nullable(),
      updatedAt: z.string().nullable(),
    }),
  ),
})
export type Offer = z.output<typeof offer>

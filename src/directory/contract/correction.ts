import { z } from 'zod'

/** What a service says of a party over what the national directories say. */
export const correctionFields = {
  phone: 'Téléphone',
  other_phone: 'Autre téléphone',
  email: 'Courriel',
  address: 'Adresse',
  opening: 'Horaires',
  accepts: 'Accueille de nouvelles personnes',
} as const
export type CorrectionField = keyof typeof correctionFields
export const correctionField = z.enum(Object.keys(correctionFields) as [CorrectionField, ...CorrectionField[]], { error: 'À choisir.' })

/** Always with who says it, and when. */
export const correction = z.object({
  field: correctionField,
  value: z.string(),
  serviceName: z.string(),
  writtenByName: z.string(),
  writtenAt: z.string(),
})
export type Correction = z.output<typeof correction>

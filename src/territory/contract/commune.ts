import { z } from 'zod'

/** A service as it is named beside a commune. */
export const serviceReference = z.object({ id: z.string(), name: z.string() })

export const communeHit = z.object({
  code: z.string(),
  name: z.string(),
  kind: z.enum(['commune', 'arrondissement']),
  postalCodes: z.array(z.string()),
  departmentCode: z.string().nullable(),
  departmentName: z.string().nullable(),
  epciName: z.string().nullable(),
  /** The former name under which it was found, null when it was found under its own. */
  formerName: z.string().nullable(),
  /** The DAC in charge on the day of the query; null where no DAC covers it, or where its arrondissements have several. */
  dac: serviceReference.nullable(),
})
export type CommuneHit = z.output<typeof communeHit>

/** « Rupt-sur-Moselle (88360) »: how a commune is written in a field or a list. */
export function communeLabel(commune: { readonly name: string; readonly postalCodes: readonly string[] }): string {
  const [first, ...others] = commune.postalCodes
  return first === undefined || others.length > 3 ? commune.name : `${commune.name} (${first})`
}

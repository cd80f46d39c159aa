import { z } from 'zod'
import { professionalCategories } from '../../platform/contract/actor.ts'

/** Whoever the directory knows, as lists and fields name her: a professional, a structure, what a structure offers, or a local card. */
export const directoryHit = z.object({
  partyId: z.string(),
  kind: z.enum(['professional', 'structure', 'local', 'service']),
  /** Code of src/directory/contract/facets.ts. */
  facet: z.string(),
  /** « Dr Thomas Noel », « SSIAD de la Haute Moselle ». */
  label: z.string(),
  /** « Infirmier libéral », « Soins infirmiers à domicile (SSIAD) ». */
  detail: z.string(),
  /** Where she practises, or the structure of a local card. */
  place: z.string().nullable(),
  postalCode: z.string().nullable(),
  city: z.string().nullable(),
  communeCode: z.string().nullable(),
  phone: z.string().nullable(),
  /** R.1110-2 CSP: what the équipe de soins may open to her. */
  category: z.enum(professionalCategories),
  /** Between the middles of the two communes, in kilometres; null when one of them is not known. */
  distanceKm: z.number().nullable(),
  /** Where she is: the address of a structure, else the middle of the commune. */
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  /** True when she can log in to Jalon. */
  hasAccount: z.boolean(),
})
export type DirectoryHit = z.output<typeof directoryHit>

/** « Rupt-sur-Moselle, 4 km »: where a hit is, for the second line of a list; without a distance in the commune itself. */
export function hitPlace(hit: Pick<DirectoryHit, 'city' | 'distanceKm'>): string {
  return [hit.city, hit.distanceKm === null || hit.distanceKm < 0.5 ? null : `${Math.round(hit.distanceKm)}\u00a0km`].filter((part) => part !== null).join(', ')
}

/** « Infirmier libéral · Rupt-sur-Moselle, 4 km »: what tells a hit from its homonyms. */
export function hitDetail(hit: Pick<DirectoryHit, 'detail' | 'city' | 'distanceKm'>): string {
  return [hit.detail, hitPlace(hit)].filter((part) => part !== '').join(' · ')
}

/** « Dr Thomas Noel, infirmier libéral, Rupt-sur-Moselle »: one line for letters, records and files. */
export function hitSentence(hit: Pick<DirectoryHit, 'label' | 'detail' | 'city'>): string {
  const detail = hit.detail === '' || /^\p{Lu}{2}/u.test(hit.detail) ? hit.detail : hit.detail.charAt(0).toLowerCase() + hit.detail.slice(1)
  return [hit.label, detail, hit.city ?? ''].filter((part) => part !== '').join(', ')
}

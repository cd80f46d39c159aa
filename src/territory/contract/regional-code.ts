import { searchKey } from './search-key.ts'

/** The code of a value that a region adds, made from its label: 'r_camion_itinerant', with a number when it is taken. Never shown. */
export function regionalCode(label: string, taken: readonly string[]): string {
  const base = `r_${searchKey(label).replaceAll(' ', '_').slice(0, 56) || 'valeur'}`
  if (!taken.includes(base)) return base
  for (let number = 2; ; number += 1) if (!taken.includes(`${base}_${number}`)) return `${base}_${number}`
}

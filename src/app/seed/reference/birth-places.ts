import { readFile } from 'node:fs/promises'
import type { BirthPlacePeriod } from '../../../territory/server/birth-places.sql.ts'
import { readGeography } from './geography.ts'

const file = new URL('birth-places.tsv', import.meta.url)

/**
 * The birthplaces that come with Jalon: communes in force and arrondissements from the package of the official geographic code, and, from birth-places.tsv,
 * the periods that this package does not know (communes that changed their name or code since 1943, countries). Written by scripts/write-birth-places.ts.
 */
export async function readBirthPlaces(): Promise<{ readonly edition: string; readonly periods: readonly BirthPlacePeriod[] }> {
  const text = await readFile(file, 'utf8')
  const [head = '', ...lines] = text.split('\n')
  const changed = lines.filter(Boolean).map((line): BirthPlacePeriod => {
    const [code = '', name = '', starts = '', ends = ''] = line.split('\t')
    return { code, name, kind: code.startsWith('99') ? 'country' : 'commune', startsOn: starts || null, endsOn: ends || null }
  })
  const geography = await readGeography()
  const known = new Set(changed.map((period) => period.code))
  const steady = geography.communes
    .filter((commune) => !known.has(commune.code))
    .map(({ code, name }): BirthPlacePeriod => ({ code, name, kind: 'commune', startsOn: null, endsOn: null }))
  return { edition: `${geography.edition} + ${head.slice(2)}`, periods: [...steady, ...changed] }
}

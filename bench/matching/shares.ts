import { leastShare, type NameShares, sharesOf } from '../../src/persons/contract/name-shares.ts'
import { compactKey } from '../../src/persons/contract/names.ts'
import type { Known } from './truth.ts'

/** The names of a file as the nightly count of the database keeps them: those that one person in fifty thousand bears, and ten at least. */
export function sharesOfFile(file: readonly Known[]): NameShares {
  const counts = new Map<string, number>()
  const spelt = new Map<string, string>()
  const compact = (name: string): string => spelt.get(name) ?? spelt.set(name, compactKey(name)).get(name) ?? ''
  const count = (kind: string, name: string | null | undefined): void => {
    if (name) counts.set(`${kind} ${name}`, (counts.get(`${kind} ${name}`) ?? 0) + 1)
  }
  for (const one of file) {
    for (const name of new Set([one.birthName, one.usedName])) count('family', name && compact(name))
    count('given', compact(one.givenNames[0] ?? ''))
    count('place', one.birthPlaceCode)
    count('year', one.birthDate.slice(0, 4))
  }
  const least = leastShare(file.length) * file.length
  return sharesOf(
    file.length,
    [...counts]
      .filter(([, n]) => n >= least)
      .map(([key, n]) => ({ kind: key.split(' ')[0] as 'family', name: key.slice(key.indexOf(' ') + 1), share: n / file.length })),
  )
}

import { isCommonName } from './given-names.ts'

/** The part of the persons of a file who bear a name, or were born in a place: between 0 and 1. Names as compactKey of names.ts writes them. */
export interface NameShares {
  family(name: string): number
  given(name: string): number
  place(code: string): number
  /** Of birth, 'YYYY' */
  year(year: string): number
}

/** What is neither common nor rare: rarity is counted from there. */
export const usualShare = { family: 0.001, given: 0.01, place: 0.005, birth: 0.015 } as const

/** Without a count of the file: the first ranks of the country are common, the others neither common nor rare. */
export const usualShares: NameShares = {
  family: (name) => (isCommonName(name) ? 0.003 : usualShare.family),
  given: (name) => (isCommonName(name) ? 0.03 : usualShare.given),
  place: () => usualShare.place,
  year: () => usualShare.birth,
}

/** The least share that the count of a file of so many persons keeps: one person in fifty thousand, and ten at least (persons.count_names, migration 1785). */
export function leastShare(persons: number): number {
  return Math.max(10 / persons, 1 / 50_000)
}

const leastYear = 0.001

/** From the counts of a file of so many persons; what was not kept is borne by half as many as the least that was, or fewer. */
export function sharesOf(
  persons: number,
  counts: readonly { readonly kind: 'family' | 'given' | 'place' | 'year'; readonly name: string; readonly share: number }[],
): NameShares {
  const of = (wanted: string): ((name: string) => number) => {
    const shares = new Map(counts.filter(({ kind }) => kind === wanted).map(({ name, share }) => [name, share]))
    return (name) => shares.get(name) ?? leastShare(persons) / 2
  }
  // A file that was counted before years were: none says anything. Nor does a year of which there are hardly any, which is as often a slip.
  const years = counts.some(({ kind }) => kind === 'year') ? of('year') : usualShares.year
  return { family: of('family'), given: of('given'), place: of('place'), year: (year) => Math.max(leastYear, years(year)) }
}

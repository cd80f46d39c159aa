import { isCommonName } from './given-names.ts'

/** The part of the persons of a file who bear a name, or were born in a place: between 0 and 1. Names as compactKey of names.ts writes them. */
export interface NameShares {
  family(name: string): number
  given(name: string): number
  place(code: string): number
}

/** Without a count of the file: the first ranks of the country are common, the others neither common nor rare. */
export const usualShares: NameShares = {
  family: (name) => (isCommonName(name) ? 0.003 : 0.001),
  given: (name) => (isCommonName(name) ? 0.03 : 0.01),
  place: () => 0.005,
}

/** The least share that the count of a file of so many persons keeps: one person in five thousand, and ten at least (persons.count_names, migration 1426). */
export function leastShare(persons: number): number {
  return Math.max(10 / persons, 1 / 5000)
}

/** From the counts of a file of so many persons; what was not kept is borne by half as many as the least that was, or fewer. */
export function sharesOf(
  persons: number,
  counts: readonly { readonly kind: 'family' | 'given' | 'place'; readonly name: string; readonly share: number }[],
): NameShares {
  const of = (wanted: string): ((name: string) => number) => {
    const shares = new Map(counts.filter(({ kind }) => kind === wanted).map(({ name, share }) => [name, share]))
    return (name) => shares.get(name) ?? leastShare(persons) / 2
  }
  return { family: of('family'), given: of('given'), place: of('place') }
}

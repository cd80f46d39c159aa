import { searchKey } from '../../territory/contract/search-key.ts'
import { directoryFacets, facetWords } from './facets.ts'
import { professions, roles, specialistWords } from './professions.ts'

function wordsOf(text: string): readonly string[] {
  return searchKey(text).split(' ').filter(Boolean)
}

/** The codes by which entries hold a profession (two digits) or a role (three digits) of the national directories: its facet, and itself where it says more. */
export function tokensOfTrade(code: string): readonly string[] {
  const profession = professions[code]
  if (profession === undefined || code === '10') return [`m:${code}`]
  const told = wordsOf(facetWords(profession.facet))
  return wordsOf(profession.label).every((word) => told.includes(word)) ? [`k:${profession.facet}`] : [`k:${profession.facet}`, `m:${code}`]
}

/** Words of the lists of this version with the code that entries hold: « infirmier » for k:nurse, « geriatre » for m:SM18. */
const terms: readonly (readonly [word: string, token: string])[] = [
  ...directoryFacets.flatMap((facet) => wordsOf(facetWords(facet)).map((word) => [word, `k:${facet}`] as const)),
  ...Object.entries({ ...professions, ...roles }).flatMap(([code, { label }]) =>
    wordsOf(label).map((word) => [word, tokensOfTrade(code).at(-1) ?? `m:${code}`] as const),
  ),
  ...Object.entries(specialistWords).flatMap(([code, words]) => wordsOf(words).map((word) => [word, `m:${code}`] as const)),
]

export interface Term {
  readonly token: string
  /** The whole word was typed, or so much of it that nothing else is meant. */
  readonly exact: boolean
}

/** From four letters on, the beginning of a trade says it: « kiné » is no name that begins so. */
const telling = 4

/** The codes of trades and kinds of structures that a typed word (without accents, lower case) may mean. */
export function termsOf(word: string): readonly Term[] {
  const whole = terms.some(([one]) => one === word)
  const found = new Map<string, boolean>()
  for (const [one, token] of terms) if (one.startsWith(word)) found.set(token, found.get(token) === true || one === word || (!whole && word.length >= telling))
  return [...found].map(([token, exact]) => ({ token, exact }))
}

/** The codes of trades whose name is spelt nearly so: « psychologe ». One letter wrong, two in a long word. */
export function termsSpeltLike(word: string): readonly string[] {
  if (word.length < 5) return []
  const allowed = word.length < 9 ? 1 : 2
  return [...new Set(terms.filter(([one]) => one.length > 4 && lettersApart(one, word, allowed) <= allowed).map(([, token]) => token))]
}

/** Letters to change, add, take away or swap to go from one word to the other; more than `most` is not counted to the end. */
function lettersApart(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1
  let [before, line]: [readonly number[], number[]] = [[], Array.from({ length: other.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const changed = (line[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1)
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1] ? (before[j - 2] ?? 0) + 1 : changed
      next.push(Math.min(changed, swapped, (line[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    before = line
    line = next
  }
  return line[other.length] ?? most + 1
}

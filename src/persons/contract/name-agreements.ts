import type { Agreement, ComparableIdentity } from './agreement.ts'
import { isShortFormOf } from './given-names.ts'
import { compactKey, isNear, isOneSlip, phoneticKey } from './likeness.ts'
import { nameWords, significantWords } from './names.ts'

/** How a name agrees, and the pairs of names that do: of each side, one. */
export interface NameAgreement {
  readonly way: Agreement
  readonly alike: readonly (readonly [string, string])[]
}

/** The family names of somebody, birth name first, each once, in one word. */
function familyNamesOf(one: ComparableIdentity): readonly string[] {
  return [...new Set([one.birthName, one.usedName].flatMap((name) => (name === null || compactKey(name) === '' ? [] : [compactKey(name)])))]
}

const soundsAs = (x: string, y: string): boolean => phoneticKey(x) === phoneticKey(y)
const pairsOf = (left: readonly string[], right: readonly string[], alike: (x: string, y: string) => boolean): (readonly [string, string])[] =>
  left.flatMap((x) => right.filter((y) => alike(x, y)).map((y) => [x, y] as const))

export function familyAgreement(a: ComparableIdentity, b: ComparableIdentity): NameAgreement {
  const [left, right] = [familyNamesOf(a), familyNamesOf(b)]
  const none = (way: Agreement): NameAgreement => ({ way, alike: [] })
  if (left.length === 0 || right.length === 0) return none('family.absent')
  const shared = pairsOf(left, right, (x, y) => x === y)
  if (shared.length > 1) return { way: 'family.bothSame', alike: shared }
  const [same] = shared
  if (same !== undefined) return { way: besideTheSame(a, b, same[0], left, right), alike: shared }
  for (const [way, alike] of [
    ['family.sound', soundsAs],
    ['family.slip', (x: string, y: string): boolean => isOneSlip(x, y, 3)],
  ] as const) {
    const found = pairsOf(left, right, alike)
    if (found.length > 0) return { way: birthsDiffer(a, b) ? 'family.crossedAlike' : way, alike: found }
  }
  const words = (one: ComparableIdentity): readonly string[] => [one.birthName, one.usedName].flatMap((name) => (name === null ? [] : significantWords(name)))
  const parts = pairsOf(
    words(a).filter((word) => word.length > 2),
    words(b),
    (x, y) => x === y || isOneSlip(x, y) || soundsAs(x, y),
  )
  if (parts.length > 0) return { way: 'family.part', alike: parts }
  return none(pairsOf(left, right, isNear).length > 0 ? 'family.near' : 'family.other')
}

const isAlike = (x: string, y: string): boolean => soundsAs(x, y) || isOneSlip(x, y) || isNear(x, y)

/** Two birth names that are known, and not one misspelt for the other: what is alike came by marriage, to one of them or to both. */
function birthsDiffer(a: ComparableIdentity, b: ComparableIdentity): boolean {
  return a.birthName !== null && b.birthName !== null && !isAlike(compactKey(a.birthName), compactKey(b.birthName))
}

/** One name is the same: what the other ones say, where both have one. */
function besideTheSame(a: ComparableIdentity, b: ComparableIdentity, same: string, left: readonly string[], right: readonly string[]): Agreement {
  const [mine, hers] = [left, right].map((names) => names.filter((name) => name !== same))
  if (pairsOf(mine ?? [], hers ?? [], isAlike).length > 0) return 'family.sameAndAlike'
  const births = [a, b].map((one) => (one.birthName === null ? null : compactKey(one.birthName)))
  if (mine?.length && hers?.length) return births[0] === births[1] ? 'family.sameButOther' : births.includes(same) ? 'family.crossed' : 'family.married'
  // Two birth names that are known and differ: what is shared came by marriage, to one of them or to both.
  return births[0] !== null && births[1] !== null && births[0] !== births[1] ? 'family.crossed' : 'family.same'
}

/** Name and given name typed one for the other. */
export function areInverted(a: ComparableIdentity, b: ComparableIdentity): boolean {
  const given = (one: ComparableIdentity): readonly string[] => one.givenNames.slice(0, 1).map(compactKey)
  const words = (one: ComparableIdentity): readonly string[] => nameWords(one.givenNames[0] ?? '')
  const named = (one: ComparableIdentity): readonly (readonly string[])[] => [one.birthName, one.usedName].map((name) => nameWords(name ?? ''))
  const [left, right] = [given(a), given(b)]
  if (left[0] === undefined || right[0] === undefined || left[0] === right[0]) return false
  const crosses = (givens: readonly string[], names: readonly string[]): boolean =>
    givens.some((x) => names.some((y) => x === y || isOneSlip(x, y) || soundsAs(x, y)))
  const [leftCrosses, rightCrosses] = [crosses(left, familyNamesOf(b)), crosses(right, familyNamesOf(a))]
  // « Claude Martin » for Martin Jean-Claude: the given name may be said in part, once the family name stands in its place.
  const inPart = (said: readonly (readonly string[])[], whole: readonly string[]): boolean => said.some((name) => name.length > 0 && isPartOf(name, whole))
  return (leftCrosses || inPart(named(b), words(a))) && (rightCrosses || inPart(named(a), words(b))) && (leftCrosses || rightCrosses)
}

export function givenAgreement(a: ComparableIdentity, b: ComparableIdentity): NameAgreement {
  const [left, right] = [givenNamesOf(a), givenNamesOf(b)]
  const [x, y] = [left[0], right[0]]
  if (x === undefined || y === undefined) return { way: 'given.absent', alike: [] }
  const alike = [[x, y]] as const
  if (x === y) return { way: 'given.same', alike }
  const exchanged = [left.includes(y) ? y : null, right.includes(x) ? x : null].filter((name) => name !== null)
  if (exchanged.length > 0) return { way: 'given.second', alike: [[exchanged[0] as string, exchanged.at(-1) as string]] }
  if (soundsAs(x, y)) return { way: 'given.sound', alike }
  const [leftWords, rightWords] = [nameWords(a.givenNames[0] as string), nameWords(b.givenNames[0] as string)]
  if (isOneSlip(x, y, 3)) return { way: 'given.slip', alike }
  if (isPartOf(leftWords, rightWords) || isPartOf(rightWords, leftWords)) return { way: 'given.part', alike }
  if (a.givenNames.some((one) => b.givenNames.some((other) => isShortFormOf(one, other)))) return { way: 'given.short', alike: [] }
  if ((x.length === 1 || y.length === 1) && x[0] === y[0]) return { way: 'given.initial', alike: [] }
  if (isNear(x, y)) return { way: 'given.near', alike }
  return { way: left.some((one) => right.includes(one)) ? 'given.later' : 'given.other', alike: [] }
}

/** The given names after the first: all the same, one in common (misspelt or not), none, or not known of one of them. */
export function nextGivenAgreement(a: ComparableIdentity, b: ComparableIdentity): Agreement {
  const [left, right] = [a, b].map((one) => [...new Set(givenNamesOf(one).slice(1))]) as [string[], string[]]
  if (left.length === 0 || right.length === 0) return 'next.absent'
  if (left.length === right.length && left.every((name) => right.includes(name))) return 'next.same'
  return pairsOf(left, right, (x, y) => x === y || isOneSlip(x, y) || soundsAs(x, y)).length > 0 ? 'next.some' : 'next.other'
}

const givenNamesOf = (one: ComparableIdentity): readonly string[] => one.givenNames.map(compactKey).filter(Boolean)

/** « Claude », « M. Claude » or « Marie-Clode » of a « Marie-Claude »: words in their order, whole, misspelt or by their initial, fewer or as many. */
function isPartOf(said: readonly string[], whole: readonly string[]): boolean {
  if (whole.length < 2 || said.length > whole.length) return false
  const alike = (a: string, b: string): boolean => a === b || isOneSlip(a, b) || (a.length === 1 && b.startsWith(a)) || soundsAs(a, b)
  if (said.length === whole.length) return said.every((word, n) => alike(word, whole[n] as string) || alike(whole[n] as string, word))
  return said.every((word) => word.length > 1 && whole.some((one) => alike(word, one)))
}

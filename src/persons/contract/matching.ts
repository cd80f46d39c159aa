import { compactKey, nameWords, phoneticKey, significantWords } from './names.ts'

/** What is compared of two persons; absent as null. */
export interface ComparableIdentity {
  readonly birthName: string | null
  readonly usedName: string | null
  readonly givenNames: readonly string[]
  /** 'YYYY-MM-DD' */
  readonly birthDate: string | null
  readonly sex: 'F' | 'M' | 'I' | null
  readonly birthPlaceCode: string | null
}

export type MatchLevel = 'same' | 'probable' | 'possible' | 'different'

export interface Match {
  /** 0 to 100. */
  readonly score: number
  readonly level: MatchLevel
  /** What agrees and what does not, for whoever compares: « même nom », « jour et mois inversés »… */
  readonly reasons: readonly string[]
}

interface Part {
  readonly points: number
  readonly reason: string | null
}

/**
 * How much two identities look like the same person. It proposes and never decides: a merge is made by two persons.
 * Names weigh 40, given names 25, the day of birth 30, the birthplace 5; an absent trait counts for half, another sex takes 15 away.
 */
export function compareIdentities(a: ComparableIdentity, b: ComparableIdentity): Match {
  const parts = [inverted(a, b) ?? namePart(a, b), givenPart(a, b), birthPart(a.birthDate, b.birthDate), placePart(a, b), sexPart(a, b)]
  const score = Math.max(0, Math.min(100, Math.round(parts.reduce((sum, part) => sum + part.points, 0))))
  return { score, level: levelOf(score), reasons: parts.flatMap((part) => (part.reason === null ? [] : [part.reason])) }
}

function levelOf(score: number): MatchLevel {
  return score >= 92 ? 'same' : score >= 72 ? 'probable' : score >= 52 ? 'possible' : 'different'
}

function namePart(a: ComparableIdentity, b: ComparableIdentity): Part {
  const left = familyNames(a)
  const right = familyNames(b)
  if (left.length === 0 || right.length === 0) return { points: 20, reason: null }
  if (left.some((name) => right.includes(name))) return { points: 40, reason: 'même nom' }
  if (left.some((name) => right.some((other) => isOneSlip(name, other)))) return { points: 34, reason: 'nom à une lettre près' }
  if (left.some((name) => right.some((other) => sharesWord(name, other)))) return { points: 30, reason: 'une partie du nom' }
  if (left.some((name) => right.some((other) => phoneticKey(name) === phoneticKey(other)))) return { points: 30, reason: 'nom qui se prononce de même' }
  return { points: 0, reason: null }
}

function familyNames(identity: ComparableIdentity): readonly string[] {
  return [identity.birthName, identity.usedName].flatMap((name) => (name === null ? [] : [compactKey(name), ...significantWords(name)]))
}

function sharesWord(name: string, other: string): boolean {
  return name.length >= 4 && other.length >= 4 && (name.includes(other) || other.includes(name))
}

/** Name and given name typed one for the other. */
function inverted(a: ComparableIdentity, b: ComparableIdentity): Part | null {
  const first = (identity: ComparableIdentity): string | null => (identity.givenNames[0] === undefined ? null : compactKey(identity.givenNames[0]))
  const [given, otherGiven] = [first(a), first(b)]
  if (given === null || otherGiven === null || given === otherGiven) return null
  const crossed = familyNames(b).includes(given) && familyNames(a).includes(otherGiven)
  return crossed ? { points: 60, reason: 'nom et prénom inversés' } : null
}

function givenPart(a: ComparableIdentity, b: ComparableIdentity): Part {
  if (a.givenNames.length === 0 || b.givenNames.length === 0) return { points: 12.5, reason: null }
  const [left, right] = [a.givenNames.map(compactKey), b.givenNames.map(compactKey)]
  if (left[0] === right[0]) return { points: 25, reason: 'même prénom' }
  if (left.some((name) => right.includes(name)) || nameWords(a.givenNames.join(' ')).some((word) => nameWords(b.givenNames.join(' ')).includes(word)))
    return { points: 20, reason: 'un prénom commun' }
  if (isOneSlip(left[0] as string, right[0] as string)) return { points: 20, reason: 'prénom à une lettre près' }
  if (phoneticKey(left[0] as string) === phoneticKey(right[0] as string)) return { points: 18, reason: 'prénom qui se prononce de même' }
  return { points: 0, reason: null }
}

function birthPart(a: string | null, b: string | null): Part {
  if (a === null || b === null) return { points: 15, reason: null }
  if (a === b) return { points: 30, reason: 'même date de naissance' }
  if (a.slice(0, 4) === b.slice(0, 4) && a.slice(5, 7) === b.slice(8, 10) && a.slice(8, 10) === b.slice(5, 7))
    return { points: 24, reason: 'jour et mois inversés' }
  const differing = [...a].filter((digit, index) => digit !== b[index]).length
  if (differing === 1) return { points: 20, reason: 'date de naissance à un chiffre près' }
  if (a.slice(0, 4) === b.slice(0, 4)) return { points: 8, reason: 'même année de naissance' }
  return { points: 0, reason: 'autre date de naissance' }
}

function placePart(a: ComparableIdentity, b: ComparableIdentity): Part {
  if (a.birthPlaceCode === null || b.birthPlaceCode === null) return { points: 2.5, reason: null }
  return a.birthPlaceCode === b.birthPlaceCode ? { points: 5, reason: 'même lieu de naissance' } : { points: 0, reason: null }
}

function sexPart(a: ComparableIdentity, b: ComparableIdentity): Part {
  const known = (sex: ComparableIdentity['sex']): boolean => sex === 'F' || sex === 'M'
  return known(a.sex) && known(b.sex) && a.sex !== b.sex ? { points: -15, reason: 'sexe différent' } : { points: 0, reason: null }
}

/** One letter added, dropped, changed, or two neighbours swapped; short words must be identical. */
export function isOneSlip(a: string, b: string): boolean {
  if (a === b) return true
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (short.length < 4 || long.length - short.length > 1) return false
  let at = 0
  while (at < short.length && short[at] === long[at]) at++
  if (long.length > short.length) return short.slice(at) === long.slice(at + 1)
  const swapped = short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2)
  return swapped || short.slice(at + 1) === long.slice(at + 1)
}

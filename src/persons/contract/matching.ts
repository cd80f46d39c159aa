import { isShortFormOf } from './given-names.ts'
import { agreementWeights, thresholdAmong, thresholds } from './matching-weights.ts'
import { type NameShares, usualShares } from './name-shares.ts'
import { nameWords, significantWords, phoneticKey as soundOf, compactKey as spelledCompactly } from './names.ts'

/** What is compared of two persons; absent as null. */
export interface ComparableIdentity {
  readonly birthName: string | null
  readonly usedName: string | null
  /** Birth given names in their order, then the used one where it differs. */
  readonly givenNames: readonly string[]
  /** 'YYYY-MM-DD' */
  readonly birthDate: string | null
  readonly sex: 'F' | 'M' | 'I' | null
  readonly birthPlaceCode: string | null
  /** Digits; none known: absent. */
  readonly phones?: readonly string[]
  /** Thirteen characters or fifteen. */
  readonly matricule?: string | null
}

/** The file in which somebody is looked for: how many identities, and how many bear each name. A rare name says more, a large file holds more homonyms. */
export interface FileFacts {
  readonly persons: number
  readonly shares: NameShares
}
/** A file of a département or so, with the names of the country. */
export const usualFile: FileFacts = { persons: 40_000, shares: usualShares }

export type MatchLevel = 'same' | 'probable' | 'possible' | 'different'

export interface Match {
  /** Bits above what is proposed in a file of this size. */
  readonly weight: number
  /** 0 to 100: this weight, as a chance. */
  readonly score: number
  readonly level: MatchLevel
  /** What agrees and what does not, for whoever compares: « même nom », « jour et mois inversés »… */
  readonly reasons: readonly string[]
}

/** How one trait of two persons compares; each has a weight in matching-weights.ts. */
export type Agreement = keyof typeof reasonOf

const reasonOf = {
  'family.same': 'même nom',
  'family.bothSame': 'mêmes noms de naissance et utilisé',
  'family.crossed': 'nom utilisé par l’une, de naissance pour l’autre',
  'family.sound': 'nom qui se prononce de même',
  'family.slip': 'nom à une lettre près',
  'family.near': 'nom proche',
  'family.part': 'une partie du nom',
  'family.other': 'autre nom',
  'family.absent': null,
  // Beside the way in which it agrees: how many bear it.
  'family.common': null,
  'family.rare': null,
  'given.same': 'même prénom',
  'given.sameButNext': 'même premier prénom, les suivants diffèrent',
  'given.allSame': 'mêmes prénoms',
  'given.second': 'le prénom de l’un est un autre prénom de l’autre',
  'given.part': 'une partie du prénom',
  'given.short': 'prénom abrégé',
  'given.sound': 'prénom qui se prononce de même',
  'given.slip': 'prénom à une lettre près',
  'given.near': 'prénom proche',
  'given.later': 'un autre prénom commun',
  'given.initial': 'même initiale du prénom',
  'given.other': 'autre prénom',
  'given.absent': null,
  'given.common': null,
  'given.rare': null,
  'names.inverted': 'nom et prénom inversés',
  'birth.same': 'même date de naissance',
  // The first of January of many records is a day that nobody knew.
  'birth.sameVague': 'même date de naissance (1ᵉʳ janvier)',
  'birth.inverted': 'jour et mois inversés',
  'birth.digit': 'date de naissance à un chiffre près',
  'birth.swapped': 'deux chiffres de la date inversés',
  'birth.near': 'date de naissance proche',
  'birth.dayMonth': 'même jour et même mois, autre année',
  'birth.year': 'même année de naissance',
  'birth.other': 'autre date de naissance',
  'birth.absent': null,
  'sex.same': null,
  'sex.other': 'sexe différent',
  'sex.absent': null,
  'place.same': 'même lieu de naissance',
  'place.home': 'même lieu de naissance',
  'place.common': null,
  'place.rare': null,
  'place.department': 'même département de naissance',
  'place.other': 'autre lieu de naissance',
  'place.absent': null,
  'phone.same': 'même téléphone',
  'phone.home': 'même téléphone',
  'phone.other': null,
  'phone.absent': null,
  // What agrees together within a family, and must not be counted as so many separate proofs.
  'family.twin': 'jumeaux ou jumelles\u00a0?',
  'family.household': 'même foyer\u00a0?',
  'family.junior': 'même nom et même prénom à une génération d’écart\u00a0?',
} as const satisfies Readonly<Record<string, string | null>>

/**
 * How much two identities look like the same person. It proposes and never decides: a merge is made by two persons.
 * Each trait agrees in some way; the weights of the ways (matching-weights.ts) are added, as Fellegi and Sunter do, and compared with three thresholds.
 * The same matricule is the same person; two different ones never are.
 */
export function compareIdentities(a: ComparableIdentity, b: ComparableIdentity, file: FileFacts = usualFile): Match {
  const certain = compareMatricules(a, b)
  const agreements = agreementsOf(a, b, file.shares)
  const reasons = reasonsOf(agreements)
  if (certain === 'same') return { weight: 100, score: 100, level: 'same', reasons: ['même matricule', ...reasons] }
  if (certain === 'other') return { weight: -100, score: 0, level: 'different', reasons: ['autre matricule', ...reasons] }
  const weight = weightOf(agreements) - thresholdAmong(file.persons)
  return { weight, score: Math.round(100 / (1 + 2 ** -(weight + 3))), level: levelOf(weight), reasons }
}

/**
 * One person is one person: of those whom she resembles, those who lie so many bits behind the likeliest are a namesake or a relative of hers, and are not
 * proposed while that one is. Two who are one person besides are compared with each other in their turn.
 */
export const farBehind = 6

/** Of all those whom one person was compared with, those who are proposed to be merged. */
export function proposedAmong<T extends { readonly match: Match }>(compared: readonly T[]): readonly T[] {
  const first = Math.max(...compared.map(({ match }) => match.weight))
  return compared.filter(({ match }) => (match.level === 'same' || match.level === 'probable') && match.weight > first - farBehind)
}

/** The sum, in bits, of the weights of these agreements. */
export function weightOf(agreements: readonly Agreement[]): number {
  return agreements.reduce((sum, one) => sum + agreementWeights[one], agreementWeights.start as number)
}

/** From a weight above what is proposed among so many. */
function levelOf(weight: number): MatchLevel {
  return weight >= thresholds.same ? 'same' : weight >= 0 ? 'probable' : weight >= thresholds.possible ? 'possible' : 'different'
}

function reasonsOf(agreements: readonly Agreement[]): readonly string[] {
  const inverted = agreements.includes('names.inverted')
  const borne = (one: Agreement): string => {
    const trait = one.split('.')[0]
    return agreements.includes(`${trait}.common` as Agreement) ? ' (répandu)' : agreements.includes(`${trait}.rare` as Agreement) ? ' (rare)' : ''
  }
  return agreements
    .filter((one) => !(inverted && (one.startsWith('family.') || one.startsWith('given.'))))
    .flatMap((one) => {
      const reason = reasonOf[one]
      return reason === null ? [] : [one === 'family.same' || one === 'given.same' ? `${reason}${borne(one)}` : reason]
    })
}

function compareMatricules(a: ComparableIdentity, b: ComparableIdentity): 'same' | 'other' | null {
  if (!a.matricule || !b.matricule) return null
  return a.matricule.slice(0, 13) === b.matricule.slice(0, 13) ? 'same' : 'other'
}

/** The ways in which two identities agree, one by trait, and what must be said of several together. */
export function agreementsOf(a: ComparableIdentity, b: ComparableIdentity, shares: NameShares = usualShares): readonly Agreement[] {
  const inverted = areInverted(a, b)
  const family = inverted ? null : familyAgreement(a, b)
  const given = inverted ? null : givenAgreement(a, b)
  const birth = birthAgreement(a.birthDate, b.birthDate)
  const phone = phoneAgreement(a.phones, b.phones)
  const named: readonly Agreement[] = family === null || given === null ? ['names.inverted'] : [family, given]
  const kin = together(family, given, birth, phone)
  const [place, howMany] = placeAgreement(a, b, shares)
  return [
    ...named,
    ...borne(a, b, family, given, shares),
    birth,
    sexAgreement(a, b),
    // Those of one family were born in one place, however small, and answer one telephone.
    ...(kin.length > 0 && place === 'place.same' ? (['place.home'] as const) : howMany === undefined ? [place] : [place, howMany]),
    kin.length > 0 && phone === 'phone.same' ? 'phone.home' : phone,
    ...kin,
  ]
}

const sameFamily: readonly (Agreement | null)[] = ['family.same', 'family.bothSame', 'family.crossed', 'family.sound', 'family.slip']
const otherGiven: readonly (Agreement | null)[] = ['given.other', 'given.initial', 'given.later']
const sameGiven: readonly (Agreement | null)[] = ['given.same', 'given.allSame', 'given.sameButNext', 'given.sound', 'given.slip']

/** How many bear the names that agree. A rare family name says nothing more of two whose given names differ: they are of one family. */
function borne(a: ComparableIdentity, b: ComparableIdentity, family: Agreement | null, given: Agreement | null, shares: NameShares): readonly Agreement[] {
  const found: Agreement[] = []
  if (sameFamily.includes(family) && !otherGiven.includes(given)) {
    const [left, right] = [namesOf(a.birthName, a.usedName), namesOf(b.birthName, b.usedName)]
    const shared = left.filter((name) => right.includes(name))
    const share = Math.min(...(shared.length > 0 ? shared : [...left, ...right]).map(shares.family))
    if (share >= 0.002) found.push('family.common')
    else if (share < 0.0003) found.push('family.rare')
  }
  if (sameGiven.includes(given)) {
    const share = Math.max(...[a, b].map((one) => shares.given(compactKey(one.givenNames[0] ?? ''))))
    if (share >= 0.02) found.push('given.common')
    else if (share < 0.004) found.push('given.rare')
  }
  return found
}

function together(family: Agreement | null, given: Agreement | null, birth: Agreement, phone: Agreement): readonly Agreement[] {
  if (!sameFamily.includes(family)) return []
  const differs = otherGiven.includes(given)
  return [
    ...(differs && birth.startsWith('birth.same') ? (['family.twin'] as const) : []),
    ...(differs && !birth.startsWith('birth.same') && phone === 'phone.same' ? (['family.household'] as const) : []),
    ...(!differs && given !== 'given.absent' && (birth === 'birth.other' || birth === 'birth.dayMonth') ? (['family.junior'] as const) : []),
  ]
}

function namesOf(...names: readonly (string | null)[]): readonly string[] {
  return [...new Set(names.flatMap((name) => (name === null || compactKey(name) === '' ? [] : [compactKey(name)])))]
}

function familyAgreement(a: ComparableIdentity, b: ComparableIdentity): Agreement {
  const [left, right] = [namesOf(a.birthName, a.usedName), namesOf(b.birthName, b.usedName)]
  if (left.length === 0 || right.length === 0) return 'family.absent'
  const shared = left.filter((name) => right.includes(name))
  const births = [a.birthName, b.birthName].map((name) => (name === null ? null : compactKey(name)))
  if (shared.length > 1) return 'family.bothSame'
  if (shared.length === 1) {
    // Two birth names that are known and differ: what is shared came by marriage, to one of them or to both.
    if (births[0] !== null && births[1] !== null && births[0] !== births[1]) return 'family.crossed'
    return 'family.same'
  }
  const some = (alike: (x: string, y: string) => boolean): boolean => left.some((x) => right.some((y) => alike(x, y)))
  if (some((x, y) => phoneticKey(x) === phoneticKey(y))) return 'family.sound'
  if (some((x, y) => isOneSlip(x, y))) return 'family.slip'
  const words = (one: ComparableIdentity): readonly string[] => [one.birthName, one.usedName].flatMap((name) => (name === null ? [] : significantWords(name)))
  const [leftWords, rightWords] = [words(a), words(b)]
  if (leftWords.some((x) => x.length > 2 && rightWords.some((y) => x === y || isOneSlip(x, y) || phoneticKey(x) === phoneticKey(y)))) return 'family.part'
  return some(isNear) ? 'family.near' : 'family.other'
}

/** Name and given name typed one for the other. */
function areInverted(a: ComparableIdentity, b: ComparableIdentity): boolean {
  const given = (one: ComparableIdentity): readonly string[] => one.givenNames.slice(0, 1).map(compactKey)
  const words = (one: ComparableIdentity): readonly string[] => nameWords(one.givenNames[0] ?? '')
  const named = (one: ComparableIdentity): readonly (readonly string[])[] => [one.birthName, one.usedName].map((name) => nameWords(name ?? ''))
  const families = (one: ComparableIdentity): readonly string[] => namesOf(one.birthName, one.usedName)
  const [left, right] = [given(a), given(b)]
  if (left[0] === undefined || right[0] === undefined || left[0] === right[0]) return false
  const crosses = (givens: readonly string[], names: readonly string[]): boolean =>
    givens.some((x) => names.some((y) => x === y || isOneSlip(x, y) || phoneticKey(x) === phoneticKey(y)))
  const [leftCrosses, rightCrosses] = [crosses(left, families(b)), crosses(right, families(a))]
  // « Claude Martin » for Martin Jean-Claude: the given name may be said in part, once the family name stands in its place.
  const inPart = (said: readonly (readonly string[])[], whole: readonly string[]): boolean => said.some((name) => name.length > 0 && isPartOf(name, whole))
  return (leftCrosses || inPart(named(b), words(a))) && (rightCrosses || inPart(named(a), words(b))) && (leftCrosses || rightCrosses)
}

function givenAgreement(a: ComparableIdentity, b: ComparableIdentity): Agreement {
  const [left, right] = [a.givenNames.map(compactKey).filter(Boolean), b.givenNames.map(compactKey).filter(Boolean)]
  const [x, y] = [left[0], right[0]]
  if (x === undefined || y === undefined) return 'given.absent'
  if (x === y)
    return left.length > 1 && left.length === right.length && left.every((name, n) => name === right[n])
      ? 'given.allSame'
      : left.length > 1 &&
          right.length > 1 &&
          !left.slice(1).some((name) => right.slice(1).some((other) => name === other || isOneSlip(name, other) || phoneticKey(name) === phoneticKey(other)))
        ? 'given.sameButNext'
        : 'given.same'
  if (left.includes(y) || right.includes(x)) return 'given.second'
  if (phoneticKey(x) === phoneticKey(y)) return 'given.sound'
  const [leftWords, rightWords] = [nameWords(a.givenNames[0] as string), nameWords(b.givenNames[0] as string)]
  if (isOneSlip(x, y, 3)) return 'given.slip'
  if (isPartOf(leftWords, rightWords) || isPartOf(rightWords, leftWords)) return 'given.part'
  if (a.givenNames.some((one) => b.givenNames.some((other) => isShortFormOf(one, other)))) return 'given.short'
  if ((x.length === 1 || y.length === 1) && x[0] === y[0]) return 'given.initial'
  if (isNear(x, y)) return 'given.near'
  return left.some((one) => right.includes(one)) ? 'given.later' : 'given.other'
}

/** « Claude », « M. Claude » or « Marie-Clode » of a « Marie-Claude »: words in their order, whole, misspelt or by their initial, fewer or as many. */
function isPartOf(said: readonly string[], whole: readonly string[]): boolean {
  if (whole.length < 2 || said.length > whole.length) return false
  const alike = (a: string, b: string): boolean => a === b || isOneSlip(a, b) || (a.length === 1 && b.startsWith(a)) || phoneticKey(a) === phoneticKey(b)
  if (said.length === whole.length) return said.every((word, n) => alike(word, whole[n] as string) || alike(whole[n] as string, word))
  return said.every((word) => word.length > 1 && whole.some((one) => alike(word, one)))
}

function birthAgreement(a: string | null, b: string | null): Agreement {
  if (a === null || b === null) return 'birth.absent'
  if (a === b) return a.endsWith('-01-01') ? 'birth.sameVague' : 'birth.same'
  const [yearA, yearB] = [a.slice(0, 4), b.slice(0, 4)]
  const inverted = a.slice(5, 7) === b.slice(8, 10) && a.slice(8, 10) === b.slice(5, 7)
  if (yearA === yearB && inverted) return 'birth.inverted'
  const [x, y] = [a.replaceAll('-', ''), b.replaceAll('-', '')]
  const differing = [...x].flatMap((digit, index) => (digit === y[index] ? [] : [index]))
  if (differing.length === 1) return 'birth.digit'
  const [first, second] = differing
  if (differing.length === 2 && second === (first as number) + 1 && x[first as number] === y[second] && x[second] === y[first as number]) return 'birth.swapped'
  if (a.slice(5) === b.slice(5)) return 'birth.dayMonth'
  if (
    differing.length === 2 ||
    (inverted && Math.abs(Number(yearA) - Number(yearB)) === 1) ||
    (yearA === yearB && (a.slice(5, 7) === b.slice(5, 7) || a.slice(8) === b.slice(8)))
  )
    return 'birth.near'
  return yearA === yearB ? 'birth.year' : 'birth.other'
}

function sexAgreement(a: ComparableIdentity, b: ComparableIdentity): Agreement {
  const known = (sex: ComparableIdentity['sex']): boolean => sex === 'F' || sex === 'M'
  if (!known(a.sex) || !known(b.sex)) return 'sex.absent'
  return a.sex === b.sex ? 'sex.same' : 'sex.other'
}

function placeAgreement(a: ComparableIdentity, b: ComparableIdentity, shares: NameShares): readonly [Agreement, Agreement?] {
  if (a.birthPlaceCode === null || b.birthPlaceCode === null) return ['place.absent']
  if (a.birthPlaceCode !== b.birthPlaceCode) return [a.birthPlaceCode.slice(0, 2) === b.birthPlaceCode.slice(0, 2) ? 'place.department' : 'place.other']
  const share = shares.place(a.birthPlaceCode)
  return share >= 0.01 ? ['place.same', 'place.common'] : share < 0.002 ? ['place.same', 'place.rare'] : ['place.same']
}

function phoneAgreement(a: readonly string[] = [], b: readonly string[] = []): Agreement {
  if (a.length === 0 || b.length === 0) return 'phone.absent'
  return a.some((one) => b.includes(one)) ? 'phone.same' : 'phone.other'
}

/** The same few names are compared again and again, forty times while one types: spelt and sounded once. */
function remembered(compute: (name: string) => string): (name: string) => string {
  const known = new Map<string, string>()
  return (name) => {
    let value = known.get(name)
    if (value === undefined) {
      if (known.size >= 20_000) known.clear()
      value = compute(name)
      known.set(name, value)
    }
    return value
  }
}
const compactKey = remembered(spelledCompactly)
const phoneticKey = remembered(soundOf)

/** One letter added, dropped, changed, or two neighbours swapped; short words must be identical. */
export function isOneSlip(a: string, b: string, shortest = 4): boolean {
  if (a === b) return true
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (short.length < shortest || long.length - short.length > 1) return false
  let at = 0
  while (at < short.length && short[at] === long[at]) at++
  if (long.length > short.length) return short.slice(at) === long.slice(at + 1)
  const swapped = short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2)
  return swapped || short.slice(at + 1) === long.slice(at + 1)
}

/** Two slips in a word of six letters and more that keeps its first letter (Gérard is not Bernard), or one word that begins the other (« cut by a field too short »). */
export function isNear(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (short.length >= 4 && long.startsWith(short)) return true
  return short.length >= 6 && short[0] === long[0] && distance(short, long, 2) <= 2
}

/** Edits between two words, up to `most`; one more than that where they are further apart. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let before = Array.from({ length: b.length + 1 }, (_, n) => n)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (before[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(replaced, (before[j] as number) + 1, (row[j - 1] as number) + 1))
    }
    if (Math.min(...row) > most) return most + 1
    before = row
  }
  return before[b.length] as number
}

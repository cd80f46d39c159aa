import type { Agreement, ComparableIdentity, Comparison, Rarity } from './agreement.ts'
import { compactKey } from './likeness.ts'
import { areInverted, familyAgreement, givenAgreement, nextGivenAgreement } from './name-agreements.ts'
import { type NameShares, usualShare } from './name-shares.ts'

/** The ways in which two identities agree. It is the same both ways round. */
export function compareTraits(a: ComparableIdentity, b: ComparableIdentity, shares: NameShares): Comparison {
  const inverted = areInverted(a, b)
  const family = inverted ? null : familyAgreement(a, b)
  const given = inverted ? null : givenAgreement(a, b)
  const birth = birthAgreement(a.birthDate, b.birthDate)
  const phone = phoneAgreement(a.phones, b.phones)
  const named: readonly Agreement[] = family === null || given === null ? ['names.inverted'] : [family.way, given.way, nextGivenAgreement(a, b)]
  const kin = inverted ? (isFar(birth) ? (['family.junior'] as const) : []) : together(family?.way ?? null, given?.way ?? null, birth, phone)
  const place = placeAgreement(a, b)
  const rarity: (readonly [Rarity, number])[] = []
  const borne = (trait: 'family' | 'given' | 'place' | 'birth', ...found: readonly number[]): void => {
    const bits = found.reduce((sum, share) => sum + Math.log2(usualShare[trait] / share), 0)
    // To a quarter of a bit: what is learnt and what is weighed are the same.
    if (found.length > 0) rarity.push([`${trait}.rarity`, Math.round(4 * bits) / 4])
  }
  // A rare family name says nothing more of two whose given names differ, or who are a generation apart: they are of one family.
  if (family !== null && given !== null && kin.length === 0 && !otherGiven.includes(given.way)) {
    const found = family.alike.map(([x, y]) => Math.max(shares.family(x), shares.family(y)))
    borne('family', ...(family.way === 'family.bothSame' ? found : found.length > 0 ? [Math.min(...found)] : []))
  }
  if (inverted && kin.length === 0) {
    // Whichever of the two fewer bear as a given name is the family name.
    const [x, y] = [a, b]
      .map((one) => compactKey(one.givenNames[0] ?? ''))
      .sort((one, other) => shares.given(one) - shares.given(other) || (one < other ? -1 : 1))
    borne('family', shares.family(x as string))
    borne('given', shares.given(y as string))
  }
  if (given !== null && given.alike.length > 0) borne('given', ...given.alike.map(([x, y]) => Math.max(shares.given(x), shares.given(y))))
  const home = kin.length > 0 && place === 'place.same'
  if (place === 'place.same' && !home) borne('place', shares.place(a.birthPlaceCode as string))
  if (known.includes(birth) && kin.length === 0) borne('birth', Math.max(...[a, b].map(({ birthDate }) => shares.year((birthDate as string).slice(0, 4)))))
  return {
    ways: [
      ...named,
      birth,
      sexAgreement(a, b),
      // Those of one family were born in one place, however small, and answer one telephone.
      home ? 'place.home' : place,
      kin.length > 0 && phone === 'phone.same' ? 'phone.home' : phone,
      ...kin,
    ],
    rarity,
  }
}

const sameFamily: readonly (Agreement | null)[] = [
  'family.same',
  'family.bothSame',
  'family.sameAndAlike',
  'family.sameButOther',
  'family.crossed',
  'family.crossedAlike',
  'family.sound',
  'family.slip',
]
const otherGiven: readonly (Agreement | null)[] = ['given.other', 'given.initial', 'given.later']

const maybeOtherGiven: readonly (Agreement | null)[] = ['given.second', 'given.part', 'given.short', 'given.near']
/** A day that is the same, or the same but for one slip. */
const known: readonly Agreement[] = ['birth.same', 'birth.digit', 'birth.inverted', 'birth.swapped', 'birth.yearSlip']
const isFar = (birth: Agreement): boolean => birth === 'birth.other' || birth === 'birth.dayMonth'

function together(family: Agreement | null, given: Agreement | null, birth: Agreement, phone: Agreement): readonly Agreement[] {
  if (!sameFamily.includes(family)) return []
  const differs = otherGiven.includes(given)
  return [
    ...(differs && birth.startsWith('birth.same') ? (['family.twin'] as const) : []),
    ...(maybeOtherGiven.includes(given) && birth.startsWith('birth.same') ? (['family.maybeTwin'] as const) : []),
    ...(differs && !birth.startsWith('birth.same') && phone === 'phone.same' ? (['family.household'] as const) : []),
    ...(!differs && given !== 'given.absent' && isFar(birth) ? (['family.junior'] as const) : []),
  ]
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
  if (a.slice(5) === b.slice(5)) return [1, 10].includes(Math.abs(Number(yearA) - Number(yearB))) ? 'birth.yearSlip' : 'birth.dayMonth'
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

function placeAgreement(a: ComparableIdentity, b: ComparableIdentity): Agreement {
  if (a.birthPlaceCode === null || b.birthPlaceCode === null) return 'place.absent'
  if (a.birthPlaceCode === b.birthPlaceCode) return 'place.same'
  return a.birthPlaceCode.slice(0, 2) === b.birthPlaceCode.slice(0, 2) ? 'place.department' : 'place.other'
}

function phoneAgreement(a: readonly string[] = [], b: readonly string[] = []): Agreement {
  if (a.length === 0 || b.length === 0) return 'phone.absent'
  return a.some((one) => b.includes(one)) ? 'phone.same' : 'phone.other'
}

import type { Random } from '../../src/app/seed/region/random.ts'
import { adultMen, adultWomen, familyNames, olderMen, olderWomen, youngMen, youngWomen } from '../../src/app/seed/region/words.ts'
import type { ComparableIdentity } from '../../src/persons/contract/agreement.ts'
import { misspelled, mistypedDate, retold } from './errors.ts'

/** An invented identity of the region, and the family that it comes from where it has one in the file. */
export interface Known extends ComparableIdentity {
  readonly sex: 'F' | 'M'
  readonly birthName: string
  readonly birthDate: string
  readonly phones: readonly string[]
}

/** What somebody else typed of an identity: of whom, or of nobody who is in the file. */
export interface Typed {
  readonly of: number | null
  readonly what: ComparableIdentity
  /** Errors that were made, for the table of what is missed. */
  readonly errors: readonly string[]
}

const heads =
  'BA BEL BER BOI BON BOU BRE CAR CHA CHE COL COR COU CRE DA DEL DOU DU FA FER FLO FOU GA GAU GER GI GOU GRE GUI HA HE HU JA JO LA LE LI LOU MA MAR MEN MER MON MOU NA NOI PA PE PHI POI PRE QUI RA RE RI ROU SA SER SI TA TER THI TOU TRU VA VAU VER VI WA'.split(
    ' ',
  )
const middles = ['', '', 'BE', 'CHE', 'DE', 'GA', 'LA', 'LE', 'LI', 'MI', 'NE', 'NI', 'PHI', 'QUE', 'RI', 'RO', 'SSE', 'TA', 'TTE', 'VI', 'ZE']
const tails =
  'ARD AUD AULT AUX BERT BLE CHARD CHET COURT DET DIER DON EAU ELLE EREAU ERON ET EY FFRE GER GNON IER IEUX IGNY IN LAND LET LIN LLET LOT MAND MIN MONT NAUD NET NIER OT OUX QUET RAND REL RET ROUX SSON TEAU THIER TIN TON VAL VET VIER VILLE'.split(
    ' ',
  )

/** Seven thousand family names or so: those of the demo first, as frequent as the first ranks of the country, then a long tail. */
export function familyNameStock(random: Random): readonly string[] {
  const names = new Set(familyNames)
  while (names.size < 7000) {
    const name = `${random.pick(heads)}${random.pick(middles)}${random.pick(tails)}`.replace(/(.)\1{2,}/g, '$1$1')
    names.add(random.chance(0.02) ? `${random.pick(['DE', 'LE', 'DE LA', 'DU'])} ${name}` : name)
  }
  return [...names]
}

/** Rank by Zipf: the first name of the list is borne by 0.6 % or so, as MARTIN is. */
function ranked<T>(random: Random, list: readonly T[], flatness = 18): T {
  const total = Math.log((list.length + flatness) / flatness)
  return list[Math.min(list.length - 1, Math.floor(flatness * (Math.exp(random.next() * total) - 1)))] as T
}

const generations: Readonly<Record<'F' | 'M', readonly (readonly string[])[]>> = {
  F: [
    ['MARIE', 'MARGUERITE', ...olderWomen],
    ['MARTINE', 'FRANCOISE', 'BRIGITTE', 'CHRISTINE', 'CHRISTIANE', 'DOMINIQUE', 'MARIE', ...adultWomen],
    [...youngWomen, 'LEA', 'CAMILLE', ...adultWomen],
  ],
  M: [
    ['JEAN', 'MARCEL', ...olderMen],
    ['ALAIN', 'PATRICK', 'JEAN', 'DOMINIQUE', ...adultMen],
    [...youngMen, 'CAMILLE', 'MAXIME', ...adultMen],
  ],
}
const seconds: Readonly<Record<'F' | 'M', readonly string[]>> = {
  F: ['CLAUDE', 'FRANCE', 'CHRISTINE', 'LOUISE', 'PAULE', 'THERESE', 'HELENE', 'ANGE', 'LAURE', 'NOELLE'],
  M: ['CLAUDE', 'PIERRE', 'PAUL', 'MARIE', 'LUC', 'MICHEL', 'LOUIS', 'FRANCOIS', 'MARC', 'JACQUES'],
}

function givenNameOf(random: Random, sex: 'F' | 'M', year: number): string {
  const first = ranked(random, generations[sex][year < 1945 ? 0 : year < 1985 ? 1 : 2] as readonly string[], 6)
  return random.chance(0.13)
    ? `${sex === 'F' ? random.pick(['MARIE', 'MARIE', 'ANNE']) : random.pick(['JEAN', 'JEAN', 'PIERRE'])}-${random.pick(seconds[sex])}`
    : first
}

/** Those whom a DAC accompanies: three quarters after sixty, the others at any age. */
function birthDateOf(random: Random): string {
  const year = random.chance(0.75) ? 1925 + Math.floor((random.next() + random.next()) * 20) : 1930 + Math.floor(random.next() * 85)
  // 1 January stands for « not known exactly » more often than its turn.
  return random.chance(0.006) ? `${year}-01-01` : dayOf(year, Math.floor(random.next() * 365))
}

function dayOf(year: number, day: number): string {
  return new Date(Date.UTC(year, 0, 1 + day)).toISOString().slice(0, 10)
}

/** Twelve digits that begin with 000: nobody's number. */
const phoneOf = (random: Random): string => `000${String(Math.floor(random.next() * 1e9)).padStart(9, '0')}`
const placeOf = (random: Random): string => {
  const town = Math.floor(500 * random.next() ** 2.2)
  return `${['88', '54', '57', '67', '68', '55', '51', '08', '10', '52'][Math.floor(town / 50)]}${String(1 + (town % 50) * 7).padStart(3, '0')}`
}

function anIdentity(random: Random, names: readonly string[]): Known {
  const sex = random.chance(0.62) ? 'F' : 'M'
  const birthDate = birthDateOf(random)
  const year = Number(birthDate.slice(0, 4))
  const birthName = random.chance(0.025) ? `${ranked(random, names)}-${ranked(random, names)}` : ranked(random, names)
  const spouse = ranked(random, names)
  const given = [
    givenNameOf(random, sex, year),
    ...(random.chance(0.7) ? [givenNameOf(random, sex, year - 30)] : []),
    ...(random.chance(0.35) ? [givenNameOf(random, sex, year - 30)] : []),
  ]
  return {
    birthName,
    usedName: sex === 'F' && year < 1990 && random.chance(0.65) ? (random.chance(0.1) ? `${birthName} ${spouse}` : spouse) : null,
    givenNames: [...new Set(given)],
    birthDate,
    sex,
    birthPlaceCode: random.chance(0.12) ? `99${100 + Math.floor(random.next() * 300)}` : placeOf(random),
    phones: random.chance(0.85) ? [phoneOf(random)] : [],
  }
}

/** A file of persons, with what makes one take one for another: twins, brothers and sisters at one number, sons named as their fathers, couples, homonyms. */
export function aFile(random: Random, names: readonly string[], size: number): Known[] {
  const file: Known[] = []
  while (file.length < size) {
    const one = anIdentity(random, names)
    file.push(one)
    const kin = kinOf(random, one, names)
    if (kin !== null && file.length < size) file.push(kin)
  }
  return file
}

function kinOf(random: Random, one: Known, names: readonly string[]): Known | null {
  const year = Number(one.birthDate.slice(0, 4))
  const chance = random.next()
  if (chance < 0.012) {
    // A twin: same name, day, place, often the same telephone.
    const sex = random.chance(0.65) ? one.sex : one.sex === 'F' ? 'M' : 'F'
    return {
      ...one,
      sex,
      usedName: sex === 'F' && one.sex === 'F' && one.usedName !== null ? ranked(random, names) : null,
      givenNames: otherGiven(random, one, sex, year),
      phones: random.chance(0.5) ? one.phones : [phoneOf(random)],
    }
  }
  if (chance < 0.03) {
    const born = dayOf(year + (random.chance(0.5) ? 1 : -1) * (1 + Math.floor(random.next() * 6)), Math.floor(random.next() * 365))
    return {
      ...one,
      usedName: null,
      birthDate: born,
      givenNames: otherGiven(random, one, one.sex, year),
      phones: random.chance(0.4) ? one.phones : [phoneOf(random)],
    }
  }
  if (chance < 0.04) {
    // A son named as his father, a daughter as her mother: one house, one telephone.
    const born = dayOf(year + 19 + Math.floor(random.next() * 17), Math.floor(random.next() * 365))
    return {
      ...one,
      birthDate: born,
      givenNames: [one.givenNames[0] as string, ...(random.chance(0.5) ? [givenNameOf(random, one.sex, year)] : [])],
      phones: random.chance(0.6) ? one.phones : [phoneOf(random)],
    }
  }
  if (chance < 0.06 && one.sex === 'F' && one.usedName !== null) {
    const born = dayOf(year + Math.floor(random.next() * 9) - 5, Math.floor(random.next() * 365))
    return {
      ...one,
      sex: 'M',
      birthName: one.usedName,
      usedName: null,
      birthDate: born,
      givenNames: [givenNameOf(random, 'M', year)],
      birthPlaceCode: placeOf(random),
      phones: random.chance(0.7) ? one.phones : [phoneOf(random)],
    }
  }
  // A namesake of the same years.
  if (chance < 0.075)
    return {
      ...one,
      usedName: one.usedName === null ? null : ranked(random, names),
      birthDate: dayOf(year + Math.floor(random.next() * 3) - 1, Math.floor(random.next() * 365)),
      givenNames: [one.givenNames[0] as string],
      birthPlaceCode: placeOf(random),
      phones: [phoneOf(random)],
    }
  return null
}

function otherGiven(random: Random, one: Known, sex: 'F' | 'M', year: number): readonly string[] {
  for (;;) {
    const given = givenNameOf(random, sex, year)
    if (!one.givenNames.includes(given))
      return [given, ...one.givenNames.slice(1).map((later) => (random.chance(0.2) ? later : givenNameOf(random, sex, year - 30)))]
  }
}

/** What a secretary, a caller or another service types of this person: part of her traits, with the errors of every day. */
export function typedOf(random: Random, of: number | null, one: Known): Typed {
  const errors: string[] = []
  const made = <T>(name: string, share: number, change: () => T, kept: T): T => {
    if (!random.chance(share)) return kept
    errors.push(name)
    return change()
  }
  let birthName: string | null = one.birthName
  let usedName: string | null = one.usedName
  let given: readonly string[] = one.givenNames.slice(0, random.chance(0.6) ? 1 : 3)
  if (usedName !== null) {
    const told = random.next()
    if (told < 0.53) errors.push(told < 0.3 ? 'nom utilisé seul' : told < 0.5 ? 'nom de naissance seul' : 'noms de naissance et utilisé échangés')
    if (told < 0.3) birthName = null
    else if (told < 0.5) usedName = null
    else if (told < 0.53) [birthName, usedName] = [usedName, birthName]
  }
  const misspell = (name: string | null): string | null => (name === null ? null : misspelled(random, name, errors))
  if (random.chance(0.3)) [birthName, usedName] = random.chance(0.5) || usedName === null ? [misspell(birthName), usedName] : [birthName, misspell(usedName)]
  // The next given names are written with less care: one is left out, or misspelt, or two change places.
  const next = given.slice(1).flatMap((name) => (random.chance(0.06) ? [] : random.chance(0.05) ? [misspelled(random, name, [])] : [name]))
  given = [retold(random, given, one.givenNames, errors), ...(random.chance(0.04) ? next.reverse() : next)]
  const family = birthName ?? usedName
  if (family !== null && random.chance(0.015)) {
    errors.push('nom et prénom inversés')
    ;[birthName, usedName, given] = [given[0] as string, null, [family]]
  }
  return {
    of,
    errors,
    what: {
      birthName,
      usedName,
      givenNames: given,
      birthDate: made(
        'date absente',
        0.02,
        () => null,
        made<string | null>('date mal saisie', 0.1, () => mistypedDate(random, one.birthDate), one.birthDate),
      ),
      sex: made<'F' | 'M' | null>('sexe faux', 0.006, () => (one.sex === 'F' ? 'M' : 'F'), random.chance(0.7) ? one.sex : null),
      birthPlaceCode: random.chance(0.5) ? made<string | null>('autre lieu', 0.03, () => placeOf(random), one.birthPlaceCode) : null,
      phones: random.chance(0.6) ? made('autre téléphone', 0.25, () => [phoneOf(random)], one.phones) : [],
    },
  }
}

/** Somebody who is not in the file, and who resembles one who is (`kinOf`, her place there): the hard negatives; or who resembles nobody but by chance. */
export function aStranger(random: Random, file: readonly Known[], names: readonly string[]): { readonly who: Known; readonly kinOf: number | null } {
  if (random.chance(0.5)) return { who: anIdentity(random, names), kinOf: null }
  for (;;) {
    const of = random.below(file.length)
    const kin = kinOf(random, file[of] as Known, names)
    if (kin !== null) return { who: kin, kinOf: of }
  }
}

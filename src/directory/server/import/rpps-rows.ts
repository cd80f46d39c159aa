import { searchKey } from '../../../territory/contract/search-key.ts'
import { plainPhone } from '../../contract/phones.ts'
import type { KnownPlace, PlaceFinder } from './commune-finder.ts'
import type { ByteRows } from './copied-bytes.ts'
import { keyOfFields } from './field-key.ts'
import type { ScannedLine } from './line-scanner.ts'
import { writePartyId } from './party-number.ts'
import type { RppsColumn, RppsLayout } from './rpps-columns.ts'

/** What is kept of a line of « Personne_activite », in the order of the rows that `rppsRows` writes. */
export const practiceColumns = [
  'line_hash',
  'party_id',
  'profession',
  'status',
  'skill_type',
  'skill',
  'mode',
  'role',
  'genre',
  'sector',
  'structure_key',
  'finess',
  'finess_legal',
  'siret',
  'site_name',
  'address',
  'postal_code',
  'commune_code',
  'city',
  'phone',
  'other_phone',
  'email',
] as const
export const personColumns = ['party_id', 'rpps', 'family_name', 'given_name', 'name_key', 'civility', 'title'] as const

const copied: readonly RppsColumn[] = [
  'profession',
  'status',
  'skillType',
  'skill',
  'mode',
  'role',
  'genre',
  'sector',
  'structureKey',
  'finess',
  'finessLegal',
  'siret',
]
const labels = [
  ['profession', 'profession', 'professionLabel'],
  ['skill', 'skill', 'skillLabel'],
  ['sector', 'sector', 'sectorLabel'],
  ['role', 'role', 'roleLabel'],
  ['genre', 'genre', 'genreLabel'],
] as const

/** The labels that a file gives to its codes. */
export type Nomenclature = Map<string, { readonly system: string; readonly code: string; readonly label: string }>

interface FoundPlace {
  readonly place: KnownPlace | undefined
  readonly postalCode: string
  readonly city: string
}

/** Places that lines without a code tell: the country has some tens of thousands, a damaged file has as many as lines. */
const keptPlaces = 100_000

/** What was found of the line whose rows were written last. */
export interface LastRows {
  /** territory.party_id, its sixteen bytes. */
  readonly party: Buffer
  place: KnownPlace | undefined
  /** Its postal code and city; null when they are what the line tells in their columns. */
  found: FoundPlace | null
  /** The telephone; null when it is what the line tells. */
  phone: string | null
  /** As searchKey of the family name and the given name. */
  nameKey: { bytes: Buffer; length: number }
}

const [space, zero, nine, upperA, upperZ, eight] = [0x20, 0x30, 0x39, 0x41, 0x5a, 0x38]

/** Reads where a field of the line stands, blanks aside; both ends are equal when it is empty or the file lacks the column. */
export interface FieldReader {
  from: number
  to: number
  find(line: ScannedLine, place: number): boolean
}

export function fieldReader(): FieldReader {
  const reader: FieldReader = {
    from: 0,
    to: 0,
    find: ({ bytes, starts, fields }, place) => {
      if (place < 0 || place >= fields) {
        reader.from = reader.to = 0
        return false
      }
      let from = starts[place] as number
      let to = (starts[place + 1] as number) - 1
      while (from < to && (bytes[from] as number) <= space) from += 1
      while (to > from && (bytes[to - 1] as number) <= space) to -= 1
      reader.from = from
      reader.to = to
      return to > from
    },
  }
  return reader
}

/** The eleven digits of a RPPS number, as a number; -1 when there are not eleven, -2 when the key is wrong. */
export function rppsNumber(bytes: Buffer, from: number, to: number): number {
  if (to - from !== 11) return -1
  let value = 0
  let sum = 0
  for (let at = from; at < to; at += 1) {
    const digit = (bytes[at] as number) - zero
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
    const doubled = (to - at) % 2 === 0 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0 ? value : -2
}

/** Why a line is refused, or null. */
export function rppsRefusal(
  line: ScannedLine,
  { at, width }: Pick<RppsLayout, 'width'> & { at: { registry: number; rpps: number; familyName: number } },
  field: FieldReader,
): string | null {
  const { bytes, fields } = line
  if (fields !== width && fields !== width - 1) return `${fields - 1} colonnes au lieu de ${width - 1}`
  if (!field.find(line, at.registry) || field.to - field.from !== 1 || bytes[field.from] !== eight) return 'Identifiant d’un autre registre que le RPPS'
  field.find(line, at.rpps)
  const rpps = rppsNumber(bytes, field.from, field.to)
  if (rpps === -1) return 'Numéro RPPS qui n’a pas onze chiffres'
  if (rpps === -2) return 'Numéro RPPS dont la clé de contrôle est fausse'
  return field.find(line, at.familyName) ? null : 'Nom d’exercice absent'
}

/** Makes what writes the rows of one file; `nomenclature` fills as it goes. */
export function rppsRows(
  { at, width }: RppsLayout,
  places: PlaceFinder,
  nomenclature: Nomenclature,
  practices: ByteRows,
  persons: ByteRows,
): {
  refusal(line: ScannedLine): string | null
  practice(line: ScannedLine): void
  /** A row of the person of the line that was written last. */
  person(line: ScannedLine): void
  /** The number of the person of the last line that was not refused. */
  readonly rpps: number
  readonly last: LastRows
} {
  const field = fieldReader()
  const copiedAt = copied.map((column) => at[column])
  const labelsAt = labels.map(([system, code, label]) => ({ system, code: at[code], label: at[label], known: new Set<number>() }))
  const placeAt = [at.communeCode, at.postalCode, at.communeLabel, at.cedex]
  const foundPlaces = new Map<number, FoundPlace>()
  let [rpps, lastRpps] = [-1, -1]
  const last: LastRows = { party: Buffer.alloc(16), place: undefined, found: null, phone: null, nameKey: { bytes: Buffer.alloc(256), length: 0 } }

  const told = (line: ScannedLine, column: RppsColumn): string => (field.find(line, at[column]) ? line.bytes.toString('utf8', field.from, field.to) : '')
  const writeParty = (line: ScannedLine, rows: ByteRows): void => {
    if (rpps !== lastRpps) {
      lastRpps = rpps
      field.find(line, at.rpps)
      writePartyId(last.party, line.bytes, field.from)
    }
    rows.raw(last.party, 0, last.party.length)
  }
  const noteLabels = (line: ScannedLine): void => {
    for (const one of labelsAt) {
      if (!field.find(line, one.code)) continue
      let key = 0
      for (let place = field.from; place < field.to; place += 1) key = key * 256 + (line.bytes[place] as number)
      if (one.known.has(key)) continue
      const code = line.bytes.toString('utf8', field.from, field.to)
      if (!field.find(line, one.label)) continue
      one.known.add(key)
      nomenclature.set(`${one.system} ${code}`, { system: one.system, code, label: line.bytes.toString('utf8', field.from, field.to) })
    }
  }
  const writeAddress = (line: ScannedLine): void => {
    const { bytes } = line
    field.find(line, at.recipient)
    practices.bytes(bytes, field.from, field.to)
    if (field.find(line, at.geography)) practices.more(', ', bytes, field.from, field.to)
    let begun = field.find(line, at.streetNumber) && practices.more(', ', bytes, field.from, field.to)
    if (field.find(line, at.streetSuffix)) begun = practices.more(begun ? '' : ', ', bytes, field.from, field.to)
    if (field.find(line, at.streetType)) begun = practices.more(begun ? ' ' : ', ', bytes, field.from, field.to)
    if (field.find(line, at.street)) practices.more(begun ? ' ' : ', ', bytes, field.from, field.to)
    if (field.find(line, at.distribution)) practices.more(', ', bytes, field.from, field.to)
  }
  /** The place of a line that tells no code in force. */
  const findPlace = (line: ScannedLine, plain: boolean): FoundPlace => {
    const key = keyOfFields(line, placeAt, field)
    const known = foundPlaces.get(key)
    if (known !== undefined) return known
    const code = told(line, 'communeCode')
    const cedex = plain ? null : /^(\d{5})\s+(.*)$/.exec(told(line, 'cedex'))
    const postalCode = told(line, 'postalCode') || (cedex?.[1] ?? '')
    const city = told(line, 'communeLabel') || (cedex?.[2] ?? '')
    const commune = postalCode === '' && city === '' && code === '' ? null : places.find({ code, postalCode, label: city })
    const found = { place: commune === null ? undefined : places.place(commune), postalCode, city }
    if (foundPlaces.size < keptPlaces) foundPlaces.set(key, found)
    return found
  }
  const writePlace = (line: ScannedLine): void => {
    const { bytes } = line
    const plain = field.find(line, at.postalCode) && field.find(line, at.communeLabel)
    const place = plain && field.find(line, at.communeCode) ? places.inForce(bytes, field.from, field.to) : undefined
    last.place = place
    last.found = null
    if (place !== undefined) {
      const [from, to] = [field.from, field.to]
      field.find(line, at.postalCode)
      practices.bytes(bytes, field.from, field.to)
      practices.bytes(bytes, from, to)
      field.find(line, at.communeLabel)
      practices.bytes(bytes, field.from, field.to)
      return
    }
    const found = findPlace(line, plain)
    last.place = found.place
    last.found = found
    practices.text(found.postalCode)
    practices.text(found.place?.code ?? null)
    practices.text(found.city)
  }
  /** Gives the telephone when it is written otherwise than the line tells it. */
  const writePhone = (line: ScannedLine, place: number): string | null => {
    const { bytes } = line
    let plain = field.find(line, place) ? field.to - field.from <= 10 : true
    for (let spot = field.from; plain && spot < field.to; spot += 1) plain = (bytes[spot] as number) >= zero && (bytes[spot] as number) <= nine
    if (plain) {
      practices.bytes(bytes, field.from, field.to)
      return null
    }
    const phone = plainPhone(bytes.toString('utf8', field.from, field.to))
    practices.text(phone)
    return phone ?? ''
  }
  return {
    last,
    refusal: (line) => {
      const refusal = rppsRefusal(line, { at, width }, field)
      if (refusal !== null) return refusal
      field.find(line, at.rpps)
      rpps = rppsNumber(line.bytes, field.from, field.to)
      return null
    },
    get rpps() {
      return rpps
    },
    practice: (line) => {
      const { bytes } = line
      noteLabels(line)
      practices.bigint(line.high, line.low)
      writeParty(line, practices)
      for (const place of copiedAt) {
        field.find(line, place)
        practices.bytes(bytes, field.from, field.to)
      }
      if (!field.find(line, at.siteName)) field.find(line, at.sign)
      practices.bytes(bytes, field.from, field.to)
      writeAddress(line)
      writePlace(line)
      last.phone = writePhone(line, at.phone)
      writePhone(line, at.otherPhone)
      field.find(line, at.email)
      practices.bytes(bytes, field.from, field.to)
      practices.endRow()
    },
    person: (line) => {
      const { bytes } = line
      writeParty(line, persons)
      for (const column of ['rpps', 'familyName', 'givenName'] as const) {
        field.find(line, at[column])
        persons.bytes(bytes, field.from, field.to)
      }
      field.find(line, at.familyName)
      const [from, to] = [field.from, field.to]
      field.find(line, at.givenName)
      writeNameKey(last.nameKey, bytes, from, to, field.from, field.to)
      persons.bytes(last.nameKey.bytes, 0, last.nameKey.length)
      for (const column of ['civility', 'title'] as const) {
        field.find(line, at[column])
        persons.bytes(bytes, field.from, field.to)
      }
      persons.endRow()
    },
  }
}

/** As `searchKey` of both names; most are capitals without accents, and need only to be small. */
function writeNameKey(key: LastRows['nameKey'], bytes: Buffer, from: number, to: number, otherFrom: number, otherTo: number): void {
  const longest = to - from + 1 + otherTo - otherFrom
  if (longest > key.bytes.length) key.bytes = Buffer.alloc(longest * 3)
  if (!isPlain(bytes, from, to) || !isPlain(bytes, otherFrom, otherTo)) {
    key.length = key.bytes.write(searchKey(`${bytes.toString('utf8', from, to)} ${bytes.toString('utf8', otherFrom, otherTo)}`))
    return
  }
  let at = 0
  // The bit of small letters; a space has it.
  for (let spot = from; spot < to; spot += 1, at += 1) key.bytes[at] = (bytes[spot] as number) | 0x20
  if (otherFrom < otherTo) {
    key.bytes[at] = space
    at += 1
  }
  for (let spot = otherFrom; spot < otherTo; spot += 1, at += 1) key.bytes[at] = (bytes[spot] as number) | 0x20
  key.length = at
}

function isPlain(bytes: Buffer, from: number, to: number): boolean {
  let before = space
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] as number
    if (byte !== space && (byte < upperA || byte > upperZ)) return false
    if (byte === space && before === space) return false
    before = byte
  }
  return true
}

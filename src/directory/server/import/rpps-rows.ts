import { hash } from 'node:crypto'
import { searchKey } from '../../../territory/contract/search-key.ts'
import { plainPhone } from '../../contract/phones.ts'
import type { KnownPlace, PlaceFinder } from './commune-finder.ts'
import type { ByteRows } from './copied-bytes.ts'
import type { ScannedLine } from './line-scanner.ts'
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

/** What was found of the line whose rows were written last. */
export interface LastRows {
  /** territory.party_id, without its dashes. */
  partyId: string
  place: KnownPlace | undefined
  postalCode: string
  /** As it was told. */
  city: string
  nameKey: string
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
      let [from, to] = [starts[place] as number, (starts[place + 1] as number) - 1]
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
  let [value, sum] = [0, 0]
  for (let at = from; at < to; at += 1) {
    const digit = (bytes[at] as number) - zero
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
    const doubled = (to - at) % 2 === 0 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0 ? value : -2
}

/** territory.party_id of a number of the RPPS, without its dashes. */
export function partyOfRppsNumber(rpps: string): string {
  const digest = hash('md5', `rpps:${rpps}`)
  return `${digest.slice(0, 12)}8${digest.slice(13, 16)}8${digest.slice(17)}`
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

/** The 64 bits of a line as the database keeps them. */
export function hashText(): (high: number, low: number) => string {
  const halves = new Int32Array(2)
  const whole = new BigInt64Array(halves.buffer)
  return (high, low) => {
    halves[0] = low
    halves[1] = high
    return (whole[0] as bigint).toString()
  }
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
  /** The number of the person of the last line checked. */
  rpps(line: ScannedLine): number
  readonly last: LastRows
} {
  const field = fieldReader()
  const asText = hashText()
  const copiedAt = copied.map((column) => at[column])
  const labelsAt = labels.map(([system, code, label]) => ({ system, code: at[code], label: at[label], known: new Set<number>() }))
  let lastRpps = -1
  const last: LastRows = { partyId: '', place: undefined, postalCode: '', city: '', nameKey: '' }

  const told = (line: ScannedLine, column: RppsColumn): string => (field.find(line, at[column]) ? line.bytes.toString('utf8', field.from, field.to) : '')
  const partyOf = (line: ScannedLine): string => {
    field.find(line, at.rpps)
    const rpps = rppsNumber(line.bytes, field.from, field.to)
    if (rpps !== lastRpps) {
      lastRpps = rpps
      last.partyId = partyOfRppsNumber(line.bytes.toString('latin1', field.from, field.to))
    }
    return last.partyId
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
  const writePlace = (line: ScannedLine): void => {
    const { bytes } = line
    const plain = field.find(line, at.postalCode) && field.find(line, at.communeLabel)
    const place = plain && field.find(line, at.communeCode) ? places.inForce(bytes, field.from, field.to) : undefined
    last.place = place
    if (place !== undefined) {
      const [from, to] = [field.from, field.to]
      field.find(line, at.postalCode)
      last.postalCode = bytes.toString('utf8', field.from, field.to)
      practices.bytes(bytes, field.from, field.to)
      practices.bytes(bytes, from, to)
      field.find(line, at.communeLabel)
      practices.bytes(bytes, field.from, field.to)
      return
    }
    const code = told(line, 'communeCode')
    const cedex = plain ? null : /^(\d{5})\s+(.*)$/.exec(told(line, 'cedex'))
    const postalCode = told(line, 'postalCode') || (cedex?.[1] ?? '')
    const city = told(line, 'communeLabel') || (cedex?.[2] ?? '')
    const found = postalCode === '' && city === '' && code === '' ? null : places.find({ code, postalCode, label: city })
    last.postalCode = postalCode
    last.city = city
    if (found !== null) last.place = places.place(found)
    practices.text(postalCode)
    practices.text(found)
    practices.text(city)
  }
  const writePhone = (line: ScannedLine, place: number): void => {
    const { bytes } = line
    let digits = field.find(line, place)
    for (let spot = field.from; digits && spot < field.to; spot += 1) digits = (bytes[spot] as number) >= zero && (bytes[spot] as number) <= nine
    if (!digits && field.to > field.from) practices.text(plainPhone(bytes.toString('utf8', field.from, field.to)))
    else if (digits && field.to - field.from > 10) practices.text(plainPhone(bytes.toString('latin1', field.from, field.to)))
    else practices.bytes(bytes, field.from, field.to)
  }
  return {
    last,
    refusal: (line) => rppsRefusal(line, { at, width }, field),
    rpps: (line) => {
      field.find(line, at.rpps)
      return rppsNumber(line.bytes, field.from, field.to)
    },
    practice: (line) => {
      const { bytes } = line
      noteLabels(line)
      practices.mark(asText(line.high, line.low))
      practices.mark(partyOf(line))
      for (const place of copiedAt) {
        field.find(line, place)
        practices.bytes(bytes, field.from, field.to)
      }
      if (!field.find(line, at.siteName)) field.find(line, at.sign)
      practices.bytes(bytes, field.from, field.to)
      writeAddress(line)
      writePlace(line)
      writePhone(line, at.phone)
      writePhone(line, at.otherPhone)
      field.find(line, at.email)
      practices.bytes(bytes, field.from, field.to)
      practices.endRow()
    },
    person: (line) => {
      const { bytes } = line
      persons.mark(partyOf(line))
      for (const column of ['rpps', 'familyName', 'givenName'] as const) {
        field.find(line, at[column])
        persons.bytes(bytes, field.from, field.to)
      }
      field.find(line, at.familyName)
      const [from, to] = [field.from, field.to]
      field.find(line, at.givenName)
      last.nameKey = nameKey(bytes, from, to, field.from, field.to)
      persons.text(last.nameKey)
      for (const column of ['civility', 'title'] as const) {
        field.find(line, at[column])
        persons.bytes(bytes, field.from, field.to)
      }
      persons.endRow()
    },
  }
}

/** As `searchKey` of both names; most are capitals without accents, and need only to be small. */
function nameKey(bytes: Buffer, from: number, to: number, otherFrom: number, otherTo: number): string {
  const plain = isPlain(bytes, from, to) && isPlain(bytes, otherFrom, otherTo)
  const text = plain
    ? `${bytes.toString('latin1', from, to)} ${bytes.toString('latin1', otherFrom, otherTo)}`
    : `${bytes.toString('utf8', from, to)} ${bytes.toString('utf8', otherFrom, otherTo)}`
  return plain ? text.toLowerCase().trimEnd() : searchKey(text)
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

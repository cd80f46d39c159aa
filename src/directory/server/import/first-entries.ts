import { generalPracticeSkills, professions, roles, type Trade } from '../../contract/professions.ts'
import { tokensOfTrade } from '../../contract/terms.ts'
import { BinaryFields } from './binary-fields.ts'
import type { ByteRows } from './copied-bytes.ts'
import { keyOfFields } from './field-key.ts'
import { lexemes } from './lexemes.ts'
import type { ScannedLine } from './line-scanner.ts'
import type { RppsLayout } from './rpps-columns.ts'
import { fieldReader, type LastRows, type Nomenclature } from './rpps-rows.ts'

/** Where the entries of a first import go: by halves of the ids; `strays` holds the ids of those whom the database must derive itself. */
export interface FirstEntryTables {
  readonly low: ByteRows
  readonly high: ByteRows
  readonly strays: ByteRows
}

export const strayColumns = ['party_id'] as const

/** What the trade of a line says of its professional; `odd` when only the database can tell. */
interface TradeFacts {
  readonly odd: boolean
  readonly isGeneralPractice: boolean
  /** Of another doctor. */
  readonly speciality: string | null
  /** Lower comes first: as the order of the lines in professionalEntries. */
  readonly rank: number
  readonly tokens: readonly string[]
  readonly facet: string
  readonly category: string
  readonly isLiberal: boolean
  /** What she does and how she practises, for a man and for a woman: by this trade, and in general practice. */
  readonly details: readonly [own: readonly [string, string], general: readonly [string, string]]
}

const [space, hyphen, upperA, upperZ, lowerA, lowerZ] = [0x20, 0x2d, 0x41, 0x5a, 0x61, 0x7a]
/** Ways to practise are some thousands; a damaged file has as many as lines. */
const keptTrades = 50_000
const code = /^[A-Za-z0-9_-]+$/

/**
 * Derives the entry of a professional while her lines are read, as `professionalEntries` of entry.sql.ts does from her practices: the same card, word for
 * word (a test compares both on lines drawn at random). One definition in SQL alone would sort the practices of the country once more; one here alone
 * would bring to Node, each day, every practice of whoever changed, and of whoever a file of skills or a commune touches. Whoever is not plain is left to the database, by her id: lines that do not follow each other, names
 * with other letters than A to Z, codes without a label yet, two specialities.
 */
export function firstEntries(
  { at }: RppsLayout,
  nomenclature: Nomenclature,
  { low, high, strays }: FirstEntryTables,
  last: LastRows,
): {
  /** Takes a line once its rows are written; `met` tells that its person had lines before. */
  line(line: ScannedLine, rpps: number, met: boolean): void
  end(): void
  /** How many are left to the database; `again` of them have an entry already. */
  readonly left: { strays: number; again: number }
} {
  const field = fieldReader()
  const trades = new Map<number, TradeFacts>()
  const tradeAt = [at.profession, at.role, at.skill, at.mode, at.genre]
  const left = { strays: 0, again: 0 }
  const letters = Buffer.alloc(512)
  let current = -1
  let isOdd = false
  const who = { party: Buffer.alloc(16), isWoman: false, isDoctor: false, isProfessor: false }
  const [name, number, sortKey] = [new BinaryFields(256), new BinaryFields(32), new BinaryFields(256)]
  /** From the place to the telephone of the line that shows. */
  const shown = new BinaryFields(512)
  const words = lexemes()
  let isGeneralPractice = false
  let speciality: string | null = null
  let rank = 0
  let [high32, low32] = [0, 0]
  let best: TradeFacts | undefined
  let lastTrade: TradeFacts | undefined

  const told = (line: ScannedLine, place: number): string => (field.find(line, place) ? line.bytes.toString('utf8', field.from, field.to) : '')
  const isTold = (line: ScannedLine, place: number, text: string): boolean => {
    if (!field.find(line, place) || field.to - field.from !== text.length) return false
    let same = 0
    while (same < text.length && line.bytes[field.from + same] === text.charCodeAt(same)) same += 1
    return same === text.length
  }
  /** Writes letters as initcap of the database does, for plain ones; gives how many stand there then, -1 for others. */
  const writeTitled = (line: ScannedLine, place: number, start: number): number => {
    if (!field.find(line, place) || start + field.to - field.from > letters.length) return -1
    let begins = true
    let end = start
    for (let spot = field.from; spot < field.to; spot += 1) {
      const byte = line.bytes[spot] as number
      const isLetter = (byte >= upperA && byte <= upperZ) || (byte >= lowerA && byte <= lowerZ)
      if (!isLetter && byte !== space && byte !== hyphen) return -1
      letters[end] = isLetter ? (begins ? byte & 0xdf : byte | 0x20) : byte
      begins = !isLetter
      end += 1
    }
    return end
  }
  const tradeOf = (line: ScannedLine): TradeFacts => {
    const key = keyOfFields(line, tradeAt, field)
    const known = trades.get(key)
    if (known !== undefined) return known
    const [profession = '', role = '', skill = '', mode = '', genre = ''] = tradeAt.map((place) => told(line, place))
    const facts = tradeFacts({ profession, role, skill, mode, genre }, nomenclature)
    if (!facts.odd && trades.size < keptTrades) trades.set(key, facts)
    return facts
  }
  const stray = (party: Buffer): void => {
    strays.raw(party, 0, party.length)
    strays.endRow()
    left.strays += 1
  }
  const write = (): void => {
    if (best === undefined) return
    const { party } = who
    if (isOdd) {
      stray(party)
      return
    }
    const facet = isGeneralPractice ? 'gp' : best.facet
    words.add(`k:${facet}`)
    if (who.isDoctor || who.isProfessor || facet === 'gp' || facet === 'specialist') words.add('dr')
    if (who.isProfessor) words.add('pr')
    const detail = best.details[isGeneralPractice ? 1 : 0][who.isWoman ? 1 : 0]
    const rows = (party[0] as number) < 0x80 ? low : high
    rows.raw(party, 0, party.length)
    rows.text('professional')
    rows.text(facet)
    rows.append(name)
    rows.text(isGeneralPractice || speciality === null ? detail : `${detail} · ${speciality}`)
    rows.append(shown)
    rows.append(number)
    rows.text(null)
    rows.text(best.category)
    rows.text(null)
    rows.text(null)
    rows.append(sortKey)
    rows.raw(words.content, 0, words.length)
    rows.endRow()
  }
  const begin = (line: ScannedLine): void => {
    isOdd = false
    best = undefined
    lastTrade = undefined
    words.clear()
    isGeneralPractice = false
    speciality = null
    last.party.copy(who.party)
    who.isDoctor = isTold(line, at.title, 'DR')
    who.isProfessor = isTold(line, at.title, 'PR')
    who.isWoman = isTold(line, at.civility, 'MME')
    const given = writeTitled(line, at.givenName, 0)
    const family = given === -1 ? -1 : writeTitled(line, at.familyName, given)
    if (family === -1 || last.nameKey.length === 0) {
      isOdd = true
      return
    }
    name.clear()
    name.text(who.isDoctor ? 'Dr\u00a0' : who.isProfessor ? 'Pr\u00a0' : null)
    name.more('', letters, 0, given)
    name.more(' ', letters, given, family)
    field.find(line, at.rpps)
    number.clear()
    number.bytes(line.bytes, field.from, field.to)
    sortKey.clear()
    sortKey.bytes(last.nameKey.bytes, 0, last.nameKey.length)
    words.addWords(last.nameKey.bytes, last.nameKey.length)
  }
  const show = (line: ScannedLine, isLiberal: boolean): void => {
    const { place, found, phone } = last
    const { bytes } = line
    shown.clear()
    if (!field.find(line, at.siteName)) field.find(line, at.sign)
    if (isLiberal && /^cabinet/i.test(bytes.toString('latin1', field.from, Math.min(field.to, field.from + 7)))) shown.text(null)
    else shown.bytes(bytes, field.from, field.to)
    if (found !== null) shown.text(found.postalCode)
    else {
      field.find(line, at.postalCode)
      shown.bytes(bytes, field.from, field.to)
    }
    shown.text(place?.name ?? found?.city ?? null)
    shown.text(place?.code ?? null)
    if (phone !== null) shown.text(phone)
    else {
      field.find(line, at.phone)
      shown.bytes(bytes, field.from, field.to)
    }
  }
  return {
    left,
    line: (line, rpps, met) => {
      if (rpps !== current) {
        write()
        current = rpps
        if (met) {
          // Her entry is written, or waits for the database: now it does.
          best = undefined
          isOdd = true
          stray(last.party)
          left.again += 1
          return
        }
        begin(line)
      } else if (best === undefined) return
      const trade = tradeOf(line)
      const { place, found } = last
      if (trade.odd) isOdd = true
      if (trade !== lastTrade) for (const token of trade.tokens) words.add(token)
      lastTrade = trade
      if (place !== undefined) {
        words.add(place.token)
        words.add(place.departmentToken)
      } else if (found !== null && found.postalCode !== '') {
        if (code.test(found.postalCode)) words.add(found.postalCode)
        else isOdd = true
      }
      isGeneralPractice ||= trade.isGeneralPractice
      if (trade.speciality !== null) {
        if (speciality !== null && speciality !== trade.speciality) isOdd = true
        speciality = trade.speciality
      }
      const hasPhone = last.phone === null ? field.find(line, at.phone) : last.phone !== ''
      const own = trade.rank + (place === undefined ? 4 : 0) + (hasPhone ? 0 : 2)
      const comes = best === undefined || own < rank || (own === rank && (line.high < high32 || (line.high === high32 && line.low >>> 0 < low32 >>> 0)))
      if (!comes) return
      best = trade
      rank = own
      high32 = line.high
      low32 = line.low
      show(line, trade.isLiberal)
    },
    end: write,
  }
}

const general = 'Médecin généraliste'

interface Told {
  readonly profession: string
  readonly role: string
  readonly skill: string
  readonly mode: string
  readonly genre: string
}

function tradeFacts({ profession, role, skill, mode, genre }: Told, nomenclature: Nomenclature): TradeFacts {
  const [trade, other] = [tradeNamed('profession', profession, professions, nomenclature), tradeNamed('role', role, roles, nomenclature)]
  const skillLabel = nomenclature.get(`skill ${skill}`)?.label
  const isDoctor = profession === '10'
  const isGeneralPractice = isDoctor && generalPracticeSkills.includes(skill)
  const isReplacing = genre === 'GENR02' || genre === 'GENR03'
  const [manner, feminineManner] = mannerOf(mode, isReplacing)
  const label = trade?.listed?.label ?? other?.listed?.label ?? trade?.told ?? other?.told ?? 'Professionnel'
  const feminine = trade?.listed?.feminine ?? other?.listed?.feminine ?? trade?.told ?? other?.told ?? 'Professionnelle'
  const odd = trade === null || other === null || (skill !== '' && (skillLabel === undefined || !code.test(skill)))
  return {
    odd,
    isGeneralPractice,
    speciality: isDoctor && skill !== '' && !isGeneralPractice ? (skillLabel ?? null) : null,
    rank: (mode === 'L' ? 0 : mode === '' ? 48 : 24) + (genre === '' ? 0 : isReplacing ? 16 : 8) + (skillLabel === undefined ? 1 : 0),
    tokens: [
      ...(trade?.tokens ?? []),
      ...(other?.tokens ?? []),
      ...(skill === '' ? [] : [`m:${skill}`]),
      ...(mode === 'L' ? ['liberal'] : mode === 'S' ? ['salarie'] : []),
      ...(isReplacing ? ['remplacant'] : []),
    ],
    facet: trade?.listed?.facet ?? other?.listed?.facet ?? 'other_professional',
    category: trade?.listed?.category ?? other?.listed?.category ?? 'administrative',
    isLiberal: mode === 'L',
    details: [
      [`${label}${manner}`, `${feminine}${feminineManner}`],
      [`${general}${manner}`, `${general}${feminineManner}`],
    ],
  }
}

function mannerOf(mode: string, isReplacing: boolean): readonly [string, string] {
  if (isReplacing) return [' remplaçant', ' remplaçante']
  if (mode === 'L') return [' libéral', ' libérale']
  if (mode === 'S') return [' salarié', ' salariée']
  return mode === 'B' ? [' bénévole', ' bénévole'] : ['', '']
}

/** What the list of this version or the file says of a code; undefined when the line tells none, null when nobody knows it yet. */
function tradeNamed(
  system: string,
  told: string,
  list: Readonly<Record<string, Trade>>,
  nomenclature: Nomenclature,
): { readonly listed: Trade | undefined; readonly told: string | undefined; readonly tokens: readonly string[] } | undefined | null {
  if (told === '') return undefined
  if (!code.test(told)) return null
  const listed = list[told]
  const label = nomenclature.get(`${system} ${told}`)?.label
  if (listed === undefined) return label === undefined ? null : { listed, told: label, tokens: [`m:${told}`] }
  return { listed, told: label, tokens: tokensOfTrade(told) }
}

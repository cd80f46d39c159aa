import { plainPhone } from '../../contract/phones.ts'
import { generalPracticeSkills, professions, roles, type Trade } from '../../contract/professions.ts'
import { tokensOfTrade } from '../../contract/terms.ts'
import type { ByteRows } from './copied-bytes.ts'
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
  readonly tokens: string
  readonly facet: string
  readonly category: string
  readonly label: string
  readonly feminine: string
  readonly isLiberal: boolean
  /** How she practises, for a man and for a woman. */
  readonly manner: readonly [string, string]
}

const [bar, space, hyphen, upperA, upperZ, lowerA, lowerZ] = [0x7c, 0x20, 0x2d, 0x41, 0x5a, 0x61, 0x7a]
/** Ways to practise are some thousands; a damaged file has as many as lines. */
const keptTrades = 50_000
const code = /^[A-Za-z0-9_-]+$/
const quoted = (token: string): string => `'${token}'`

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
  const letters = Buffer.alloc(256)
  let current = -1
  let isOdd = false
  const who = { partyId: '', rpps: '', name: '', nameKey: '', title: '', isWoman: false }
  let tokens = ''
  let isGeneralPractice = false
  let speciality: string | null = null
  let rank = 0
  let [high32, low32] = [0, 0]
  let best: TradeFacts | undefined
  const shown = { site: '', postalCode: '', city: '', communeCode: '', phone: '' }

  const told = (line: ScannedLine, place: number): string => (field.find(line, place) ? line.bytes.toString('utf8', field.from, field.to) : '')
  /** As initcap of the database, for plain letters; null for others. */
  const titled = (line: ScannedLine, place: number): string | null => {
    if (!field.find(line, place) || field.to - field.from > letters.length) return null
    let begins = true
    let count = 0
    for (let spot = field.from; spot < field.to; spot += 1) {
      const byte = line.bytes[spot] as number
      const isLetter = (byte >= upperA && byte <= upperZ) || (byte >= lowerA && byte <= lowerZ)
      if (!isLetter && byte !== space && byte !== hyphen) return null
      letters[count] = isLetter ? (begins ? byte & 0xdf : byte | 0x20) : byte
      begins = !isLetter
      count += 1
    }
    return letters.toString('latin1', 0, count)
  }
  const tradeOf = (line: ScannedLine): TradeFacts => {
    // Fifty-three bits of the five codes: of some thousands of ways to practise, two share them with a chance of one in a thousand million.
    let [one, other] = [0x2bdd_4e15, 0x1b56_c4e9]
    for (const place of tradeAt) {
      field.find(line, place)
      for (let spot = field.from; spot < field.to; spot += 1) {
        one = Math.imul(one ^ (line.bytes[spot] as number), 0x9e37_79b1)
        other = Math.imul(((other << 5) | (other >>> 27)) ^ (line.bytes[spot] as number), 0x5f35_6495)
      }
      one = Math.imul(one ^ bar, 0x85eb_ca6b)
      other = Math.imul(((other << 5) | (other >>> 27)) ^ bar, 0xc2b2_ae35)
    }
    const key = (one >>> 0) * 0x20_0000 + ((other ^ (other >>> 16)) & 0x1f_ffff)
    const known = trades.get(key)
    if (known !== undefined) return known
    const [profession = '', role = '', skill = '', mode = '', genre = ''] = tradeAt.map((place) => told(line, place))
    const facts = tradeFacts({ profession, role, skill, mode, genre }, nomenclature)
    if (!facts.odd && trades.size < keptTrades) trades.set(key, facts)
    return facts
  }
  const phoneOf = (line: ScannedLine): string => {
    if (!field.find(line, at.phone)) return ''
    const phone = line.bytes.toString('latin1', field.from, field.to)
    return /^\d{1,10}$/.test(phone) ? phone : (plainPhone(line.bytes.toString('utf8', field.from, field.to)) ?? '')
  }

  const stray = (partyId: string): void => {
    strays.mark(partyId)
    strays.endRow()
    left.strays += 1
  }
  const write = (): void => {
    if (best === undefined) return
    if (isOdd) {
      stray(who.partyId)
      return
    }
    const facet = isGeneralPractice ? 'gp' : best.facet
    const label = isGeneralPractice ? general : who.isWoman ? best.feminine : best.label
    const manner = best.manner[who.isWoman ? 1 : 0]
    const detail = `${label}${manner}${!isGeneralPractice && speciality !== null ? ` · ${speciality}` : ''}`
    const site = best.isLiberal && /^cabinet/i.test(shown.site) ? '' : shown.site
    const isDoctor = who.title === 'DR' || who.title === 'PR' || facet === 'gp' || facet === 'specialist'
    const words = `'${who.nameKey.replaceAll(' ', "' '")}'${isDoctor ? " 'dr'" : ''}${who.title === 'PR' ? " 'pr'" : ''} 'k:${facet}'${tokens}`
    const row = `${who.partyId}|professional|${facet}|${who.name}|${detail}|${site}|${shown.postalCode}|${shown.city}|${shown.communeCode}|${shown.phone}|${who.rpps}||${best.category}|||${who.nameKey}|${words}`
    if (/\p{Cc}/u.test(row)) stray(who.partyId)
    else if (who.partyId < '8') low.line(row)
    else high.line(row)
  }
  const begin = (line: ScannedLine): void => {
    isOdd = false
    best = undefined
    tokens = ''
    isGeneralPractice = false
    speciality = null
    const [given, family] = [titled(line, at.givenName), titled(line, at.familyName)]
    who.title = told(line, at.title)
    who.isWoman = told(line, at.civility) === 'MME'
    who.partyId = last.partyId
    who.nameKey = last.nameKey
    who.rpps = told(line, at.rpps)
    if (given === null || family === null || last.nameKey === '') isOdd = true
    who.name = `${who.title === 'DR' ? 'Dr\u00a0' : who.title === 'PR' ? 'Pr\u00a0' : ''}${given} ${family}`
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
          who.partyId = last.partyId
          stray(last.partyId)
          left.again += 1
          return
        }
        begin(line)
      } else if (best === undefined) return
      const trade = tradeOf(line)
      const { place, postalCode } = last
      const phone = phoneOf(line)
      if (trade.odd || (place === undefined && postalCode !== '' && !code.test(postalCode))) isOdd = true
      tokens += trade.tokens
      if (place !== undefined) tokens += place.departmentCode === null ? ` 'c:${place.code}'` : ` 'c:${place.code}' 'd:${place.departmentCode}'`
      else if (postalCode !== '') tokens += ` ${quoted(postalCode)}`
      isGeneralPractice ||= trade.isGeneralPractice
      if (trade.speciality !== null) {
        if (speciality !== null && speciality !== trade.speciality) isOdd = true
        speciality = trade.speciality
      }
      const own = trade.rank + (place === undefined ? 4 : 0) + (phone === '' ? 2 : 0)
      const comes = best === undefined || own < rank || (own === rank && (line.high < high32 || (line.high === high32 && line.low >>> 0 < low32 >>> 0)))
      if (!comes) return
      best = trade
      rank = own
      high32 = line.high
      low32 = line.low
      shown.site = told(line, at.siteName) || told(line, at.sign)
      shown.postalCode = postalCode
      shown.city = place?.name ?? last.city
      shown.communeCode = place?.code ?? ''
      shown.phone = phone
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
    ]
      .map((token) => ` ${quoted(token)}`)
      .join(''),
    facet: trade?.listed?.facet ?? other?.listed?.facet ?? 'other_professional',
    category: trade?.listed?.category ?? other?.listed?.category ?? 'administrative',
    label: trade?.listed?.label ?? other?.listed?.label ?? trade?.told ?? other?.told ?? 'Professionnel',
    feminine: trade?.listed?.feminine ?? other?.listed?.feminine ?? trade?.told ?? other?.told ?? 'Professionnelle',
    isLiberal: mode === 'L',
    manner: isReplacing
      ? [' remplaçant', ' remplaçante']
      : mode === 'L'
        ? [' libéral', ' libérale']
        : mode === 'S'
          ? [' salarié', ' salariée']
          : mode === 'B'
            ? [' bénévole', ' bénévole']
            : ['', ''],
  }
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

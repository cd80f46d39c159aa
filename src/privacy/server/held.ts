import { formatDay } from '../../platform/contract/dates.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { columnsGiven, type GivenColumn, notGivenBecause, type PersonTable } from '../../platform/server/person-data.ts'
import { type HeldRow, selectHeld, selectLabels } from './held.sql.ts'

export interface HeldField {
  readonly label: string
  readonly lines: readonly string[]
}

export interface HeldSection {
  readonly table: string
  readonly title: string
  readonly records: readonly (readonly HeldField[])[]
  /** The given columns as they are kept, for the JSON. */
  readonly raw: readonly HeldRow[]
  /** Rows kept for the DAC alone, counted whether they are in or not. */
  readonly privateRecords: number
}

export interface Held {
  readonly sections: readonly HeldSection[]
  readonly privateNotes: number
  readonly leftOut: readonly { readonly what: string; readonly why: string }[]
}

type Labels = ReadonlyMap<string, ReadonlyMap<string, string>>

/** What values are put into words with: labels of codes, and the region's own hours. */
interface Wording {
  readonly labels: Labels
  readonly timeZone: string
}

/**
 * Who reads an archived or a limited file, where no policy decides for her: her service, and the volets that her category and the person leave her. A
 * limited file is alive: requests in progress elsewhere, and what only whoever speaks for her reads, stay closed as its tables declare it.
 */
export interface ReadingPastPolicies {
  readonly service: string
  readonly volets: readonly string[]
  readonly limited?: true
}

/** The private notes of another service stay that service's, and a volet closed to her stays closed. */
function opensTo({ service, volets }: ReadingPastPolicies, row: HeldRow): boolean {
  const shared = row.protection === undefined || row.protection === 'shared' || row.holder_org === service
  return shared && (typeof row.volet !== 'string' || volets.includes(row.volet))
}

/** Reads every declared table under the actor's rights, and puts its codes into words. */
export async function readHeld(
  tx: Tx,
  tables: readonly PersonTable[],
  personId: PersonId,
  { privateNotes, timeZone, reader }: { readonly privateNotes: boolean; readonly timeZone: string; readonly reader?: ReadingPastPolicies },
): Promise<Held> {
  const given = tables.filter((declared) => notGivenBecause(declared) === null)
  const labels = await selectLabels(
    tx,
    given.flatMap((declared) => Object.values(columnsGiven(declared)).flatMap((how) => listsOf(how))),
  )
  const sections: HeldSection[] = []
  for (const prepare of new Set(given.map((declared) => declared.prepare))) await prepare?.(tx)
  for (const declared of given) {
    const all = (await selectHeld(tx, declared, tables, personId, reader?.limited === true)).filter((row) => reader === undefined || opensTo(reader, row))
    const isPrivate = (row: HeldRow): boolean => row.protection === 'org_private' && declared.givenThoughPrivate !== true
    const kept = all.filter(isPrivate)
    const rows = privateNotes ? all : all.filter((row) => !isPrivate(row))
    const columns = columnsGiven(declared)
    sections.push({
      table: declared.table,
      title: declared.title,
      records: rows
        .map((row) => Object.entries(columns).flatMap(([column, how]) => fieldOf(column, how, row, { labels, timeZone })))
        .filter((one) => one.length > 0),
      raw: rows.map((row) => Object.fromEntries(Object.keys(columns).map((column) => [column, row[column] ?? null]))),
      privateRecords: kept.length,
    })
  }
  return { sections, privateNotes: sections.reduce((sum, one) => sum + one.privateRecords, 0), leftOut: leftOutOf(tables) }
}

function listsOf(how: GivenColumn): readonly string[] {
  const list = typeof how === 'string' ? undefined : how.list
  return list === undefined ? [] : typeof list === 'string' ? [list] : list
}

function fieldOf(column: string, how: GivenColumn, row: HeldRow, wording: Wording): readonly HeldField[] {
  const value = row[column]
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return []
  const label = typeof how === 'string' ? how : how.label
  const lines = typeof how !== 'string' && how.read !== undefined ? how.read(value, row) : [wordsOf(value, how, wording)]
  const shown = lines.filter((line) => line.trim() !== '')
  return shown.length === 0 ? [] : [{ label, lines: shown }]
}

function wordsOf(value: unknown, how: GivenColumn, wording: Wording): string {
  if (Array.isArray(value)) return value.map((one) => wordsOf(one, how, wording)).join(', ')
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  if (typeof how !== 'string') {
    const word = how.words?.[text] ?? listsOf(how).flatMap((list) => wording.labels.get(list)?.get(text) ?? [])[0]
    if (word !== undefined) return word
  }
  if (typeof value === 'boolean') return value ? 'oui' : 'non'
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return formatDay(text)
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text)) return instantWords(text, wording.timeZone)
  return text
}

/** « 15/10/2026 à 9 h 42 », in the hours of the region: the file is read on paper, far from any browser. */
export function instantWords(instant: string | Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('fr-FR', { timeZone, dateStyle: 'short', timeStyle: 'short' }).formatToParts(new Date(instant))
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('day')}/${part('month')}/${part('year')} à ${Number(part('hour'))}\u00a0h\u00a0${part('minute')}`
}

/** What no answer to the person holds, and why, said in the document itself. One line per reason. */
function leftOutOf(tables: readonly PersonTable[]): Held['leftOut'] {
  const byWhy = new Map<string, string[]>()
  for (const declared of tables) {
    if (declared.rowsKeptBack !== undefined) byWhy.set(secretsOfOthers, [...(byWhy.get(secretsOfOthers) ?? []), declared.rowsKeptBack.because])
    if (Object.values(declared.keptBack ?? {}).some((why) => /autre personne/.test(why)))
      byWhy.set(secretsOfOthers, [...(byWhy.get(secretsOfOthers) ?? []), `${declared.title}\u00a0: noms et coordonnées d’autres personnes`])
    const why = notGivenBecause(declared)
    if (why !== null && declared.dataClass !== 'technical') byWhy.set(why, [...(byWhy.get(why) ?? []), declared.title])
  }
  return [
    ...[...byWhy].map(([why, what]) => ({ what: [...new Set(what)].join('\u202f; '), why })),
    { what: 'Ce que tient un autre DAC pour son seul usage', why: 'Demandez-le à ce DAC\u00a0: il en répond.' },
  ]
}

const secretsOfOthers = 'Le droit d’accès ne porte pas atteinte aux secrets d’autres personnes (RGPD, art. 15.4).'

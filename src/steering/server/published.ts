import type { Breakdown } from '../contract/queries.ts'
import { type LineSecrets, type ServiceTable, secretOfLine, secretOfLines, secretOfParts, secretOfTable, type TableSecrets } from '../contract/secrecy.ts'
import type { Tally } from './indicators.sql.ts'

type Key = 'count' | 'previous'
const keys = ['count', 'previous'] as const

/** Who reads, and of what: a service its own in full; whoever reads every service, one of them or the whole (null) under secrecy. */
export interface Reading {
  readonly underSecrecy: boolean
  readonly serviceId: string | null
  /** All those that were counted, in one order for every family. */
  readonly services: readonly string[]
}

export interface Pair {
  readonly count: number | null
  readonly previous: number | null
}

interface Row {
  readonly code: string
  readonly label: string
}

/** Rows of a family, and what of them is secret under each key; null when it is read in full. */
export interface Family {
  readonly rows: readonly Row[]
  readonly tables: Readonly<Record<Key, ServiceTable>>
  readonly secrets: Readonly<Record<Key, TableSecrets>> | null
}

/** Rows that add up to the total of each service. */
export const family = (reading: Reading, tallies: readonly Tally[]): Family => familyOf(reading, tallies, secretOfTable)

/** Rows that add up to nothing. */
export const lines = (reading: Reading, tallies: readonly Tally[]): Family => familyOf(reading, tallies, secretOfLines)

/** The parts of the row `code` of another family. */
export function partsOf(reading: Reading, whole: Family, code: string, tallies: readonly Tally[]): Family {
  const at = whole.rows.findIndex((row) => row.code === code)
  return familyOf(reading, tallies, (table, key) => {
    const secrets = whole.secrets?.[key]
    return secretOfParts({ cells: secrets?.cells[at] ?? [], whole: secrets?.whole[at] ?? true }, table)
  })
}

function familyOf({ underSecrecy, services }: Reading, tallies: readonly Tally[], secretsOf: (table: ServiceTable, key: Key) => TableSecrets): Family {
  // In the order of the codes, so that two readings of the same numbers hide the same.
  const rows = [...new Map(tallies.map(({ code, label }) => [code, { code, label }])).values()].sort((a, b) => (a.code < b.code ? -1 : 1))
  // Looked up, not searched for each cell: a region has as many tallies as cells.
  const ofRow = Map.groupBy(tallies, ({ code }) => code)
  const ofCell = new Map([...ofRow].map(([code, own]) => [code, Map.groupBy(own, ({ service }) => service)]))
  const sum = (some: readonly Tally[] | undefined, pick: (tally: Tally) => number): number => (some ?? []).reduce((total, tally) => total + pick(tally), 0)
  const tableOf = (key: Key): ServiceTable => ({
    counts: rows.map(({ code }) => services.map((service) => sum(ofCell.get(code)?.get(service), (tally) => tally[key]))),
    whole: rows.map(({ code }) => sum(ofRow.get(code), (tally) => tally.whole[key])),
  })
  const tables = { count: tableOf('count'), previous: tableOf('previous') }
  return {
    rows,
    tables,
    secrets: underSecrecy ? { count: secretsOf(tables.count, 'count'), previous: secretsOf(tables.previous, 'previous') } : null,
  }
}

/** What a reading shows of the row `at`. */
function pairAt({ serviceId, services }: Reading, { tables, secrets }: Family, at: number): Pair {
  const column = serviceId === null ? -1 : services.indexOf(serviceId)
  const shown = (key: Key): number | null => {
    if (serviceId !== null && column < 0) return 0
    const hidden = column < 0 ? secrets?.[key].whole[at] : secrets?.[key].cells[at]?.[column]
    return hidden ? null : ((column < 0 ? tables[key].whole[at] : tables[key].counts[at]?.[column]) ?? 0)
  }
  return { count: shown('count'), previous: shown('previous') }
}

/** What a reading shows of a row; nobody where there is no such row. */
export function pairOf(reading: Reading, one: Family, code: string): Pair {
  const at = one.rows.findIndex((row) => row.code === code)
  return at < 0 ? { count: 0, previous: 0 } : pairAt(reading, one, at)
}

/**
 * The rows that are not empty of what a reading shows, the greatest first. What is secret comes after, in the order of the labels: its place would tell between
 * which two numbers it lies.
 */
export function shownRows(reading: Reading, one: Family): Breakdown {
  const rank = (value: number | null): number => value ?? -1
  return one.rows
    .map((row, at) => ({ ...row, ...pairAt(reading, one, at) }))
    .filter(({ count, previous }) => count !== 0 || previous !== 0)
    .sort((a, b) => rank(b.count) - rank(a.count) || rank(b.previous) - rank(a.previous) || a.label.localeCompare(b.label, 'fr'))
}

/** What a reading shows of the totals of a family. */
export function totalOf({ underSecrecy, serviceId, services }: Reading, { tables }: Family): Pair {
  const [count, previous] = keys.map((key) => {
    const { counts, whole } = tables[key]
    const values = services.map((_, service) => counts.reduce((total, line) => total + (line[service] ?? 0), 0))
    const all = whole.reduce((total, value) => total + value, 0)
    const secrets: LineSecrets | null = underSecrecy ? secretOfLine(values, all) : null
    const at = serviceId === null ? -1 : services.indexOf(serviceId)
    if (serviceId === null) return secrets?.whole ? null : all
    return secrets?.services[at] ? null : (values[at] ?? 0)
  })
  return { count: count ?? null, previous: previous ?? null }
}

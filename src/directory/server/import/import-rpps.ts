import type pg from 'pg'
import { asSystem, type Database } from '../../../platform/server/db.ts'
import { deriveProfessionalEntries, entryColumns, skillRows } from '../entry.sql.ts'
import { type PlaceFinder, placeFinder } from './commune-finder.ts'
import { holdKnownHashes, stageRemovals } from './content-hash.ts'
import { type ByteRows, copyBytes, copyInTurns } from './copied-bytes.ts'
import { assertNoFall } from './fall-guard.ts'
import { type FirstEntryTables, firstEntries, strayColumns } from './first-entries.ts'
import { fillFirst, openFirst } from './first-import.ts'
import { countHeld, heldReading, type ImportCounts, keepVanishedOut, mergePractices, preferThroughput, recordSource, writeNomenclature } from './import.sql.ts'
import { importStopped } from './import-error.ts'
import { type KnownLines, knownLines, metNumbers } from './known-lines.ts'
import { lineScanner } from './line-scanner.ts'
import type { Progress } from './progress.ts'
import { readRppsHeader } from './rpps-columns.ts'
import { type Nomenclature, personColumns, practiceColumns, rppsRows } from './rpps-rows.ts'

/** Raise it when what is kept of a line changes: the next import then reads every line again. */
const reading = 4
/** From this many bytes on, a first extract fills the tables before their indexes. */
const largeFile = 8_000_000
/** Of the real extract: how large a set of its lines will be. */
const bytesPerLine = 345

export interface ImportWork {
  readonly db: Database
  /** A connection as jalon_system, outside a transaction, that holds the lock of imports. */
  readonly client: pg.PoolClient
  readonly importId: string
  /** A chunk is read before the next one is asked for: its memory may be that of the next. */
  readonly content: AsyncIterable<Buffer>
  readonly progress: Progress
  /** Bytes of the file as it was sent, read so far. */
  readonly bytesRead: () => number
  readonly byteLength: number
  readonly allowShrink: boolean
  /** Départements that the content tells of; everything when empty. */
  readonly departments: readonly string[]
  readonly edition: string | null
  readonly now: Date
}

/**
 * Brings the directory to an extract « Personne_activite » of the RPPS (reference: shared format of 56 columns, read by name).
 *
 * The lines that the directory does not hold yet go to the database as bytes; then one transaction adds them, takes away those that the file no longer
 * has, and derives the entries concerned. A first extract fills tables without indexes, and shows when they are made. Refuses, changing nothing: another
 * encoding, NUL bytes, missing or doubled columns, a last line cut short, more than a tenth of unreadable lines, a fall of more than a fifth of the
 * professionals (unless `allowShrink`).
 */
export async function importRpps(work: ImportWork, { large = largeFile }: { readonly large?: number } = {}): Promise<ImportCounts> {
  const { db } = work
  const { places, held, lastReading } = await asSystem(db, 'import of the RPPS: what is held', async (tx) => ({
    places: await placeFinder(tx),
    held: await countHeld(tx, 'rpps'),
    lastReading: await heldReading(tx, 'rpps'),
  }))
  const other = await db.pool.connect()
  try {
    await other.query('set role jalon_system')
    const first = lastReading === null && held === 0 && work.byteLength >= large
    return first ? await importFirst(work, other, places) : await importChanges(work, other, { places, held, sameReading: lastReading === reading })
  } finally {
    // Away with its role, its settings, and the COPY that a damaged file left open.
    other.release(true)
  }
}

async function importFirst(work: ImportWork, other: pg.PoolClient, places: PlaceFinder): Promise<ImportCounts> {
  const { db, client, progress } = work
  const { held: skillsCameFirst } = await asSystem(db, 'first import of the RPPS: skills held', skillRows)
  await openFirst(db, [client, other])
  const nomenclature: Nomenclature = new Map()
  const turn = copyInTurns(other)
  const { lines, persons, left } = await stageNewLines(
    work,
    {
      practices: copyBytes(client, 'directory.practice', practiceColumns),
      persons: turn('directory.professional', personColumns, neverNull),
      // Skills of other files are in the database: it derives the entries of everybody.
      entries: skillsCameFirst
        ? null
        : {
            low: turn('directory.entry_next_low', entryColumns),
            high: turn('directory.entry_next_high', entryColumns),
            strays: turn('directory.staged_party', strayColumns),
          },
    },
    knownLines(work.byteLength / bytesPerLine),
    places,
    nomenclature,
  )
  await assertReadable(work, lines)
  await asSystem(db, 'first import of the RPPS: labels', (tx) => writeNomenclature(tx, [...nomenclature.values()]))
  await fillFirst(work, [client, other], left, (tx) => recordSource(tx, 'rpps', work.importId, work.edition, reading, work.now))
  return { lines, added: persons, changed: 0, removed: 0, rejected: progress.rejected }
}

async function importChanges(
  work: ImportWork,
  other: pg.PoolClient,
  { places, held, sameReading }: { readonly places: PlaceFinder; readonly held: number; readonly sameReading: boolean },
): Promise<ImportCounts> {
  const { db, client, progress } = work
  const everything = 'select line_hash from directory.practice'
  const known = knownLines(sameReading ? held * 1.7 : 0)
  if (sameReading) await holdKnownHashes(client, everything, known)
  const nomenclature: Nomenclature = new Map()
  const { lines } = await stageNewLines(
    work,
    {
      practices: copyBytes(client, 'directory.staged_practice', practiceColumns),
      persons: copyBytes(other, 'directory.staged_person', personColumns, neverNull),
      entries: null,
    },
    known,
    places,
    nomenclature,
  )
  await assertReadable(work, lines)
  await stageRemovals(client, known, sameReading ? null : everything)
  return asSystem(db, 'import of the RPPS: switch', async (tx) => {
    await preferThroughput(tx)
    await writeNomenclature(tx, [...nomenclature.values()])
    await keepVanishedOut(tx, work.edition)
    const merged = await mergePractices(tx, work.importId, work.now)
    assertNoFall(work, { held, ...merged })
    await deriveProfessionalEntries(tx)
    await recordSource(tx, 'rpps', work.importId, work.edition, reading, work.now)
    return { lines, added: merged.added, changed: merged.changed, removed: merged.removed, rejected: progress.rejected }
  })
}

async function assertReadable({ progress }: ImportWork, lines: number): Promise<void> {
  await progress.flush()
  if (lines === 0) throw importStopped('import_empty')
  if (progress.rejected > Math.max(20, lines / 10)) throw importStopped('import_too_many_rejected', { rejected: progress.rejected, lines })
}

const neverNull = ['given_name', 'name_key']

/** Sends the lines that are new, their persons once each, and the entries of a first import; `left` tells those that the database must derive. */
async function stageNewLines(
  { content, progress, bytesRead, byteLength }: ImportWork,
  { practices, persons, entries: tables }: { readonly practices: ByteRows; readonly persons: ByteRows; readonly entries: FirstEntryTables | null },
  known: KnownLines,
  places: PlaceFinder,
  nomenclature: Nomenclature,
): Promise<{ lines: number; persons: number; left: { strays: number; again: number } | null }> {
  const met = metNumbers((known.size === 0 ? byteLength / bytesPerLine : known.size / 20) * 0.6)
  const all = [practices, persons, ...(tables === null ? [] : [tables.low, tables.high, tables.strays])]
  let rows: ReturnType<typeof rppsRows> | undefined
  let entries: ReturnType<typeof firstEntries> | undefined
  let width = 0
  let lines = 0
  const scanner = lineScanner((line) => {
    const [from, to] = [line.starts[0] as number, (line.starts[line.fields] as number) - 1]
    if (rows === undefined) {
      const layout = readRppsHeader(line.bytes.toString('utf8', from, to))
      width = layout.width
      rows = rppsRows(layout, places, nomenclature, practices, persons)
      if (tables !== null) entries = firstEntries(layout, nomenclature, tables, rows.last)
      return
    }
    if (from >= to) return
    lines += 1
    if (known.see(line.high, line.low) !== 'new') return
    if (!line.ended && line.fields < width) throw importStopped('import_truncated', { line: line.number })
    const refusal = rows.refusal(line)
    if (refusal !== null) return progress.reject(line.number, refusal, line.bytes.toString('utf8', from, to))
    rows.practice(line)
    const { rpps } = rows
    const isMet = !met.meet(rpps)
    if (!isMet) rows.person(line)
    entries?.line(line, rpps, isMet)
  })
  for await (const chunk of content) {
    scanner.push(chunk)
    await Promise.all(all.map((one) => one.flush()))
    const told = progress.at(bytesRead())
    if (told !== undefined) await told
  }
  scanner.end()
  entries?.end()
  await Promise.all(all.map((one) => one.end()))
  if (rows === undefined) throw importStopped('import_empty')
  return { lines, persons: met.size, left: entries?.left ?? null }
}

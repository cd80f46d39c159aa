import { sql } from 'kysely'
import type pg from 'pg'
import { DomainError, type ErrorParams } from '../../../platform/contract/errors.ts'
import { newId } from '../../../platform/contract/ids.ts'
import { asSystem, type Database } from '../../../platform/server/db.ts'
import '../../contract/errors.ts'
import type { ImportSource } from '../../contract/import-sources.ts'
import { countCards, emptyStaging, type ImportCounts } from './import.sql.ts'
import { importFiness } from './import-finess.ts'
import { importLines } from './import-lines.ts'
import { type ImportWork, importRpps } from './import-rpps.ts'
import { importSocial } from './import-social.ts'
import { openedFile } from './opened-file.ts'
import { importProgress } from './progress.ts'

export interface ImportOrder {
  readonly importId: string
  readonly source: ImportSource
  readonly fileName: string
  /** The file as it was sent: plain, gzip or zip. */
  readonly raw: AsyncIterable<Buffer>
  readonly byteLength: number
  readonly allowShrink: boolean
  /** Départements that the content tells of, for services; everything when absent. */
  readonly departments?: readonly string[] | undefined
  /** From how many bytes on a first extract of the RPPS is a large one. */
  readonly large?: number | undefined
}

export type ImportOutcome =
  | { readonly state: 'done'; readonly counts: ImportCounts }
  | { readonly state: 'failed' | 'cancelled'; readonly code: string; readonly params: ErrorParams }

/** From this many changed cards on, if they are more than a few of all, the planner is told of them at once. */
const manyChanges = 5000

/** One import or feed at a time on a database, whatever the process: they share the tables where rows wait. */
export const lockKey = `hashtext('jalon.directory.import')`

/**
 * Runs an import from its file to its report. The directory changes in one transaction at the end or not at all; a process that dies in between leaves
 * it as it was. Never throws for what the file contains: the outcome says it, and directory.import keeps it.
 */
export async function runImport(db: Database, order: ImportOrder, clock: () => Date = () => new Date()): Promise<ImportOutcome> {
  const client = await db.pool.connect()
  let outcome: ImportOutcome | undefined
  let ours = false
  try {
    const { rows } = await client.query<{ free: boolean }>(`select pg_try_advisory_lock(${lockKey}) as free`)
    ours = rows[0]?.free === true
    if (ours) {
      await client.query('set role jalon_system')
      outcome = await attempt(db, client, order, clock())
      // PostgreSQL sees that a connection is gone a moment after: the next import must not find the lock of one that is over.
      if (outcome.state === 'done') await client.query(`select pg_advisory_unlock(${lockKey})`)
    } else outcome = { state: 'failed', code: 'import_running', params: {} }
  } finally {
    // The connection goes away with its role, its lock, and the COPY that a damaged file left open.
    client.release(true)
    if (ours && outcome?.state !== 'done') await undoLeftOver(db)
  }
  return concludeImport(db, order, outcome, clock())
}

/**
 * A first import that came to nothing gives the tables their keys and indexes back at once. Waits for the connections just let go; another import that
 * runs by then has done so at its start.
 */
async function undoLeftOver(db: Database): Promise<void> {
  const client = await db.pool.connect()
  try {
    await client.query("set lock_timeout = '20s'")
    await client.query(`select pg_advisory_lock(${lockKey})`)
    await client.query('set role jalon_system')
    await client.query('select directory.drop_first_entries()')
    await client.query('select directory.undo_first_import()')
    await client.query(`select pg_advisory_unlock(${lockKey})`)
  } catch (error) {
    const isBusy = error instanceof Error && 'code' in error && error.code === '55P03'
    // On a full disk the next import does so, once there is room: the report of this one must be written.
    if (!isBusy && !isDiskFull(error)) throw error
  } finally {
    client.release(true)
  }
}

async function attempt(db: Database, client: pg.PoolClient, order: ImportOrder, now: Date): Promise<ImportOutcome> {
  let bytes = 0
  const counted = (async function* () {
    for await (const chunk of order.raw) {
      bytes += chunk.length
      yield chunk
    }
  })()
  const progress = importProgress(db, order.importId)
  try {
    await asSystem(db, 'what a first import left', (tx) => sql`select directory.drop_first_entries()`.execute(tx))
    await asSystem(db, 'an import starts', async (tx) => {
      await emptyStaging(tx)
      await sql`select directory.undo_first_import()`.execute(tx)
      await sql`update directory.import set state = 'running', total = ${order.byteLength}, done = 0 where id = ${order.importId}`.execute(tx)
      await sql`update platform.long_work set state = 'running', started_at = ${now}, total = ${order.byteLength} where id = ${order.importId}`.execute(tx)
    })
    const work = {
      db,
      client,
      importId: order.importId,
      content: openedFile(counted),
      progress,
      bytesRead: () => bytes,
      byteLength: order.byteLength,
      allowShrink: order.allowShrink,
      departments: order.departments ?? [],
      edition: editionOf(order.fileName),
      now,
    }
    const counts = await bring(work, order)
    const changes = counts.added + counts.changed + counts.removed
    if (changes > manyChanges && changes > counts.lines / 20)
      await asSystem(db, 'statistics after an import', (tx) => sql`select directory.gather_statistics(false)`.execute(tx))
    return { state: 'done', counts }
  } catch (error) {
    await progress.flush().catch(() => undefined)
    if (!(error instanceof DomainError)) {
      if (isDiskFull(error)) return { state: 'failed', code: 'import_disk_full', params: {} }
      if (error instanceof Error && /unexpected end of file/i.test(error.message)) return { state: 'failed', code: 'import_archive_damaged', params: {} }
      throw error
    }
    return { state: error.code === 'import_cancelled' ? 'cancelled' : 'failed', code: error.code, params: error.params }
  }
}

function bring(work: ImportWork, { source, large }: ImportOrder): Promise<ImportCounts> {
  if (source === 'rpps') return importRpps(work, large === undefined ? {} : { large })
  if (source === 'finess') return importFiness(work)
  if (source === 'social_structures' || source === 'social_services') return importSocial(work, source)
  if (source === 'skills' || source === 'diplomas' || source === 'mailboxes') return importLines(work, source)
  throw new Error(`${source} is read from its service, not from a file`)
}

/** PostgreSQL has no room left: on the disk of its data, of a table space, or of its temporary files. */
function isDiskFull(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return code === '53100' || code === '53400' || code === '54000'
}

/** Keeps the outcome, empties what was only for the import, and tells whoever waits for it. */
export async function concludeImport(db: Database, order: Pick<ImportOrder, 'importId' | 'source'>, outcome: ImportOutcome, now: Date): Promise<ImportOutcome> {
  const report = outcome.state === 'done' ? outcome.counts : { code: outcome.code, params: outcome.params }
  // Emptying a table needs room for the one that takes its place: on a full disk the next import does so, and the report of this one is written.
  if (outcome.state === 'done' || outcome.code !== 'import_running')
    await asSystem(db, 'what an import staged', emptyStaging).catch((error: unknown) => {
      if (!isDiskFull(error)) throw error
    })
  await asSystem(db, 'an import ends', async (tx) => {
    if (outcome.state === 'done') await sql`select directory.settle_words()`.execute(tx)
    await countCards(tx)
    await sql`delete from directory.import_part where import_id = ${order.importId}`.execute(tx)
    const rejected = outcome.state === 'done' ? outcome.counts.rejected : sql`rejected`
    const { rows } = await sql<{
      requestedBy: string | null
    }>`update directory.import set state = ${outcome.state}, ended_at = ${now}, report = ${JSON.stringify(report)}::jsonb, done = case when ${outcome.state} = 'done' then coalesce(total, done) else done end
      where id = ${order.importId} returning requested_by as "requestedBy"`.execute(tx)
    await sql`update platform.long_work set state = ${outcome.state}, ended_at = ${now}, report = ${JSON.stringify(report)}::jsonb, rejected = ${rejected}, done = case when ${outcome.state} = 'done' then coalesce(total, done) else done end
      where id = ${order.importId}`.execute(tx)
    await sql`insert into platform.event_inbox (id, type, audience, payload) values (${newId()}, 'directory.import.ended', ${[rows[0]?.requestedBy].filter((id) => id != null)}::uuid[],
      ${JSON.stringify({ importId: order.importId, source: order.source, state: outcome.state })}::jsonb)`.execute(tx)
  })
  return outcome
}

/** Ends an import that stopped on a fault of ours: the technical log has it, the report says so. */
export async function concludeUnexpectedly(db: Database, order: ImportOrder, now: Date): Promise<void> {
  await concludeImport(db, order, { state: 'failed', code: 'import_unexpected', params: {} }, now)
}

/** The day of the file, where its name tells it (« PS_LibreAcces_202610010904.zip », « finess-structures-journalier-20261001.json.gz »). */
export function editionOf(fileName: string): string | null {
  const match = /(?<!\d)(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:\d{4})?(?!\d)/.exec(fileName)
  return match === null ? null : `${match[1]}-${match[2]}-${match[3]}`
}

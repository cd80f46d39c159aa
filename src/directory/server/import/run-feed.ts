import { sql } from 'kysely'
import { DomainError } from '../../../platform/contract/errors.ts'
import { newId } from '../../../platform/contract/ids.ts'
import { asSystem, type Database, type Tx } from '../../../platform/server/db.ts'
import type { Page } from '../../../platform/server/fhir-bundle.ts'
import type { PagedReader } from '../../../platform/server/paged-reader.ts'
import { announceImport } from './announce.sql.ts'
import { beginFeed, endFeed, endFeedWithFall, type FeedCode, type FeedState, keepPage, leaveChanges, restartFeed, stopFeed } from './feed.sql.ts'
import { withoutMark } from './page-mark.ts'
import { importProgress, type Progress } from './progress.ts'
import { concludeImport, lockKey } from './run-import.ts'

export interface FeedRun {
  readonly now: Date
  readonly startedAt: Date
  /** Everything is read, not only what changed: what the source no longer has is known at the end. */
  readonly whole: boolean
}

export interface FeedChange {
  readonly changed: number
  readonly removed: number
}

export interface Feed<Records> {
  readonly code: FeedCode & ('annuaire' | 'ror')
  readonly reader: PagedReader
  /** The first page to ask for; `since`: up to when everything has been read, null to read everything. */
  firstPage(since: Date | null): string
  /** Makes out a page; null when it is none. `url`: with the mark that this gave it. */
  pageOf(body: unknown, url: string): Page<Records> | null
  /** Brings the records of a page into the directory. */
  apply(tx: Tx, records: Records, run: FeedRun): Promise<FeedChange>
  /** The records one by one, each with what it needs to be brought in alone, and the name under which a refusal is reported. */
  oneByOne(records: Records): readonly { readonly name: string; readonly records: Records }[]
  /** A record was refused: what the directory holds of it stays, whatever the end of the run takes away. */
  spare?(tx: Tx, name: string, run: FeedRun): Promise<void>
  /** Days after which everything is read again; absent, only the first run does. */
  readonly wholeEveryDays?: number
  /** Everything is read, and what the source no longer has goes, however much it is. */
  readonly acceptFall?: boolean | undefined
  /** After the last page, in the transaction that ends the run. */
  finish?(tx: Tx, run: FeedRun): Promise<FeedChange>
}

/** 'busy': an import or another feed runs; 'stopped': an administrator asked for it; 'kept': the end of the run would have taken too much away. */
export type FeedStop = 'refused' | 'unavailable' | 'unreadable' | 'foreign' | 'busy' | 'stopped' | 'kept'

interface FeedCounts {
  readonly pages: number
  readonly records: number
  readonly changed: number
  readonly removed: number
  readonly rejected: number
}

export type FeedOutcome = FeedCounts & { readonly importId: string | null } & (
    | { readonly state: 'done' }
    | { readonly state: 'interrupted'; readonly reason: FeedStop; readonly detail: string }
  )

const failures: Readonly<Record<Exclude<FeedStop, 'busy' | 'kept'>, string>> = {
  refused: 'import_service_refused',
  unavailable: 'feed_service_unavailable',
  unreadable: 'feed_service_unreadable',
  foreign: 'feed_service_foreign',
  stopped: 'feed_stopped',
}

/**
 * Reads a feed to its end, page by page: each page and the address of the next one are kept in one transaction, so that an interrupted run goes on where
 * it stopped, and a page is never applied twice. A record that the database refuses is reported, its neighbours come in. A next page elsewhere than on the
 * service itself is not followed; one that the service has forgotten makes the run begin again from what was last read whole. Each run has its report
 * among the imports. Never beside an import: both fill the same waiting tables.
 */
export async function runFeed<Records>(
  db: Database,
  feed: Feed<Records>,
  clock: () => Date = () => new Date(),
  announced?: (importId: string) => Promise<void>,
): Promise<FeedOutcome> {
  const guard = await db.pool.connect()
  let free = false
  try {
    free = (await guard.query<{ free: boolean }>(`select pg_try_advisory_lock(${lockKey}) as free`)).rows[0]?.free === true
    if (!free) return { state: 'interrupted', reason: 'busy', detail: '', importId: null, pages: 0, records: 0, changed: 0, removed: 0, rejected: 0 }
    const importId = newId<never>() as string
    await asSystem(db, 'a feed is announced', (tx) => announceFeed(tx, importId, feed.code, clock()))
    await announced?.(importId)
    return await reported(db, feed, importId, clock)
  } finally {
    if (free) await guard.query(`select pg_advisory_unlock(${lockKey})`).catch(() => undefined)
    guard.release(true)
  }
}

async function announceFeed(tx: Tx, importId: string, source: 'annuaire' | 'ror', now: Date): Promise<void> {
  // A run whose process died left its report open.
  await sql`update directory.import set state = 'failed', ended_at = ${now}, report = '{"code":"feed_died","params":{}}' where source = ${source} and state = 'running'`.execute(
    tx,
  )
  await announceImport(tx, {
    id: importId,
    source,
    fileName: 'mise à jour',
    byteLength: 0,
    allowShrink: false,
    state: 'waiting',
    requestedBy: null,
    requestedByName: 'Mise à jour automatique',
    serviceId: null,
    now,
  })
  await sql`update directory.import set state = 'running', total = null where id = ${importId}`.execute(tx)
  await sql`update platform.long_work set state = 'running', started_at = ${now}, total = null where id = ${importId}`.execute(tx)
}

async function reported<Records>(db: Database, feed: Feed<Records>, importId: string, clock: () => Date): Promise<FeedOutcome> {
  const progress = importProgress(db, importId)
  try {
    const outcome = { ...(await readToTheEnd(db, feed, importId, progress, clock)), importId }
    await progress.flush().catch(() => undefined)
    const { pages, records: lines, changed, removed, rejected } = outcome
    const counts = { lines, added: 0, changed, removed, rejected, pages }
    if (outcome.state === 'done') await concludeImport(db, { importId, source: feed.code }, { state: 'done', counts }, clock())
    else if (outcome.reason !== 'busy' && outcome.reason !== 'kept') {
      const state = outcome.reason === 'stopped' ? 'cancelled' : 'failed'
      await concludeImport(
        db,
        { importId, source: feed.code },
        { state, code: failures[outcome.reason], params: { ...counts, detail: outcome.detail } },
        clock(),
      )
    }
    return outcome
  } catch (error) {
    if (error instanceof DomainError) {
      await asSystem(db, 'a feed stops', (tx) =>
        error.code === 'import_shrinks'
          ? endFeedWithFall(tx, feed.code, error.code, error.params, clock())
          : stopFeed(tx, feed.code, 'failed', error.code, clock()),
      )
      await concludeImport(db, { importId, source: feed.code }, { state: 'failed', code: error.code, params: error.params }, clock())
      return { state: 'interrupted', reason: 'kept', detail: error.code, importId, pages: 0, records: 0, changed: 0, removed: 0, rejected: progress.rejected }
    }
    await asSystem(db, 'a feed fails', (tx) => stopFeed(tx, feed.code, 'failed', 'unexpected', clock())).catch(() => undefined)
    await concludeImport(db, { importId, source: feed.code }, { state: 'failed', code: 'import_unexpected', params: {} }, clock()).catch(() => undefined)
    throw error
  }
}

type Reading = FeedCounts & ({ readonly state: 'done' } | { readonly state: 'interrupted'; readonly reason: FeedStop; readonly detail: string })

async function readToTheEnd<Records>(db: Database, feed: Feed<Records>, importId: string, progress: Progress, clock: () => Date): Promise<Reading> {
  const begun = await asSystem(db, 'a feed begins', async (tx) => {
    if (feed.acceptFall === true) await leaveChanges(tx, feed.code)
    return beginFeed(tx, feed.code, clock(), feed.acceptFall === true ? 0 : (feed.wholeEveryDays ?? null))
  })
  const firstOf = ({ whole, readUntil }: Pick<FeedState, 'whole' | 'readUntil'>): string =>
    feed.firstPage(whole || readUntil === null ? null : new Date(readUntil))
  const first = firstOf(begun)
  const { origin } = new URL(first)
  const { whole } = begun
  let startedAt = new Date(begun.startedAt)
  let restarted = false
  let url: string | null = begun.nextPage ?? first
  const counts = { pages: begun.pages, records: begun.records, changed: 0, removed: 0 }
  const counted = (change: FeedChange): void => {
    counts.changed += change.changed
    counts.removed += change.removed
  }
  const told = (): FeedCounts => ({ ...counts, rejected: progress.rejected })
  const stop = async (reason: Exclude<FeedStop, 'busy' | 'kept'>, detail: string): Promise<Reading> => {
    await asSystem(db, 'a feed stops', (tx) => stopFeed(tx, feed.code, 'interrupted', reason, clock()))
    return { state: 'interrupted', reason, detail, ...told() }
  }
  while (url !== null) {
    if (new URL(url).origin !== origin) return await stop('foreign', new URL(url).origin)
    const answer = await feed.reader.read(withoutMark(url))
    if (answer.outcome !== 'page') {
      const detail = 'detail' in answer ? answer.detail : ''
      if (restarted || url === first || !(detail === 'HTTP 404' || detail === 'HTTP 410')) return await stop(answer.outcome, detail)
      startedAt = clock()
      await asSystem(db, 'a feed begins again', (tx) => restartFeed(tx, feed.code, startedAt))
      ;[restarted, counts.pages, counts.records, url] = [true, 0, 0, first]
      continue
    }
    const page: Page<Records> | null = feed.pageOf(answer.body, url)
    if (page === null) return await stop('unreadable', 'page')
    const run: FeedRun = { now: clock(), startedAt, whole }
    const refusals = await asSystem(db, 'a page of a feed', async (tx) => {
      const refused: { readonly name: string; readonly code: string }[] = []
      const change = await applied(tx, feed, page.records, run, refused)
      await keepPage(tx, feed.code, page.next, page.count)
      if (page.total !== null) await sql`update directory.import set total = ${page.total} where id = ${importId} and total is null`.execute(tx)
      return { refused, change }
    })
    for (const { name, code } of refusals.refused) progress.reject(counts.records + 1 + progress.rejected, refusalText(code), name)
    counted(refusals.change)
    counts.pages += 1
    counts.records += page.count
    url = page.next
    if (await isStopped(progress, counts.records)) return await stop('stopped', '')
  }
  counted(
    await asSystem(db, 'a feed ends', async (tx) => {
      const change = (await feed.finish?.(tx, { now: clock(), startedAt, whole })) ?? { changed: 0, removed: 0 }
      await endFeed(tx, feed.code, clock())
      return change
    }),
  )
  return { state: 'done', ...told() }
}

/** Tells where the run is; true when an administrator asked it to stop. */
async function isStopped(progress: Progress, records: number): Promise<boolean> {
  try {
    await progress.at(records)
    return false
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'import_cancelled') return true
    throw error
  }
}

/** A page at once; when the database refuses it, record by record, those that it refuses left out. */
async function applied<Records>(
  tx: Tx,
  feed: Feed<Records>,
  records: Records,
  run: FeedRun,
  refused: { readonly name: string; readonly code: string }[],
): Promise<FeedChange> {
  const whole = await attempted(tx, () => feed.apply(tx, records, run))
  if ('change' in whole) return whole.change
  let [changed, removed] = [0, 0]
  for (const one of feed.oneByOne(records)) {
    const result = await attempted(tx, () => feed.apply(tx, one.records, run))
    if ('code' in result) {
      refused.push({ name: one.name, code: result.code })
      await feed.spare?.(tx, one.name, run)
    } else {
      changed += result.change.changed
      removed += result.change.removed
    }
  }
  return { changed, removed }
}

async function attempted(tx: Tx, work: () => Promise<FeedChange>): Promise<{ readonly change: FeedChange } | { readonly code: string }> {
  await sql`savepoint records`.execute(tx)
  try {
    const change = await work()
    await sql`release savepoint records`.execute(tx)
    return { change }
  } catch (error) {
    const code = refusalOf(error)
    if (code === null) throw error
    await sql`rollback to savepoint records`.execute(tx)
    return { code }
  }
}

/** The code by which PostgreSQL refuses a value or a row (classes 21, 22, 23); null for another fault. Its message may quote the record: it is not kept. */
function refusalOf(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^2[123][0-9A-Z]{3}$/.test(code) ? code : null
}

function refusalText(code: string): string {
  if (code === '22021') return 'Caractère qu’une base de données ne peut pas garder (octet nul ou autre codage)'
  return `Valeur que la base de données refuse (code ${code})`
}

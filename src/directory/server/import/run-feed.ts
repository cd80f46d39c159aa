import { asSystem, type Database, type Tx } from '../../../platform/server/db.ts'
import type { Page } from '../../../platform/server/fhir-bundle.ts'
import type { PagedReader } from '../../../platform/server/paged-reader.ts'
import { beginFeed, endFeed, type FeedCode, keepPage, restartFeed, stopFeed } from './feed.sql.ts'
import { lockKey } from './run-import.ts'

export interface Feed<Records> {
  readonly code: FeedCode
  readonly reader: PagedReader
  /** The first page to ask for; `since`: up to when everything has been read, null when nothing has. */
  firstPage(since: Date | null): string
  /** Makes out a page; null when it is none. */
  pageOf(body: unknown, url: string): Page<Records> | null
  /** Brings the records of a page into the directory. */
  apply(tx: Tx, records: Records, run: { readonly now: Date; readonly startedAt: Date }): Promise<void>
  /** After the last page, in the transaction that ends the run. */
  finish?(tx: Tx, run: { readonly now: Date; readonly startedAt: Date; readonly resumed: boolean }): Promise<void>
}

/** 'busy': an import or another feed runs; 'record': the database refuses what a page tells. */
export type FeedStop = 'refused' | 'unavailable' | 'unreadable' | 'foreign' | 'busy' | 'record'

export type FeedOutcome =
  | { readonly state: 'done'; readonly pages: number; readonly records: number }
  | { readonly state: 'interrupted'; readonly reason: FeedStop; readonly detail: string; readonly pages: number; readonly records: number }

/**
 * Reads a feed to its end, page by page: each page and the address of the next one are kept in one transaction, so that an interrupted run goes on where
 * it stopped, and a page is never applied twice. A next page elsewhere than on the service itself is not followed; one that the service has forgotten
 * makes the run begin again from what was last read whole. Never beside an import: both fill the same waiting tables.
 */
export async function runFeed<Records>(db: Database, feed: Feed<Records>, clock: () => Date = () => new Date()): Promise<FeedOutcome> {
  const guard = await db.pool.connect()
  let free = false
  try {
    free = (await guard.query<{ free: boolean }>(`select pg_try_advisory_lock(${lockKey}) as free`)).rows[0]?.free === true
    if (!free) return { state: 'interrupted', reason: 'busy', detail: '', pages: 0, records: 0 }
    return await readToTheEnd(db, feed, clock)
  } finally {
    if (free) await guard.query(`select pg_advisory_unlock(${lockKey})`).catch(() => undefined)
    guard.release(true)
  }
}

async function readToTheEnd<Records>(db: Database, feed: Feed<Records>, clock: () => Date): Promise<FeedOutcome> {
  const begun = await asSystem(db, 'a feed begins', (tx) => beginFeed(tx, feed.code, clock()))
  const first = feed.firstPage(begun.readUntil === null ? null : new Date(begun.readUntil))
  const { origin } = new URL(first)
  let startedAt = new Date(begun.startedAt)
  let resumed = begun.nextPage !== null
  let restarted = false
  let url: string | null = begun.nextPage ?? first
  let [pages, records] = [begun.pages, begun.records]
  const stop = async (reason: FeedStop, detail: string): Promise<FeedOutcome> => {
    const kept = reason === 'record' ? `record ${detail}` : reason
    await asSystem(db, 'a feed stops', (tx) => stopFeed(tx, feed.code, reason === 'record' ? 'failed' : 'interrupted', kept, clock()))
    return { state: 'interrupted', reason, detail, pages, records }
  }
  try {
    while (url !== null) {
      if (new URL(url).origin !== origin) return await stop('foreign', new URL(url).origin)
      const answer = await feed.reader.read(url)
      if (answer.outcome !== 'page') {
        const detail = 'detail' in answer ? answer.detail : ''
        if (restarted || url === first || !(detail === 'HTTP 404' || detail === 'HTTP 410')) return await stop(answer.outcome, detail)
        startedAt = clock()
        await asSystem(db, 'a feed begins again', (tx) => restartFeed(tx, feed.code, startedAt))
        ;[resumed, restarted, pages, records, url] = [false, true, 0, 0, first]
        continue
      }
      const page: Page<Records> | null = feed.pageOf(answer.body, url)
      if (page === null) return await stop('unreadable', 'page')
      await asSystem(db, 'a page of a feed', async (tx) => {
        await feed.apply(tx, page.records, { now: clock(), startedAt })
        await keepPage(tx, feed.code, page.next, page.count)
      })
      pages += 1
      records += page.count
      url = page.next
    }
    await asSystem(db, 'a feed ends', async (tx) => {
      await feed.finish?.(tx, { now: clock(), startedAt, resumed })
      await endFeed(tx, feed.code, clock())
    })
  } catch (error) {
    const refused = refusalOf(error)
    if (refused !== null) return await stop('record', refused)
    await asSystem(db, 'a feed fails', (tx) => stopFeed(tx, feed.code, 'failed', 'unexpected', clock())).catch(() => undefined)
    throw error
  }
  return { state: 'done', pages, records }
}

/** The code by which PostgreSQL refuses a value or a row (classes 21, 22, 23); null for another fault. Its message may quote the record: it is not kept. */
function refusalOf(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^2[123][0-9A-Z]{3}$/.test(code) ? code : null
}

import { asSystem, type Database, type Tx } from '../../../platform/server/db.ts'
import type { Page } from '../../../platform/server/fhir-bundle.ts'
import type { PagedReader } from '../../../platform/server/paged-reader.ts'
import { beginFeed, endFeed, type FeedCode, keepPage, stopFeed } from './feed.sql.ts'

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

export type FeedOutcome =
  | { readonly state: 'done'; readonly pages: number; readonly records: number }
  | {
      readonly state: 'interrupted'
      readonly reason: 'refused' | 'unavailable' | 'unreadable' | 'foreign'
      readonly detail: string
      readonly pages: number
      readonly records: number
    }

/**
 * Reads a feed to its end, page by page: each page and the address of the next one are kept in one transaction, so that an interrupted run goes on where
 * it stopped, and a page is never applied twice. A next page elsewhere than on the service itself is not followed.
 */
export async function runFeed<Records>(db: Database, feed: Feed<Records>, clock: () => Date = () => new Date()): Promise<FeedOutcome> {
  const begun = await asSystem(db, 'a feed begins', (tx) => beginFeed(tx, feed.code, clock()))
  const startedAt = new Date(begun.startedAt)
  const origin = new URL(feed.firstPage(null)).origin
  let url: string | null = begun.nextPage ?? feed.firstPage(begun.readUntil === null ? null : new Date(begun.readUntil))
  let [pages, records] = [begun.pages, begun.records]
  while (url !== null) {
    const stop = async (reason: 'refused' | 'unavailable' | 'unreadable' | 'foreign', detail: string): Promise<FeedOutcome> => {
      await asSystem(db, 'a feed stops', (tx) => stopFeed(tx, feed.code, reason, clock()))
      return { state: 'interrupted', reason, detail, pages, records }
    }
    if (new URL(url).origin !== origin) return stop('foreign', new URL(url).origin)
    const answer = await feed.reader.read(url)
    if (answer.outcome !== 'page') return stop(answer.outcome, 'detail' in answer ? answer.detail : '')
    const page: Page<Records> | null = feed.pageOf(answer.body, url)
    if (page === null) return stop('unreadable', 'page')
    await asSystem(db, 'a page of a feed', async (tx) => {
      await feed.apply(tx, page.records, { now: clock(), startedAt })
      await keepPage(tx, feed.code, page.next, page.count)
    })
    pages += 1
    records += page.count
    url = page.next
  }
  await asSystem(db, 'a feed ends', async (tx) => {
    await feed.finish?.(tx, { now: clock(), startedAt, resumed: begun.nextPage !== null })
    await endFeed(tx, feed.code, clock())
  })
  return { state: 'done', pages, records }
}

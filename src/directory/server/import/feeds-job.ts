import { sql } from 'kysely'
import type { ErrorParams } from '../../../platform/contract/errors.ts'
import { newId } from '../../../platform/contract/ids.ts'
import { asSystem, type Database } from '../../../platform/server/db.ts'
import type { Job } from '../../../platform/server/worker.ts'
import type { FeedKey } from '../../contract/feeds.ts'
import { beginRun, endRun, nameRun, nextDueFeed, type RunEnd, referenceKeepers, takeLateFeeds } from './feed-plan.sql.ts'

export interface FeedReading {
  readonly db: Database
  readonly clock: () => Date
  /** What the source said of its file when it was last brought in. */
  readonly mark: string | null
  /** An administrator accepts that this reading takes much away. */
  readonly acceptFall: boolean
  /** Tells the report of the run as soon as it has one. */
  readonly announced: (importId: string) => Promise<void>
}

export type FeedEnd =
  | { readonly state: 'done'; readonly mark?: string | null }
  /** 'again': worth trying soon. */
  | { readonly state: 'failed'; readonly code: string; readonly params?: ErrorParams; readonly again: boolean }

/** How each feed is read, by the settings of the server; one without an entry is not configured. */
export type FeedReaders = Readonly<Partial<Record<FeedKey, (reading: FeedReading) => Promise<FeedEnd>>>>

const shortly = 5
const later = 30

/** Reads the feeds that are due and that this server knows how to read, one after the other, and tells the administrators of those that have become late. One process at a time does. */
export function feedsJobOf(readers: FeedReaders, timeZone: string): Job {
  return async (_payload, { db, clock, log }) => {
    await tellLate(db, clock(), log)
    const guard = await db.pool.connect()
    let free = false
    try {
      const { rows } = await guard.query<{ free: boolean }>(`select pg_try_advisory_lock(hashtext('jalon.directory.feeds')) as free`)
      free = rows[0]?.free === true
      if (!free) return
      const left = new Set(Object.keys(readers) as FeedKey[])
      for (;;) {
        const due = await asSystem(db, 'feeds that are due', async (tx) => {
          const found = await nextDueFeed(tx, clock(), [...left])
          if (found !== undefined) await beginRun(tx, found.code, clock())
          return found
        })
        const read = due === undefined ? undefined : readers[due.code]
        if (due === undefined || read === undefined) break
        left.delete(due.code)
        const end = await endOf(() =>
          read({
            db,
            clock,
            mark: due.mark,
            acceptFall: due.acceptFall,
            announced: (importId) => asSystem(db, 'a feed has a report', (tx) => nameRun(tx, due.code, importId)),
          }),
        ).catch((error) => {
          log.error({ err: error, feed: due.code }, 'feed stopped')
          return { mark: null, failure: { code: 'import_unexpected', params: {} }, againInMinutes: null }
        })
        if (end.failure !== null) log.warn({ feed: due.code, reason: end.failure.code }, 'feed did not end')
        await asSystem(db, 'a feed was read', (tx) => endRun(tx, due.code, end, due.importId, clock(), timeZone))
      }
    } finally {
      // PostgreSQL sees that a connection is gone a moment after: the next job must not find the lock of this one.
      if (free) await guard.query(`select pg_advisory_unlock(hashtext('jalon.directory.feeds'))`).catch(() => undefined)
      guard.release(true)
    }
  }
}

async function endOf(read: () => Promise<FeedEnd>): Promise<RunEnd> {
  const end = await read()
  if (end.state === 'done') return { mark: end.mark ?? null, failure: null, againInMinutes: null }
  return {
    mark: null,
    failure: { code: end.code, params: end.params ?? {} },
    againInMinutes: end.code === 'import_running' ? shortly : end.again ? later : null,
  }
}

async function tellLate(db: Database, now: Date, log: { warn(told: object, message: string): void }): Promise<void> {
  await asSystem(db, 'feeds that are late', async (tx) => {
    const late = await takeLateFeeds(tx, now)
    if (late.length === 0) return
    const audience = await referenceKeepers(tx)
    for (const { code } of late) {
      log.warn({ feed: code }, 'feed is late')
      await sql`insert into platform.event_inbox (id, type, audience, payload) values (${newId()}, 'directory.feed.late', ${[...audience]}::uuid[], ${JSON.stringify({ code })}::jsonb)`.execute(
        tx,
      )
    }
  })
}

import { sql } from 'kysely'
import type { ErrorParams } from '../../../platform/contract/errors.ts'
import type { Tx } from '../../../platform/server/db.ts'

export type FeedCode = 'annuaire' | 'ror' | 'social_structures' | 'social_services'

export interface FeedState {
  /** The page to go on with; null for a new run. */
  readonly nextPage: string | null
  readonly startedAt: string
  readonly readUntil: string | null
  readonly pages: number
  readonly records: number
  /** Everything is read, not only what changed. */
  readonly whole: boolean
}

/** Begins a run, or goes on with the one that was interrupted. `wholeEveryDays`: the days after which everything is read again, null for never. */
export async function beginFeed(tx: Tx, code: FeedCode, now: Date, wholeEveryDays: number | null): Promise<FeedState> {
  const { rows } =
    await sql<FeedState>`insert into directory.feed as f (code, started_at, state, checked_at, whole) values (${code}, ${now}, 'running', ${now}, true)
    on conflict (code) do update set started_at = case when f.next_page is null then excluded.started_at else f.started_at end, pages = case when f.next_page is null then 0 else f.pages end,
      records = case when f.next_page is null then 0 else f.records end, state = 'running', error = null, checked_at = excluded.checked_at,
      whole = case when f.next_page is not null then f.whole else f.read_until is null
        or ${wholeEveryDays}::int is not null and coalesce(f.whole_read_at, '-infinity') < ${now}::timestamptz - make_interval(days => ${wholeEveryDays}::int) end
    returning next_page as "nextPage", started_at as "startedAt", read_until as "readUntil", pages, records, whole`.execute(tx)
  return rows[0] as FeedState
}

/** Everything is to be read: a reading of what changed, if one was interrupted, does not go on. */
export async function leaveChanges(tx: Tx, code: FeedCode): Promise<void> {
  await sql`update directory.feed set next_page = null where code = ${code} and not whole`.execute(tx)
}

/** A page was brought in: the next one is the one to go on with. */
export async function keepPage(tx: Tx, code: FeedCode, next: string | null, records: number): Promise<void> {
  await sql`update directory.feed set next_page = ${next}, pages = pages + 1, records = records + ${records} where code = ${code}`.execute(tx)
}

/** The page to go on with is not there any more: the run begins again. */
export async function restartFeed(tx: Tx, code: FeedCode, now: Date): Promise<void> {
  await sql`update directory.feed set next_page = null, started_at = ${now}, pages = 0, records = 0 where code = ${code}`.execute(tx)
}

/** 'interrupted': the service did not answer as it should, or somebody stopped the run; 'failed': a fault of ours. The next run goes on at the same page. */
export async function stopFeed(tx: Tx, code: FeedCode, state: 'interrupted' | 'failed', reason: string, now: Date): Promise<void> {
  await sql`update directory.feed set state = ${state}, error = ${reason}, checked_at = ${now} where code = ${code}`.execute(tx)
}

/** Everything was read and brought in, but what the source no longer tells stays: the next run asks for what changed, and the next whole one tries again. */
export async function endFeedWithFall(tx: Tx, code: FeedCode, reason: string, params: ErrorParams, now: Date): Promise<void> {
  await sql`update directory.feed set state = 'failed', error = ${reason}, next_page = null, read_until = started_at, whole_read_at = case when whole then started_at else whole_read_at end, checked_at = ${now},
      fall = ${JSON.stringify({ code: 'feed_fall', params })}::jsonb where code = ${code}`.execute(tx)
}

/** Everything was read: the next run asks for what has changed since this one began. */
export async function endFeed(tx: Tx, code: FeedCode, now: Date): Promise<void> {
  await sql`update directory.feed set state = 'idle', next_page = null, read_until = started_at, whole_read_at = case when whole then started_at else whole_read_at end, checked_at = ${now}, error = null,
      fall = case when not whole then fall end where code = ${code}`.execute(tx)
  await sql`insert into directory.source (code, edition, imported_at, import_id, reading) values (${code}, ${now}::timestamptz::date, ${now}, gen_random_uuid(), 1)
    on conflict (code) do update set edition = excluded.edition, imported_at = excluded.imported_at`.execute(tx)
}

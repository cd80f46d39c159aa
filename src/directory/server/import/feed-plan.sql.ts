import { type RawBuilder, sql } from 'kysely'
import type { ErrorParams } from '../../../platform/contract/errors.ts'
import type { Tx } from '../../../platform/server/db.ts'
import type { FeedFrequency, FeedKey, FeedRow } from '../../contract/feeds.ts'

/** After `now`, the next instant at which a plan `p` is due, in the time of the installation; null for never. */
const nextRun = (now: Date, timeZone: string): RawBuilder<unknown> => {
  const zone = sql`${timeZone}::text`
  const local = sql`(${now}::timestamptz at time zone ${zone})`
  const at = sql`make_interval(hours => p.hour)`
  // The first of the instants asked for that is yet to come.
  const among = (unit: string, step: string): RawBuilder<unknown> =>
    sql`(select min(due) from (select (date_trunc(${sql.lit(unit)}, ${local}) + n * ${sql.lit(step)}::interval + ${unit === 'week' ? sql`interval '6 days'` : sql`interval '0'`} + ${at}) at time zone ${zone} as due
      from generate_series(-1, 1) n) as d where due > ${now}::timestamptz)`
  return sql`case p.frequency when 'daily' then ${among('day', '1 day')} when 'weekly' then ${among('week', '1 week')} when 'monthly' then ${among('month', '1 month')} end`
}

/** What the settings of the server open; those that are newly opened are given their first hour. */
export async function configureFeeds(tx: Tx, codes: readonly FeedKey[], now: Date, timeZone: string): Promise<void> {
  await sql`update directory.feed_plan p set configured = p.code = any(${[...codes]}::text[]),
      next_run_at = case when p.code = any(${[...codes]}::text[]) then coalesce(p.next_run_at, ${nextRun(now, timeZone)}) end,
      late_since = case when p.code = any(${[...codes]}::text[]) then p.late_since end
    where p.configured is distinct from (p.code = any(${[...codes]}::text[]))`.execute(tx)
}

export interface PlannedFeed {
  readonly version: number
  readonly state: 'idle' | 'running' | 'stopped'
  readonly configured: boolean
  readonly importId: string | null
}

export async function lockFeed(tx: Tx, code: FeedKey): Promise<PlannedFeed> {
  const { rows } =
    await sql<PlannedFeed>`select version, state, configured, import_id as "importId" from directory.feed_plan where code = ${code} for update`.execute(tx)
  return rows[0] as PlannedFeed
}

export async function keepPlan(
  tx: Tx,
  code: FeedKey,
  { frequency, hour, lateAfterHours }: { readonly frequency: FeedFrequency; readonly hour: number; readonly lateAfterHours: number },
  now: Date,
  timeZone: string,
): Promise<number> {
  await sql`update directory.feed_plan set frequency = ${frequency}, hour = ${hour}, late_after_hours = ${lateAfterHours}, version = version + 1 where code = ${code}`.execute(
    tx,
  )
  const { rows } = await sql<{
    version: number
  }>`update directory.feed_plan p set next_run_at = ${nextRun(now, timeZone)} where code = ${code} returning version`.execute(tx)
  return rows[0]?.version ?? 0
}

/** Due at once; one that was stopped goes on. */
export async function askForRun(tx: Tx, code: FeedKey, now: Date, acceptFall: boolean): Promise<void> {
  await sql`update directory.feed_plan set state = case when state = 'stopped' then 'idle' else state end, next_run_at = ${now}, accept_fall = ${acceptFall} where code = ${code}`.execute(
    tx,
  )
}

export async function holdFeed(tx: Tx, code: FeedKey): Promise<void> {
  await sql`update directory.feed_plan set state = 'stopped' where code = ${code}`.execute(tx)
  await sql`update directory.import i set cancel_requested = true from directory.feed_plan p where p.code = ${code} and i.id = p.import_id and i.state in ('waiting', 'running')`.execute(
    tx,
  )
}

/** The feed to read now among `codes`, what was known of its file, and its last report; undefined when none is due. A run whose process died is due again. */
export async function nextDueFeed(
  tx: Tx,
  now: Date,
  codes: readonly FeedKey[],
): Promise<{ readonly code: FeedKey; readonly mark: string | null; readonly importId: string | null; readonly acceptFall: boolean } | undefined> {
  const { rows } = await sql<{
    code: FeedKey
    mark: string | null
    importId: string | null
    acceptFall: boolean
  }>`select code, edition_mark as mark, import_id as "importId", accept_fall as "acceptFall" from directory.feed_plan where configured and state <> 'stopped' and next_run_at <= ${now} and code = any(${[...codes]}::text[]) order by next_run_at, code limit 1 for update skip locked`.execute(
    tx,
  )
  return rows[0]
}

export async function beginRun(tx: Tx, code: FeedKey, now: Date): Promise<void> {
  await sql`update directory.feed_plan set state = 'running', started_at = ${now}, failure = null, import_id = null where code = ${code}`.execute(tx)
}

/** The report of the run that goes on, as soon as it has one. A run that was stopped before is told so through it. */
export async function nameRun(tx: Tx, code: FeedKey, importId: string): Promise<void> {
  await sql`with named as (update directory.feed_plan set import_id = ${importId} where code = ${code} returning state)
    update directory.import set cancel_requested = true where id = ${importId} and exists (select from named where state = 'stopped')`.execute(tx)
}

export interface RunEnd {
  readonly mark: string | null
  /** What ended it before its end; null when it went well. */
  readonly failure: { readonly code: string; readonly params: ErrorParams } | null
  /** Tried again so many minutes later, where it is worth it; null: at its next hour. */
  readonly againInMinutes: number | null
}

/** `before`: the report of the run before this one, which stays the last when this one needed none. */
export async function endRun(
  tx: Tx,
  code: FeedKey,
  { mark, failure, againInMinutes }: RunEnd,
  before: string | null,
  now: Date,
  timeZone: string,
): Promise<void> {
  const at = nextRun(now, timeZone)
  const next = againInMinutes === null ? at : sql`least(${at}, ${now}::timestamptz + make_interval(mins => ${againInMinutes}::int))`
  await sql`update directory.feed_plan p set state = case when state = 'stopped' then 'stopped' else 'idle' end, ended_at = ${now}, next_run_at = ${next}, import_id = coalesce(import_id, ${before}), accept_fall = accept_fall and ${againInMinutes !== null}::boolean, edition_mark = coalesce(${mark}, edition_mark),
      failure = ${failure === null ? null : JSON.stringify(failure)}::jsonb, succeeded_at = case when ${failure === null}::boolean then ${now}::timestamptz else succeeded_at end,
      late_since = case when ${failure === null}::boolean then null else late_since end
    where p.code = ${code}`.execute(tx)
}

/** Feeds that have become late: no success for longer than their plan allows. Each is given once, until it succeeds. */
export async function takeLateFeeds(tx: Tx, now: Date): Promise<readonly { readonly code: FeedKey; readonly lateSince: string }[]> {
  const { rows } = await sql<{ code: FeedKey; lateSince: string }>`update directory.feed_plan set late_since = ${now}
    where configured and frequency <> 'never' and late_since is null and coalesce(succeeded_at, started_at, next_run_at) < ${now}::timestamptz - make_interval(hours => late_after_hours)
    returning code, late_since as "lateSince"`.execute(tx)
  return rows
}

/** Who keeps the national directories of the region. */
export async function referenceKeepers(tx: Tx): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`select distinct user_id as id from territory.membership
    where 'regional_admin' = any(functions) and starts_on <= platform.today() and (ends_on is null or ends_on >= platform.today())`.execute(tx)
  return rows.map(({ id }) => id)
}

type StoredFeed = Omit<FeedRow, 'failure'> & { readonly failure: { readonly code: string; readonly params: ErrorParams } | null }

export async function plannedFeeds(tx: Tx): Promise<readonly StoredFeed[]> {
  const { rows } =
    await sql<StoredFeed>`select p.code, p.configured, p.frequency, p.hour, p.late_after_hours as "lateAfterHours", p.version, p.state, p.next_run_at as "nextRunAt", p.started_at as "startedAt",
      p.ended_at as "endedAt", p.succeeded_at as "succeededAt", p.late_since as "lateSince", p.import_id as "importId", case when p.failure ->> 'code' = 'feed_fall' then coalesce(f.fall, p.failure) else coalesce(p.failure, f.fall) end as failure, f.fall is not null as fall, coalesce(i.done, 0) as done, i.total,
      coalesce((i.report ->> 'rejected')::int, (select count(*)::int from directory.rejected_line l where l.import_id = i.id), 0) as rejected
    from directory.feed_plan p left join directory.import i on i.id = p.import_id left join directory.feed f on f.code = p.code`.execute(tx)
  return rows
}

export interface FeedHealth {
  readonly code: FeedKey
  /** 'failed': the last run did not come to its end; 'late': no success for longer than its plan allows. */
  readonly state: 'running' | 'stopped' | 'late' | 'failed' | 'idle'
  /** Seconds since the last success; null before the first. */
  readonly age: number | null
  /** Days since the day that the file tells; null when none told it. */
  readonly editionDays: number | null
}

/** How each feed that the settings open is doing, for whoever watches the server. */
export async function feedsHealth(tx: Tx, now: Date): Promise<readonly FeedHealth[]> {
  const { rows } =
    await sql<FeedHealth>`select p.code, case when p.state <> 'idle' then p.state when p.late_since is not null then 'late' when p.failure is not null then 'failed' else 'idle' end as state,
      extract(epoch from ${now}::timestamptz - p.succeeded_at)::float8 as age, (${now}::date - s.edition) as "editionDays"
    from directory.feed_plan p left join directory.source s on s.code = p.code where p.configured order by p.code`.execute(tx)
  return rows
}

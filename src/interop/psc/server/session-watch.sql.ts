import { sql } from 'kysely'
import type { Tx } from '../../../platform/server/db.ts'

export interface WatchedSession {
  readonly handle: string
  readonly userId: string
  readonly refresh: string
}

/** Takes the live sessions whose state at Pro Santé Connect was not asked since an instant; another process takes others. */
export async function takeSessionsToCheck(tx: Tx, before: Date, now: Date): Promise<readonly WatchedSession[]> {
  const { rows } = await sql<WatchedSession>`with due as (
      select handle from platform.session where ended_at is null and method = 'psc' and expires_at > ${now} and identity ? 'refresh'
        and (identity ->> 'checkedAt')::timestamptz <= ${before} order by handle limit 50 for update skip locked)
    update platform.session s set identity = s.identity || jsonb_build_object('checkedAt', ${now.toISOString()}::text) from due where s.handle = due.handle
    returning s.handle, s.user_id as "userId", s.identity ->> 'refresh' as refresh`.execute(tx)
  return rows
}

export async function keepRefresh(tx: Tx, handle: string, refresh: string): Promise<void> {
  await sql`update platform.session set identity = identity || jsonb_build_object('refresh', ${refresh}::text) where handle = ${handle} and ended_at is null`.execute(
    tx,
  )
}

/** True if it was live. */
export async function endSessionOver(tx: Tx, handle: string, now: Date): Promise<boolean> {
  const { rows } = await sql`update platform.session set ended_at = ${now}, end_reason = 'provider_session_over', identity = identity - 'idToken' - 'refresh'
    where handle = ${handle} and ended_at is null returning handle`.execute(tx)
  return rows.length > 0
}

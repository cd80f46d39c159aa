import { sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'
import type { Envelope } from '../contract/envelope.ts'

/** The region's choice for reading without network. */
export interface ReadingTerms {
  readonly hours: number
  readonly reopening: boolean
}

/** Until when the session of the actor may read, and what the region allows; undefined once it is over. */
export async function selectTerms(
  tx: Tx,
  sessionHandle: string,
  now: Date,
): Promise<{ readonly reading: ReadingTerms; readonly sessionEndsAt: string; readonly idleMinutes: number; readonly deposits: number } | undefined> {
  const { rows } = await sql<{ reading: ReadingTerms; sessionEndsAt: string; idleMinutes: number; deposits: number }>`
    select r.value as reading, x.created_at + make_interval(mins => coalesce((l.value ->> 'absoluteMinutes')::int, 600)) as "sessionEndsAt",
      coalesce((l.value ->> 'idleMinutes')::int, 60) as "idleMinutes", (select count(*)::int from offline.deposit) as deposits
    from platform.my_sessions(${now}) x, platform.setting r, platform.setting l
    where x.handle = ${sessionHandle} and r.key = 'offline.reading' and l.key = 'session.limits'`.execute(tx)
  return rows[0]
}

export interface DeviceRow {
  readonly id: string
  readonly userId: string
  readonly secretHash: Buffer
  readonly sessionHandle: string
  readonly userAgent: string | null
  readonly now: Date
  readonly readUntil: string
}

/** Remembers that this browser may keep copies. False when the id is that of a device of somebody else, or with another secret, or told to destroy itself. */
export async function keepDevice(tx: Tx, row: DeviceRow): Promise<boolean> {
  const { rows } = await sql`insert into offline.device (id, user_id, secret_hash, session_handle, user_agent, carried_at, read_until)
      values (${row.id}, ${row.userId}, ${row.secretHash}, ${row.sessionHandle}, ${row.userAgent}, ${row.now}, ${row.readUntil})
      on conflict (id) do update set session_handle = excluded.session_handle, carried_at = excluded.carried_at, read_until = excluded.read_until
        where device.user_id = excluded.user_id and device.secret_hash = excluded.secret_hash and device.wipe_asked_at is null
      returning id`.execute(tx)
  return rows.length === 1
}

export interface MyDevice {
  readonly id: string
  readonly userAgent: string | null
  readonly carriedAt: string
  readonly readUntil: string
  readonly wipeAskedAt: string | null
  readonly wipedAt: string | null
}

/** Those whose copies may still be readable, and those told to destroy them in the last thirty days. */
export async function selectMyDevices(tx: Tx, now: Date): Promise<readonly MyDevice[]> {
  return (
    await sql<MyDevice>`select id, user_agent as "userAgent", carried_at as "carriedAt", read_until as "readUntil", wipe_asked_at as "wipeAskedAt", wiped_at as "wipedAt"
      from offline.device where user_id = platform.actor_id() and (read_until > ${now} or wipe_asked_at > ${now}::timestamptz - interval '30 days')
      order by carried_at desc limit 20`.execute(tx)
  ).rows
}

/** Tells a device of the actor to destroy itself. Gives its session, or undefined when it is not hers. */
export async function askWipe(tx: Tx, id: string, now: Date): Promise<string | undefined> {
  return (
    await sql<{ handle: string }>`update offline.device set wipe_asked_at = coalesce(wipe_asked_at, ${now}) where id = ${id} and user_id = platform.actor_id()
      returning session_handle as handle`.execute(tx)
  ).rows[0]?.handle
}

export async function endSessionOfDevice(tx: Tx, handle: string): Promise<void> {
  await sql`select platform.end_my_sessions(${handle}, null, 'device_wiped')`.execute(tx)
}

/** As the system: what a device without a session is told; undefined for an unknown one or a wrong secret. */
export async function ordersOf(
  tx: Tx,
  id: string,
  secretHash: Buffer,
): Promise<{ readonly userId: string; readonly wipe: boolean; readonly active: boolean } | undefined> {
  return (
    await sql<{
      userId: string
      wipe: boolean
      active: boolean
    }>`select d.user_id as "userId", d.wipe_asked_at is not null or u.status <> 'active' as wipe, u.status = 'active' as active
      from offline.device d join territory.user_account u on u.id = d.user_id where d.id = ${id} and d.secret_hash = ${secretHash}`.execute(tx)
  ).rows[0]
}

/** As the system: an envelope of the user of this device, once. */
export async function insertDeposit(tx: Tx, deviceId: string, envelope: Envelope, now: Date): Promise<void> {
  await sql`insert into offline.deposit (id, user_id, device_id, envelope, received_at)
    values (${envelope.id}, ${envelope.userId}, ${deviceId}, ${JSON.stringify(envelope)}::jsonb, ${now}) on conflict (id) do nothing`.execute(tx)
}

export async function markWiped(tx: Tx, id: string, now: Date): Promise<void> {
  await sql`update offline.device set wiped_at = ${now}, read_until = least(read_until, ${now}) where id = ${id}`.execute(tx)
}

/** The envelopes that wait for the actor, in the order in which they were written. */
export async function selectDeposits(tx: Tx): Promise<readonly Envelope[]> {
  return (
    await sql<{ envelope: Envelope }>`select envelope from offline.deposit where user_id = platform.actor_id() order by id limit 100`.execute(tx)
  ).rows.map(({ envelope }) => envelope)
}

export async function removeDeposit(tx: Tx, id: string): Promise<void> {
  await sql`delete from offline.deposit where id = ${id} and user_id = platform.actor_id()`.execute(tx)
}

export async function countDeposits(tx: Tx): Promise<number> {
  return (await sql<{ n: number }>`select count(*)::int as n from offline.deposit where user_id = platform.actor_id()`.execute(tx)).rows[0]?.n ?? 0
}

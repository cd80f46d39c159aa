import { sql } from 'kysely'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
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

/** What the region chose holds for the copies that this device took before too, counted from the hour at which it took them. Null: it holds none for this session. */
export async function followTerms(
  tx: Tx,
  held: { readonly id: string; readonly secretHash: Buffer; readonly sessionHandle: string; readonly hours: number; readonly sessionEndsAt: string },
): Promise<string | null> {
  const { rows } = await sql<{ readUntil: string }>`update offline.device
      set read_until = least(carried_at + make_interval(hours => ${held.hours}), ${held.sessionEndsAt}::timestamptz)
      where id = ${held.id} and secret_hash = ${held.secretHash} and session_handle = ${held.sessionHandle} and user_id = platform.actor_id() and wipe_asked_at is null
      returning read_until as "readUntil"`.execute(tx)
  return rows[0]?.readUntil ?? null
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

/** What the devices of one user may leave at most, together: a month of tours with their photographs, not a store for whoever finds a device. */
export const mostDeposits = { envelopes: 500, bytes: 300_000_000 } as const

/** As the system: an envelope of the user of this device, once. False when as many wait for her already: the device keeps it sealed, and asks again. */
export async function insertDeposit(
  tx: Tx,
  deviceId: string,
  envelope: Envelope,
  now: Date,
  most: { readonly envelopes: number; readonly bytes: number },
): Promise<boolean> {
  // One at a time for one user: two devices together leave no more than one.
  await sql`select pg_advisory_xact_lock(hashtextextended('offline.deposit ' || ${envelope.userId}, 0))`.execute(tx)
  const { rows } = await sql<{ kept: boolean }>`with waiting as materialized (
      select count(*) as envelopes, coalesce(sum(pg_column_size(envelope)), 0) as bytes, bool_or(id = ${envelope.id}) as known from offline.deposit where user_id = ${envelope.userId}),
    added as (insert into offline.deposit (id, user_id, device_id, envelope, received_at)
      select ${envelope.id}, ${envelope.userId}, ${deviceId}, ${JSON.stringify(envelope)}::jsonb, ${now} from waiting
      where envelopes < ${most.envelopes} and bytes < ${most.bytes} on conflict (id) do nothing returning id)
    select coalesce(waiting.known, false) or exists (select from added) as kept from waiting`.execute(tx)
  return rows[0]?.kept === true
}

export async function markWiped(tx: Tx, id: string, now: Date): Promise<void> {
  await sql`update offline.device set wiped_at = ${now}, read_until = least(read_until, ${now}) where id = ${id}`.execute(tx)
}

/** Characters of envelopes that one answer holds: one of photos alone may weigh 15 MB. */
const depositPage = 16_000_000

/** The envelopes that wait for the actor, in the order in which they were written: as many as one answer holds, one at least. Those kept make room for the next. */
export async function selectDeposits(tx: Tx): Promise<readonly Envelope[]> {
  return (
    await sql<{
      envelope: Envelope
    }>`with mine as materialized (
        select id, sum(pg_column_size(envelope)) over (order by id) - pg_column_size(envelope) as before from offline.deposit where user_id = platform.actor_id() order by id limit 100)
      select d.envelope from mine join offline.deposit d on d.id = mine.id where mine.before < ${depositPage} order by mine.id`.execute(tx)
  ).rows.map(({ envelope }) => envelope)
}

/** Whether the actor may read this person today. */
export async function actorSees(tx: Tx, personId: PersonId): Promise<boolean> {
  return (await sql<{ seen: boolean }>`select persons.actor_sees(${personId}) as seen`.execute(tx)).rows[0]?.seen === true
}

export async function removeDeposit(tx: Tx, id: string): Promise<void> {
  await sql`delete from offline.deposit where id = ${id} and user_id = platform.actor_id()`.execute(tx)
}

export async function countDeposits(tx: Tx): Promise<number> {
  return (await sql<{ n: number }>`select count(*)::int as n from offline.deposit where user_id = platform.actor_id()`.execute(tx)).rows[0]?.n ?? 0
}

export interface LeftBehind {
  readonly userId: UserId
  readonly name: string
  readonly envelopes: number
  readonly since: string
  readonly announcedAt: string | null
}

/** Through its reviewed door: those of the team that the actor answers for. */
export async function selectLeftBehind(tx: Tx): Promise<readonly LeftBehind[]> {
  return (await sql<LeftBehind>`select user_id as "userId", name, envelopes, since, announced_at as "announcedAt" from offline.left_behind()`.execute(tx)).rows
}

/** Months for which envelopes are kept; null while it is a mere proposal. */
export async function depositMonths(tx: Tx): Promise<number | null> {
  const { rows } = await sql<{ months: number; decided: boolean }>`select active_months + archive_months as months, decided from privacy.retention_rule
    where data_class = 'deposit' order by version desc limit 1`.execute(tx)
  return rows[0]?.decided === true ? rows[0].months : null
}

/** As the system: authors whose envelopes, received until `until`, nobody was told of yet; held and marked. */
export async function announceDeposits(
  tx: Tx,
  until: string,
  now: Date,
  timeZone: string,
): Promise<readonly { readonly userId: string; readonly firstId: string }[]> {
  return (
    await sql<{ userId: string; firstId: string }>`with told as (
        update offline.deposit set announced_at = ${now} where announced_at is null and (received_at at time zone ${timeZone})::date <= ${until}::date
        returning user_id, id)
      select user_id as "userId", min(id::text) as "firstId" from told group by user_id order by user_id`.execute(tx)
  ).rows
}

/** As the system: who answers for this user, in the service where she works or worked last; the administration of the region where nobody does. */
export async function supervisorsOf(
  tx: Tx,
  userId: string,
  today: string,
): Promise<{ readonly serviceId: ServiceId | null; readonly users: readonly string[] }> {
  const { rows } = await sql<{ serviceId: ServiceId | null; users: readonly string[] }>`with last as (
      select service_id from territory.membership where user_id = ${userId} order by ends_on desc nulls first, starts_on desc limit 1),
    live as (select m.user_id, m.service_id, m.functions from territory.membership m join territory.user_account u on u.id = m.user_id and u.status = 'active'
      where m.user_id <> ${userId} and m.starts_on <= ${today}::date and (m.ends_on is null or m.ends_on >= ${today}::date)),
    near as (select distinct live.user_id from live join last using (service_id) where live.functions && array['director', 'team_lead']),
    region as (select distinct user_id from live where 'regional_admin' = any (functions) and not exists (select 1 from near))
    select (select service_id from last) as "serviceId", coalesce((select array_agg(user_id) from (select user_id from near union select user_id from region) told), '{}') as users`.execute(
    tx,
  )
  return rows[0] ?? { serviceId: null, users: [] }
}

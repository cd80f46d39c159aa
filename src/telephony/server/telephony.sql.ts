import { sql } from 'kysely'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { ServiceId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { type CallEvent, minutesShown, type telephoneLines } from '../contract/calls.ts'

export interface Line {
  readonly id: string
  readonly serviceId: ServiceId
  readonly secret: Buffer
}

/** A live line of the installation, with its secret: for the routes that receive calls, as the system. */
export async function lineOf(tx: Tx, by: { readonly id: string } | { readonly called: string }): Promise<Line | null> {
  const { rows } = await sql<Line>`select id, service_id as "serviceId", secret from telephony.line
    where ended_at is null and ${'id' in by ? sql`id = ${by.id} and shape = 'webhook'` : sql`called = ${by.called} and shape = 'sip'`}`.execute(tx)
  return rows[0] ?? null
}

/** Numbers older than a day are of no use to anybody. */
export async function forgetOldCalls(tx: Tx, now: Date): Promise<void> {
  await sql`delete from telephony.call where received_at < ${now}::timestamptz - interval '1 day'`.execute(tx)
}

/** Writes what an exchange tells of a call: the first message makes it, the others bring its state further, never backwards, or the number that it lacked. Gives the state as it is then. */
export async function recordCall(
  tx: Tx,
  call: {
    readonly id: string
    readonly lineId: string
    readonly serviceId: string
    readonly externalId: string
    readonly event: CallEvent
    readonly caller: string | null
  },
  now: Date,
): Promise<{ readonly id: string; readonly changed: boolean; readonly state: CallEvent }> {
  const { rows } = await sql<{ id: string; state: CallEvent }>`
    insert into telephony.call as known (id, line_id, external_id, service_id, caller, state, received_at, ended_at)
    values (${call.id}, ${call.lineId}, ${call.externalId}, ${call.serviceId}, ${call.caller}, ${call.event}, ${now}, ${call.event === 'ended' ? now : null})
    on conflict (line_id, external_id) do update set
        state = case when array_position('{ringing,answered,ended}', known.state) < array_position('{ringing,answered,ended}', excluded.state) then excluded.state else known.state end,
        ended_at = coalesce(known.ended_at, excluded.ended_at), caller = coalesce(known.caller, excluded.caller)
      where array_position('{ringing,answered,ended}', known.state) < array_position('{ringing,answered,ended}', excluded.state) or (known.caller is null and excluded.caller is not null)
    returning id, state`.execute(tx)
  const [row] = rows
  if (row !== undefined) {
    await sql`update telephony.line set last_call_at = ${now} where id = ${call.lineId}`.execute(tx)
    return { id: row.id, changed: true, state: row.state }
  }
  const { rows: known } = await sql<{ id: string }>`select id from telephony.call where line_id = ${call.lineId} and external_id = ${call.externalId}`.execute(
    tx,
  )
  return { id: known[0]?.id ?? call.id, changed: false, state: call.event }
}

export interface KnownCall {
  readonly id: string
  readonly receivedAt: string
  readonly state: CallEvent
  readonly caller: string | null
  readonly lineLabel: string
  readonly takenBy: string | null
}

/** The calls of the last minutes, the latest first; those that rang out without anybody stay as long. */
export async function recentCalls(tx: Tx, now: Date): Promise<readonly KnownCall[]> {
  const { rows } = await sql<KnownCall>`select c.id, c.received_at as "receivedAt", c.state, c.caller, l.label as "lineLabel", c.taken_by_name as "takenBy"
    from telephony.call c join telephony.line l on l.id = c.line_id
    where c.service_id = (select platform.actor_service()) and c.received_at > ${now}::timestamptz - make_interval(mins => ${minutesShown}) order by c.received_at desc, c.id limit 8`.execute(
    tx,
  )
  return rows
}

/** Hers from now on, unless a colleague took it or it ended; undefined for a call that her service does not have. */
export async function markTaken(
  tx: Tx,
  id: string,
  by: { readonly userId: string; readonly displayName: string },
): Promise<'taken' | 'by_another' | 'ended' | undefined> {
  const taken = await sql`update telephony.call set taken_by = ${by.userId}, taken_by_name = ${by.displayName}
    where id = ${id} and service_id = (select platform.actor_service()) and (taken_by is null or taken_by = ${by.userId}) and state <> 'ended'`.execute(tx)
  if (Number(taken.numAffectedRows ?? 0) > 0) return 'taken'
  const { rows } = await sql<{ ended: boolean }>`select state = 'ended' as ended from telephony.call
    where id = ${id} and service_id = (select platform.actor_service())`.execute(tx)
  return rows[0] === undefined ? undefined : rows[0].ended ? 'ended' : 'by_another'
}

export async function listLines(tx: Tx): Promise<OutputOf<typeof telephoneLines>['rows']> {
  const { rows } = await sql<OutputOf<typeof telephoneLines>['rows'][number]>`
    select l.id, l.service_id as "serviceId", s.name as "serviceName", l.label, l.shape, l.called, l.last_call_at as "lastCallAt"
    from telephony.line l join territory.service s on s.id = l.service_id where l.ended_at is null order by s.name, l.label, l.id`.execute(tx)
  return rows
}

export async function insertLine(
  tx: Tx,
  line: { readonly id: string; readonly serviceId: string; readonly label: string; readonly shape: string; readonly called: string | null },
  now: Date,
): Promise<void> {
  await sql`insert into telephony.line (id, service_id, label, shape, called, created_at) values (${line.id}, ${line.serviceId}, ${line.label}, ${line.shape}, ${line.called}, ${now})`.execute(
    tx,
  )
}

export async function calledTaken(tx: Tx, called: string): Promise<boolean> {
  const { rows } = await sql`select from telephony.line where called = ${called} and shape = 'sip' and ended_at is null`.execute(tx)
  return rows.length > 0
}

export async function closeLine(tx: Tx, id: string, now: Date): Promise<boolean> {
  const ended = await sql`update telephony.line set ended_at = ${now} where id = ${id} and ended_at is null`.execute(tx)
  return Number(ended.numAffectedRows ?? 0) > 0
}

export async function secretOf(tx: Tx, id: string): Promise<string | null> {
  const { rows } = await sql<{ secret: string | null }>`select telephony.secret_of(${id}) as secret`.execute(tx)
  return rows[0]?.secret ?? null
}

import { sql } from 'kysely'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { hospitalSenders, KeepingRule } from '../contract/senders.ts'

export interface Sender {
  readonly id: string
  readonly name: string
  readonly facility: string
}

/** As the system: the establishments for which a certificate speaks now. */
export async function sendersOfCertificate(tx: Tx, fingerprint: string): Promise<readonly Sender[]> {
  return (await sql<Sender>`select id, name, facility from hospital_events.sender where fingerprints @> array[${fingerprint}] and ended_at is null`.execute(tx))
    .rows
}

/** As the system: an establishment that may notify, with the print of its key; null where it has none. */
export async function senderWithKey(tx: Tx, id: string): Promise<(Sender & { readonly keyPrint: Buffer | null }) | null> {
  const { rows } = await sql<
    Sender & { keyPrint: Buffer | null }
  >`select id, name, facility, key_print as "keyPrint" from hospital_events.sender where id = ${id} and ended_at is null`.execute(tx)
  return rows[0] ?? null
}

type Listed = Omit<OutputOf<typeof hospitalSenders>['rows'][number], 'path'>

export async function listSenders(tx: Tx): Promise<readonly Listed[]> {
  const { rows } = await sql<Listed>`select id, name, facility, fingerprints, last_message_at as "lastMessageAt", key_made_at as "keyMadeAt",
      case when vouched then jsonb_build_object('because', vouched_because, 'byName', vouched_by_name, 'at', vouched_at) end as vouched
    from hospital_events.sender where ended_at is null order by name, id`.execute(tx)
  return rows
}

export async function insertSender(
  tx: Tx,
  sender: { readonly id: string; readonly name: string; readonly facility: string; readonly fingerprints: readonly string[] },
  now: Date,
): Promise<void> {
  await sql`insert into hospital_events.sender (id, name, facility, fingerprints, created_at)
    values (${sender.id}, ${sender.name}, ${sender.facility}, ${[...sender.fingerprints]}::text[], ${now})`.execute(tx)
}

export async function facilityTaken(tx: Tx, facility: string): Promise<boolean> {
  return (await sql`select from hospital_events.sender where facility = ${facility} and ended_at is null`.execute(tx)).rows.length > 0
}

export async function writeFingerprints(tx: Tx, id: string, fingerprints: readonly string[]): Promise<boolean> {
  const done = await sql`update hospital_events.sender set fingerprints = ${[...fingerprints]}::text[] where id = ${id} and ended_at is null`.execute(tx)
  return Number(done.numAffectedRows ?? 0) > 0
}

export async function writeVouched(
  tx: Tx,
  { id, vouched, because }: { readonly id: string; readonly vouched: boolean; readonly because: string },
  byName: string,
  now: Date,
): Promise<boolean> {
  const done = await sql`update hospital_events.sender set vouched = ${vouched}, vouched_because = ${because}, vouched_by_name = ${byName}, vouched_at = ${now}
    where id = ${id} and ended_at is null`.execute(tx)
  return Number(done.numAffectedRows ?? 0) > 0
}

export async function closeSender(tx: Tx, id: string, now: Date): Promise<boolean> {
  const done = await sql`update hospital_events.sender set ended_at = ${now} where id = ${id} and ended_at is null`.execute(tx)
  return Number(done.numAffectedRows ?? 0) > 0
}

export async function writeKeyPrint(tx: Tx, id: string, print: Buffer, now: Date): Promise<boolean> {
  const done = await sql`update hospital_events.sender set key_print = ${print}, key_made_at = ${now} where id = ${id} and ended_at is null`.execute(tx)
  return Number(done.numAffectedRows ?? 0) > 0
}

export interface Keeping extends KeepingRule {
  readonly version: number
  readonly decidedByName: string
  readonly decidedAt: string
}

export async function keepingNow(tx: Tx): Promise<Keeping> {
  const { rows } =
    await sql<Keeping>`select version, unknown_hours as "unknownHours", undecided_days as "undecidedDays", decided_by_name as "decidedByName", decided_at as "decidedAt"
    from hospital_events.keeping order by version desc limit 1`.execute(tx)
  return rows[0] as Keeping
}

export async function insertKeeping(tx: Tx, version: number, rule: KeepingRule, byName: string, now: Date): Promise<boolean> {
  const { rows } = await sql`insert into hospital_events.keeping (version, unknown_hours, undecided_days, decided_by_name, decided_at)
    values (${version}, ${rule.unknownHours}, ${rule.undecidedDays}, ${byName}, ${now}) on conflict do nothing returning version`.execute(tx)
  return rows.length > 0
}

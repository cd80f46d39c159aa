import { sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'
import type { Told, ToldIdentity } from '../contract/told.ts'

export interface KnownMessage {
  readonly id: string
  readonly digest: string
  readonly receivedAt: string
}

/** The message that this sender sent under this number, if it came already. */
export async function findMessage(tx: Tx, senderId: string, controlId: string): Promise<KnownMessage | undefined> {
  return (
    await sql<KnownMessage>`select id, encode(digest, 'hex') as digest, received_at as "receivedAt" from hospital_events.message
      where sender_id = ${senderId} and control_id = ${controlId}`.execute(tx)
  ).rows[0]
}

/** The stay that a sender numbers so, made at its first message; the traits of the message that the hospital wrote last are kept. Gives its id. */
export async function keepVisit(
  tx: Tx,
  visit: { readonly id: string; readonly senderId: string; readonly number: string; readonly traits: ToldIdentity; readonly sentAt: string },
  now: Date,
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into hospital_events.visit as known (id, sender_id, number, traits, traits_at, first_at, last_at)
    values (${visit.id}, ${visit.senderId}, ${visit.number}, ${JSON.stringify(visit.traits)}::jsonb, ${visit.sentAt}, ${now}, ${now})
    on conflict (sender_id, number) do update set last_at = greatest(known.last_at, excluded.last_at), state = case when known.state = 'forgotten' then 'received' else known.state end,
      traits = case when known.traits_at is null or known.traits is null or excluded.traits_at >= known.traits_at then excluded.traits else known.traits end,
      traits_at = case when known.traits is null then excluded.traits_at else greatest(known.traits_at, excluded.traits_at) end
    returning id`.execute(tx)
  return (rows[0] as { id: string }).id
}

/** False where another process kept the same message meanwhile. */
export async function insertMessage(
  tx: Tx,
  message: {
    readonly id: string
    readonly senderId: string
    readonly controlId: string
    readonly digest: string
    readonly visitId: string
    readonly told: Told
  },
  now: Date,
): Promise<boolean> {
  const { rows } = await sql`insert into hospital_events.message (id, sender_id, control_id, digest, visit_id, told, received_at)
    values (${message.id}, ${message.senderId}, ${message.controlId}, decode(${message.digest}, 'hex'), ${message.visitId}, ${JSON.stringify(message.told)}::jsonb, ${now})
    on conflict (sender_id, control_id) do nothing returning id`.execute(tx)
  return rows.length > 0
}

/** When a sender last spoke, to the minute: a row that every message would rewrite makes them wait for each other. */
export async function sawSender(tx: Tx, senderId: string, now: Date): Promise<void> {
  await sql`update hospital_events.sender set last_message_at = ${now} where id = ${senderId}
    and (last_message_at is null or last_message_at < ${now}::timestamptz - interval '1 minute')`.execute(tx)
}

import { sql } from 'kysely'
import type { Actor } from '../contract/actor.ts'
import { conflict } from '../contract/errors.ts'
import type { Tx } from './db.ts'
import { ahead } from './prepared-statements.ts'

/**
 * Takes the key for this transaction. Gives undefined when it is new; the earlier result when the same input was already done
 * (waiting, if that other transaction is still open); refuses the same key with another input.
 */
export async function claimKey(tx: Tx, actor: Actor, action: string, key: string, inputHash: Buffer, now: Date): Promise<{ result: unknown } | undefined> {
  const inserted = await sql`insert into platform.idempotency (actor_id, action, key, input_hash, created_at)
    values (${actor.userId}, ${action}, ${key}, ${inputHash}, ${now}) on conflict do nothing returning key`.execute(tx)
  if (inserted.rows.length > 0) return undefined
  const { rows } = await sql<{ input_hash: Buffer; result: unknown }>`select input_hash, result from platform.idempotency
    where actor_id = ${actor.userId} and action = ${action} and key = ${key}`.execute(tx)
  const [row] = rows
  if (row === undefined || !row.input_hash.equals(inputHash)) throw conflict('idempotency_mismatch')
  return { result: row.result }
}

/** Keeps the answer with the effect: both commit or neither does. */
export async function keepResult(tx: Tx, actor: Actor, action: string, key: string, result: unknown): Promise<void> {
  await sql`${sql.raw(ahead)}update platform.idempotency set result = ${JSON.stringify(result ?? null)}::jsonb
    where actor_id = ${actor.userId} and action = ${action} and key = ${key}`.execute(tx)
}

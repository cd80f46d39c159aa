import { sql } from 'kysely'
import type { Tx } from './db.ts'

/**
 * Adds a background job in the given transaction, through the owner's door. Payloads hold ids only.
 * `queue` keeps the order among jobs of that name; `jobKey` replaces an earlier job not yet run.
 */
export async function addJob(
  tx: Tx,
  task: string,
  payload: Readonly<Record<string, unknown>>,
  { queue, at, jobKey }: { queue?: string; at?: Date; jobKey?: string } = {},
): Promise<void> {
  await sql`select platform.add_job(${task}, ${JSON.stringify(payload)}::json, ${queue ?? null}, ${at ?? null}, ${jobKey ?? null})`.execute(tx)
}

import { sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'

/** True for a DAC that works today. */
export async function isDac(tx: Tx, serviceId: string): Promise<boolean> {
  const { rows } =
    await sql`select from territory.service where id = ${serviceId} and kind = 'dac' and (ends_on is null or ends_on >= platform.today())`.execute(tx)
  return rows.length > 0
}

import { sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'

/** Days during which whoever left a national directory may come back and find what services said of her. */
export const daysKeptUnseen = 90

const told = ['own_note', 'correction', 'error_report', 'party_relation', 'exchange'] as const

/** Deletes what services said of parties that left longer ago and are still absent (opposition, danger: TRE_R391). Gives how many lines went. */
export async function forgetVanished(tx: Tx, now: Date): Promise<number> {
  let forgotten = 0
  for (const table of told) {
    const gone = await sql`delete from ${sql.table(`directory.${table}`)} kept using directory.vanished v
      where v.party_id = kept.party_id and v.vanished_at < ${now}::timestamptz - make_interval(days => ${daysKeptUnseen})
        and not exists (select from directory.entry e where e.party_id = kept.party_id)`.execute(tx)
    forgotten += Number(gone.numAffectedRows ?? 0)
  }
  return forgotten
}

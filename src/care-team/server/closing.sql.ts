import { sql } from 'kysely'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'

/** Ends every access of today in the circle of a person; gives how many. */
export async function endAccessRows(tx: Tx, personId: PersonId, at: Date, by: string, reason: string): Promise<number> {
  const { rows } =
    await sql`update care_team.access set ends_at = ${at}, end_reason = ${reason}, ended_by = ${by} where person_id = ${personId} and ends_at is null returning id`.execute(
      tx,
    )
  return rows.length
}

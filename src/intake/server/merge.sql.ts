import { sql } from 'kysely'
import type { UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { SollicitationId } from '../contract/sollicitation.ts'

export async function hasMerged(tx: Tx, keptId: SollicitationId): Promise<boolean> {
  return (await sql`select from intake.sollicitation where merged_into = ${keptId} limit 1`.execute(tx)).rows.length > 0
}

export async function insertMerge(
  tx: Tx,
  merge: {
    id: string
    sollicitationId: SollicitationId
    keptId: SollicitationId
    reason: string | null
    personMoved: boolean
    mergedAt: Date
    mergedBy: UserId
  },
): Promise<void> {
  await sql`insert into intake.merge (id, sollicitation_id, kept_id, reason, person_moved, merged_at, merged_by)
    values (${merge.id}, ${merge.sollicitationId}, ${merge.keptId}, ${merge.reason}, ${merge.personMoved}, ${merge.mergedAt}, ${merge.mergedBy})`.execute(tx)
}

/** Gives whether the kept request had taken its person over. */
export async function endMerge(tx: Tx, sollicitationId: SollicitationId, at: Date, by: UserId): Promise<{ readonly personMoved: boolean }> {
  const { rows } = await sql<{ personMoved: boolean }>`update intake.merge set undone_at = ${at}, undone_by = ${by}
    where sollicitation_id = ${sollicitationId} and undone_at is null returning person_moved as "personMoved"`.execute(tx)
  return rows[0] ?? { personMoved: false }
}

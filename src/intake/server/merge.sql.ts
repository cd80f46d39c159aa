import { sql } from 'kysely'
import type { UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { SollicitationId } from '../contract/sollicitation.ts'

export async function hasMerged(tx: Tx, keptId: SollicitationId): Promise<boolean> {
  return (await sql`select from intake.sollicitation where merged_into = ${keptId} limit 1`.execute(tx)).rows.length > 0
}

export async function insertMerge(
  tx: Tx,
  merge: { id: string; sollicitationId: SollicitationId; keptId: SollicitationId; reason: string | null; mergedAt: Date; mergedBy: UserId },
): Promise<void> {
  await sql`insert into intake.merge (id, sollicitation_id, kept_id, reason, merged_at, merged_by)
    values (${merge.id}, ${merge.sollicitationId}, ${merge.keptId}, ${merge.reason}, ${merge.mergedAt}, ${merge.mergedBy})`.execute(tx)
}

export async function endMerge(tx: Tx, sollicitationId: SollicitationId, at: Date, by: UserId): Promise<void> {
  await sql`update intake.merge set undone_at = ${at}, undone_by = ${by} where sollicitation_id = ${sollicitationId} and undone_at is null`.execute(tx)
}

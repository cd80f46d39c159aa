import type { Context } from '../../platform/server/implement.ts'
import { settleUntaken } from './alert.sql.ts'

/**
 * Takes back the alerts that these rows raised, where nobody took them yet: it was an error, or it is cancelled. Those that somebody took stay with her. As a job,
 * in the caller's transaction; gives how many.
 */
export async function withdrawAlerts(context: Context, source: string, sourceIds: readonly string[], outcome: string): Promise<number> {
  const withdrawn = await settleUntaken(context.tx, source, sourceIds, context.now, outcome)
  for (const { alertId, personId, volet } of withdrawn) context.emit({ type: 'liaison.alert.withdrawn', personId, volet, payload: { alertId, personId } })
  return withdrawn.length
}

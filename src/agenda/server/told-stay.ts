import type { Context } from '../../platform/server/implement.ts'
import { type ToldStay, writeToldStay } from './stay.sql.ts'
import { tellStay } from './stays.ts'

/**
 * The line of the shared agenda follows a stay that an establishment tells: it appears, lengthens, ends, goes and comes back with it. Done twice, it changes
 * nothing. In the transaction of whoever follows the establishment, as a job.
 */
export async function placeToldStay(context: Context, told: ToldStay): Promise<void> {
  if (await writeToldStay(context.tx, told, context.now)) tellStay(context, told.personId, told.id)
}

import type { Context } from '../../platform/server/implement.ts'
import { workingCalendar } from '../../territory/server/api.ts'
import { dueAt } from '../contract/delays.ts'
import { delays } from '../contract/value-sets.ts'

/** When a request is due, in the working time of the installation. A delay that a region added has no term until it says one. */
export async function dueAtFor({ tx, timeZone }: Pick<Context, 'tx' | 'timeZone'>, urgency: string, receivedAt: Date): Promise<Date | null> {
  const known = delays.values.find(({ code }) => code === urgency)
  return known === undefined ? null : dueAt(known.code, receivedAt, await workingCalendar(tx, timeZone))
}

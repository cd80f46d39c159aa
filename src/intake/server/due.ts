import { addDays } from '../../platform/contract/dates.ts'
import type { Context } from '../../platform/server/implement.ts'

const days: Readonly<Record<string, number>> = { within_24h: 1, within_72h: 3, within_2_weeks: 14 }

export async function dueAtFor(_context: Context, urgency: string, receivedAt: Date): Promise<Date | null> {
  const more = days[urgency]
  if (more === undefined) return null
  return new Date(`${addDays(receivedAt.toISOString().slice(0, 10), more)}${receivedAt.toISOString().slice(10)}`)
}

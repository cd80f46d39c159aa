import { dayOf } from '../../platform/contract/dates.ts'
import { afterWorkingDays, type WorkingCalendar, workingDaysBetween, workingMinutesBetween } from '../../territory/contract/working-time.ts'
import type { DelayCode } from './value-sets.ts'

/** Working days of each answer to « À traiter sous »; null for no deadline. Professional proposals: no national delay exists (R7: « adapté au besoin »). */
export const delayWorkingDays: Readonly<Record<DelayCode, number | null>> = { within_24h: 1, within_72h: 3, within_2_weeks: 10, no_deadline: null }

/** When a request is due: the same hour, so many working days after it was received or after the opening that follows. Null without deadline. */
export function dueAt(delay: DelayCode, receivedAt: Date, calendar: WorkingCalendar): Date | null {
  const days = delayWorkingDays[delay]
  return days === null ? null : afterWorkingDays(receivedAt, days, calendar)
}

/** Where a delay stands. The screen makes « reste 2 h » or « en retard de 3 h » of `amount` and `unit`. */
export interface DelayStanding {
  readonly late: boolean
  /** Share of the working time already run, 0 to 1; 1 once late. */
  readonly share: number
  /** Bands of the jalon that are filled: 1 to 4 while it runs, 5 once late. */
  readonly bands: 1 | 2 | 3 | 4 | 5
  /** Less than a fifth of the working time is left. */
  readonly near: boolean
  /** How much is left, or how late it is: minutes and hours of the clock within a day, working days beyond. Rounded down. */
  readonly amount: number
  readonly unit: 'min' | 'h' | 'j'
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Computes a standing from the instants of reception and of term. The pole fills with working time, so that it does not move during a week-end. */
export function delayStanding(receivedAt: Date, due: Date, now: Date, calendar: WorkingCalendar): DelayStanding {
  const late = now.getTime() > due.getTime()
  const whole = workingMinutesBetween(receivedAt, due, calendar)
  const share = late || whole === 0 ? 1 : Math.min(1, workingMinutesBetween(receivedAt, now, calendar) / whole)
  const bands = late ? 5 : (Math.min(4, Math.max(1, Math.floor(share * 5))) as 1 | 2 | 3 | 4)
  return { late, share, bands, near: !late && share >= 0.8, ...distance(now, due, calendar) }
}

function distance(now: Date, due: Date, calendar: WorkingCalendar): { readonly amount: number; readonly unit: 'min' | 'h' | 'j' } {
  const [first, second] = now <= due ? [now, due] : [due, now]
  const span = second.getTime() - first.getTime()
  if (span < hour) return { amount: Math.floor(span / minute), unit: 'min' }
  if (span < day) return { amount: Math.floor(span / hour), unit: 'h' }
  return { amount: Math.max(1, workingDaysBetween(dayOf(first, calendar.timeZone), dayOf(second, calendar.timeZone), calendar)), unit: 'j' }
}

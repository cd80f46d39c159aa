import { delayWorkingDays } from '../../../intake/contract/delays.ts'
import { type DelayCode } from '../../../intake/contract/value-sets.ts'
import { addDays, type Day, dayOf } from '../../../platform/contract/dates.ts'
import { instantAt, isWorkingDay, minutesOf, usualCalendar, workingDayAfter } from '../../../territory/contract/working-time.ts'

/** The day around which a region is written, and its clock times. Instants of a day are made once: a large region asks for millions. */
export interface SeedCalendar {
  readonly today: Day
  /** The instant that everything precedes: 9 h 42 of today, or the real one before that. */
  readonly now: Date
  readonly timeZone: string
  /** 'YYYY-MM-DD', so many days before today; negative for days to come. */
  daysAgo(days: number): Day
  /** The day itself or the working day before it. */
  workingDay(day: string): Day
  workingDayAfter(day: string, count: number): Day
  /** The instant at which the clock shows these minutes since midnight. */
  at(day: string, minutes: number): Date
  /** An instant moved to the working hours of its day, or of the working day before it; never after now. */
  office(time: number): Date
  /** So many minutes before now. */
  minutesAgo(minutes: number): Date
  /** When a request received on a working day, within opening hours, is due: as `dueAt` of the desk says. */
  due(delay: DelayCode, receivedDay: string, minutes: number): Date | null
}

const morning = 9 * 60 + 42
const closing = 18 * 60

export function seedCalendar(instant: Date, timeZone = usualCalendar.timeZone): SeedCalendar {
  const today = dayOf(instant, timeZone)
  const now = minutesOf(instant, timeZone) > morning ? instantAt(today, morning, timeZone) : instant
  const noons = new Map<string, number>()
  const workingDays = new Map<string, Day>()
  const after = (day: string, count: number): Day => {
    const key = `${day} ${count}`
    const known = workingDays.get(key) ?? workingDayAfter(day, count, usualCalendar)
    workingDays.set(key, known)
    return known
  }
  // Clocks change on Sundays at night: within the hours that a region uses, every day has one offset.
  const at = (day: string, minutes: number): Date => {
    const noon = noons.get(day) ?? instantAt(day, 12 * 60, timeZone).getTime()
    noons.set(day, noon)
    return new Date(noon + (minutes - 12 * 60) * 60_000)
  }
  const before = new Map<string, Day>()
  const workingBefore = (day: string): Day => {
    const known = before.get(day)
    if (known !== undefined) return known
    let found = day as Day
    while (!isWorkingDay(found, usualCalendar)) found = addDays(found, -1)
    before.set(day, found)
    return found
  }
  return {
    today,
    now,
    timeZone,
    daysAgo: (days) => addDays(today, -days),
    workingDay: workingBefore,
    workingDayAfter: after,
    at,
    office: (time) => {
      const day = workingBefore(new Date(time).toISOString().slice(0, 10))
      return new Date(Math.min(now.getTime(), at(day, 510 + Math.floor(((time % 86_400_000) / 86_400_000) * 560)).getTime() + (time % 60_000)))
    },
    minutesAgo: (minutes) => new Date(now.getTime() - minutes * 60_000),
    due: (delay, receivedDay, minutes) => {
      const days = delayWorkingDays[delay]
      return days === null ? null : at(after(receivedDay, days), Math.min(minutes, closing))
    },
  }
}

import { addDays, type Day, dayOf } from '../../platform/contract/dates.ts'
import type { HolidayZone } from '../../platform/contract/holiday-zones.ts'
import { holidayOn } from './public-holidays.ts'

/** Opening hours of one day: pairs of minutes since midnight, in order, on the clock of the installation. */
export type OpeningHours = readonly (readonly [opens: number, closes: number])[]

/** When a service works. A setting: time zone, holidays and hours differ overseas, in Alsace-Moselle and from one DAC to the other. */
export interface WorkingCalendar {
  readonly timeZone: string
  readonly holidays: HolidayZone
  /** Sunday first, as in `Date.getUTCDay`. */
  readonly week: readonly [OpeningHours, OpeningHours, OpeningHours, OpeningHours, OpeningHours, OpeningHours, OpeningHours]
}

const usualDay: OpeningHours = [[8 * 60 + 30, 18 * 60]]

/** Monday to Friday, 8 h 30 to 18 h: what is proposed to a new DAC. */
export const usualCalendar: WorkingCalendar = { timeZone: 'Europe/Paris', holidays: 'france', week: [[], usualDay, usualDay, usualDay, usualDay, usualDay, []] }

const minute = 60_000

/** The hours of a service as it keeps them (`{ week: [[], [[510, 1080]], …] }`, Sunday first); the usual ones where it says nothing that can be read. */
export function weekOf(opening: unknown): WorkingCalendar['week'] {
  const week = (opening as { readonly week?: unknown } | null)?.week
  const sound =
    Array.isArray(week) &&
    week.length === 7 &&
    week.every(
      (hours) =>
        Array.isArray(hours) &&
        hours.every((pair, index) => Array.isArray(pair) && pair[0] >= (index === 0 ? 0 : hours[index - 1][1]) && pair[0] < pair[1] && pair[1] <= 24 * 60),
    ) &&
    week.some((hours) => hours.length > 0)
  return sound ? (week as unknown as WorkingCalendar['week']) : usualCalendar.week
}

/** The hours of a day; none on a holiday or a day off. */
export function hoursOn(day: string, calendar: WorkingCalendar): OpeningHours {
  if (holidayOn(day, calendar.holidays) !== null) return []
  return calendar.week[new Date(`${day}T00:00:00Z`).getUTCDay()] as OpeningHours
}

export function isWorkingDay(day: string, calendar: WorkingCalendar): boolean {
  return hoursOn(day, calendar).length > 0
}

/** True within the opening hours of a service. */
export function isOpenAt(instant: Date, calendar: WorkingCalendar): boolean {
  const now = minutesOf(instant, calendar.timeZone)
  return hoursOn(dayOf(instant, calendar.timeZone), calendar).some(([opens, closes]) => now >= opens && now < closes)
}

/** The `count`-th working day after a day; with 0, the day itself or the next one that is worked. */
export function workingDayAfter(day: string, count: number, calendar: WorkingCalendar): Day {
  if (!calendar.week.some((hours) => hours.length > 0)) throw new Error('a calendar without any working day')
  let at = day as Day
  let left = count
  while (left > 0 || !isWorkingDay(at, calendar)) {
    at = addDays(at, 1)
    if (left > 0 && isWorkingDay(at, calendar)) left--
  }
  return at
}

/** The instant at which a service can begin to act on what reached it: at once when open, else at the next opening. */
export function nextOpening(instant: Date, calendar: WorkingCalendar): Date {
  const day = dayOf(instant, calendar.timeZone)
  const now = minutesOf(instant, calendar.timeZone)
  const today = hoursOn(day, calendar).find(([, closes]) => now < closes)
  if (today !== undefined) return now >= today[0] ? instant : instantAt(day, today[0], calendar.timeZone)
  const next = workingDayAfter(addDays(day, 1), 0, calendar)
  return instantAt(next, (hoursOn(next, calendar)[0] as readonly [number, number])[0], calendar.timeZone)
}

/**
 * The instant that comes `count` working days after another: same time on the clock, no later than the closing of that day.
 * What arrives when the service is closed counts from the next opening. With 0, the closing of the day.
 */
export function afterWorkingDays(instant: Date, count: number, calendar: WorkingCalendar): Date {
  const start = nextOpening(instant, calendar)
  const day = workingDayAfter(dayOf(start, calendar.timeZone), count, calendar)
  const closes = (hoursOn(day, calendar).at(-1) as readonly [number, number])[1]
  return instantAt(day, count === 0 ? closes : Math.min(minutesOf(start, calendar.timeZone), closes), calendar.timeZone)
}

/** The instant after so many minutes of opening: what arrives when the service is closed counts from the next opening. */
export function afterWorkingMinutes(instant: Date, minutes: number, calendar: WorkingCalendar): Date {
  let at = nextOpening(instant, calendar)
  let left = minutes
  for (;;) {
    const day = dayOf(at, calendar.timeZone)
    const now = minutesOf(at, calendar.timeZone)
    const [, closes] = hoursOn(day, calendar).find(([opens, ends]) => now >= opens && now < ends) as readonly [number, number]
    if (left < closes - now) return new Date(at.getTime() + left * minute)
    left -= closes - now
    at = nextOpening(instantAt(day, closes, calendar.timeZone), calendar)
  }
}

/** Minutes of opening between two instants; 0 when the second comes first. */
export function workingMinutesBetween(from: Date, to: Date, calendar: WorkingCalendar): number {
  if (to <= from) return 0
  const last = dayOf(to, calendar.timeZone)
  let total = 0
  for (let day = dayOf(from, calendar.timeZone); day <= last; day = addDays(day, 1)) {
    for (const [opens, closes] of hoursOn(day, calendar)) {
      const begins = Math.max(instantAt(day, opens, calendar.timeZone).getTime(), from.getTime())
      const ends = Math.min(instantAt(day, closes, calendar.timeZone).getTime(), to.getTime())
      total += Math.max(0, ends - begins)
    }
  }
  return Math.round(total / minute)
}

/** Working days that begin after one day and up to another, both 'YYYY-MM-DD'. */
export function workingDaysBetween(from: string, to: string, calendar: WorkingCalendar): number {
  let count = 0
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(day, calendar)) count++
  return count
}

/** Minutes since midnight of an instant, on the clock of a zone. */
export function minutesOf(instant: Date, timeZone: string): number {
  const clock = new Date(instant.getTime() + offsetAt(instant.getTime(), timeZone))
  return clock.getUTCHours() * 60 + clock.getUTCMinutes()
}

/**
 * The instant at which the clock of a zone shows a day and a number of minutes since midnight.
 * An hour that does not exist (spring) gives the one an hour later; an hour that exists twice (autumn) gives the first.
 */
export function instantAt(day: string, minutes: number, timeZone: string): Date {
  const wanted = Date.parse(`${day}T00:00:00Z`) + minutes * minute
  const offsets = [wanted - 12 * 60 * minute, wanted + 12 * 60 * minute].map((around) => offsetAt(around, timeZone))
  const candidates = offsets.map((offset) => wanted - offset).sort((a, b) => a - b)
  const exact = candidates.find((candidate) => candidate + offsetAt(candidate, timeZone) === wanted)
  return new Date(exact ?? (candidates[1] as number))
}

/** Making a formatter costs a hundred times more than using it, and a list of delays uses it at every line. */
const clocks = new Map<string, Intl.DateTimeFormat>()

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone)
  if (known !== undefined) return known
  const clock = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
  clocks.set(timeZone, clock)
  return clock
}

/** How far the clock of a zone is ahead of UTC at an instant, in milliseconds. */
function offsetAt(at: number, timeZone: string): number {
  const parts = clockOf(timeZone).formatToParts(at)
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '00'
  return Date.parse(`${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}Z`) - Math.floor(at / 1000) * 1000
}

import { RRuleTemporal } from 'rrule-temporal'
import { addDays } from '../../platform/contract/dates.ts'
import { invalid } from '../../platform/contract/errors.ts'
import { instantAt } from '../../territory/contract/working-time.ts'
import { longestSeriesDays, mostOccurrences } from '../contract/appointment.ts'

export interface Moment {
  readonly startsAt: Date
  readonly endsAt: Date
}

const clocks = new Map<string, Intl.DateTimeFormat>()

/** Wall time of an instant on the clock of a zone: 'YYYY-MM-DDTHH:MM'. */
export function wallOf(instant: Date | string, timeZone: string): string {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  clocks.set(timeZone, clock)
  return clock.format(new Date(instant)).replace(' ', 'T')
}

/** The instant at which the clock of a zone shows a wall time; an hour that does not exist gives the next, one that exists twice the first. */
export function instantOfWall(wall: string, timeZone: string): Date {
  return instantAt(wall.slice(0, 10), Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16)), timeZone)
}

/** Refuses (`agenda.year_unlikely`) a day that was mistyped: calendars and clocks do not go on for ever. */
export function assertLikely(wall: string): void {
  if (wall < '1900' || wall >= '2200') throw invalid('agenda.year_unlikely')
}

/** From a wall time, for a number of minutes. Whole days are days of the clock, were one of them 23 or 25 hours long. */
export function momentAt(wall: string, minutes: number, allDay: boolean, timeZone: string): Moment {
  assertLikely(wall)
  const startsAt = instantOfWall(wall, timeZone)
  const endsAt = allDay
    ? instantAt(addDays(wall.slice(0, 10), Math.max(1, Math.round(minutes / 1440))), 0, timeZone)
    : new Date(startsAt.getTime() + minutes * 60_000)
  return { startsAt, endsAt }
}

const zones = new Set(Intl.supportedValuesOf('timeZone'))

/** Refuses (`agenda.rule_unreadable`) a zone that no clock knows. */
export function assertZone(timeZone: string): void {
  if (!zones.has(timeZone) && timeZone !== 'UTC') throw invalid('agenda.rule_unreadable')
}

/**
 * Every time of a rule (RFC 5545), from a first wall time. The first time always counts (DTSTART). Refuses a rule that is not understood, gives nothing, or
 * goes beyond `mostOccurrences` or `longestSeriesDays`.
 */
export function unfold(first: string, minutes: number, allDay: boolean, timeZone: string, rule: string | null): readonly Moment[] {
  if (rule === null) return [momentAt(first, minutes, allDay, timeZone)]
  const walls = wallsOf(first, timeZone, rule)
  const tooLong = { most: mostOccurrences, days: longestSeriesDays }
  if (walls.length === 0) throw invalid('agenda.rule_empty')
  const last = walls.at(-1) as string
  if (walls.length > mostOccurrences || addDays(first.slice(0, 10), longestSeriesDays) < last.slice(0, 10)) throw invalid('agenda.rule_too_long', tooLong)
  const moments = [...new Map(walls.map((wall) => momentAt(wall, minutes, allDay, timeZone)).map((moment) => [moment.startsAt.getTime(), moment])).values()]
  return moments.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
}

function wallsOf(first: string, timeZone: string, rule: string): readonly string[] {
  const start = `${first.replace(/[-:]/g, '')}00`
  try {
    const unfolded = new RRuleTemporal({ rruleString: `DTSTART;TZID=${timeZone}:${start}\nRRULE:${rule}`, maxIterations: 20_000 })
    const found: string[] = []
    // One more than allowed tells that there are too many, without unfolding a rule that has no end.
    unfolded.all((at, index) => {
      found.push(at.toPlainDateTime().toString().slice(0, 16))
      return index < mostOccurrences
    })
    return found
  } catch {
    throw invalid('agenda.rule_unreadable')
  }
}

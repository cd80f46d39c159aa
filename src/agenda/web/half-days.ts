import type { Absence, Busy, Occurrence } from '../contract/queries.ts'
import { placedOn } from './grid.ts'

/** A half-day of a colleague: free, taken by something, or she is away. */
export type HalfDay = 'free' | 'taken' | 'away'

export interface DayOfMember {
  readonly morning: HalfDay
  readonly afternoon: HalfDay
  /** She holds the line that day. */
  readonly duty: boolean
  /** Moments of hers, desk duty left out. */
  readonly moments: number
  readonly absence: Absence | undefined
}

/** Where the afternoon begins, in minutes since midnight: what ends at one o’clock leaves it free. */
const noon = 13 * 60

/** A moment of some minutes is not lengthened, as a calendar does to write in it: it would go over one o’clock. */
const asItIs = 1

/** How far a colleague is taken on a day of the clock: what she declined, and what was cancelled, takes nothing. */
export function dayOfMember(
  userId: string,
  day: string,
  data: { readonly rows: readonly Occurrence[]; readonly busy: readonly Busy[]; readonly absences: readonly Absence[] },
  timeZone: string,
): DayOfMember {
  const hers = data.rows.filter(
    (one) => one.state !== 'cancelled' && one.participants.some(({ partyId, response }) => partyId === userId && response !== 'declined'),
  )
  const moments = placedOn<Occurrence | Busy>(
    day,
    [...hers.filter(({ kind }) => kind !== 'desk_duty'), ...data.busy.filter(({ partyId }) => partyId === userId)],
    timeZone,
    asItIs,
  )
  const duties = placedOn(
    day,
    hers.filter(({ kind }) => kind === 'desk_duty'),
    timeZone,
    asItIs,
  )
  const absences = placedOn(
    day,
    data.absences.filter((one) => one.userId === userId),
    timeZone,
    asItIs,
  )
  const half = (of: (one: { readonly from: number; readonly to: number }) => boolean): HalfDay =>
    absences.some((one) => one.item.wholeDays || of(one)) ? 'away' : [...moments, ...duties].some(of) ? 'taken' : 'free'
  return {
    morning: half(({ from }) => from < noon),
    afternoon: half(({ to }) => to > noon),
    duty: duties.length > 0,
    moments: moments.length,
    absence: absences[0]?.item,
  }
}

/** Who holds the line on a day, each named once. */
export function onDuty(day: string, rows: readonly Occurrence[], timeZone: string): readonly string[] {
  const duties = placedOn(
    day,
    rows.filter((one) => one.kind === 'desk_duty' && one.state !== 'cancelled'),
    timeZone,
  )
  return [...new Set(duties.flatMap(({ item }) => item.participants.filter(({ response }) => response !== 'declined').map(({ name }) => name)))]
}

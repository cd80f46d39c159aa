import { addDays, dayOf } from '../../platform/contract/dates.ts'
import type { Occurrence } from '../contract/queries.ts'

/** Something drawn in a column of hours. */
export interface Timed {
  readonly startsAt: string
  readonly endsAt: string
}

/** Where it stands in its day: minutes since midnight on the clock, and which of how many columns. */
export interface Placed<T> {
  readonly item: T
  readonly from: number
  readonly to: number
  readonly column: number
  readonly columns: number
}

const clocks = new Map<string, Intl.DateTimeFormat>()

/** Minutes since midnight of an instant on the clock of a zone. */
export function minutesOn(instant: string, timeZone: string): number {
  const clock = clocks.get(timeZone) ?? new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  clocks.set(timeZone, clock)
  const [hour, minute] = clock.format(new Date(instant)).split(':')
  return Number(hour) * 60 + Number(minute)
}

/** The things of a day beside one another where they overlap; each group of overlapping things shares the width. A thing shorter than `least` minutes is drawn as long. */
export function placedOn<T extends Timed>(day: string, things: readonly T[], timeZone: string, least = 30): readonly Placed<T>[] {
  const ofDay = things
    .filter((one) => dayOf(one.startsAt, timeZone) <= day && dayOf(new Date(Date.parse(one.endsAt) - 1000), timeZone) >= day)
    .map((item) => {
      const from = dayOf(item.startsAt, timeZone) < day ? 0 : minutesOn(item.startsAt, timeZone)
      const to = dayOf(new Date(Date.parse(item.endsAt) - 1000), timeZone) > day ? 1440 : minutesOn(item.endsAt, timeZone) || 1440
      return { item, from, to: Math.max(to, from + least) }
    })
    .sort((a, b) => a.from - b.from || b.to - a.to)
  const placed: Placed<T>[] = []
  let group: { item: T; from: number; to: number; column: number }[] = []
  const close = (): void => {
    const columns = Math.max(0, ...group.map(({ column }) => column)) + 1
    placed.push(...group.map((one) => ({ ...one, columns })))
    group = []
  }
  for (const one of ofDay) {
    if (group.length > 0 && group.every(({ to }) => to <= one.from)) close()
    const taken = new Set(group.filter(({ to }) => to > one.from).map(({ column }) => column))
    let column = 0
    while (taken.has(column)) column++
    group.push({ ...one, column })
  }
  close()
  return placed
}

/** The Monday of the week of a day. */
export function mondayOf(day: string): string {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay()
  return addDays(day, weekday === 0 ? -6 : 1 - weekday)
}

/** A wall time moved by days and minutes: 'YYYY-MM-DDTHH:MM'. */
export function movedWall(wall: string, days: number, minutes: number): string {
  const at = new Date(`${wall}:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  at.setUTCMinutes(at.getUTCMinutes() + minutes)
  return at.toISOString().slice(0, 16)
}

/** Wall time of an instant on the clock of a zone. */
export function wallOn(instant: string, timeZone: string): string {
  const minutes = minutesOn(instant, timeZone)
  return `${dayOf(instant, timeZone)}T${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

/** The hours that a grid shows: the usual ones, wider where something stands outside them. */
export function hoursShown(
  things: readonly { readonly from: number; readonly to: number }[],
  usual: readonly [number, number] = [8, 19],
): readonly [number, number] {
  const from = Math.min(usual[0], ...things.map((one) => Math.floor(one.from / 60)))
  const to = Math.max(usual[1], ...things.map((one) => Math.ceil(one.to / 60)))
  return [from, to]
}

/** « 9 h 30 », « 9 h », « 09:30 », « 930 » as 09:30; anything else is left for the schema to refuse. */
export function readHour(typed: string): string {
  const text = typed.replace(/[\u00a0\u202f]/g, ' ').trim()
  const found = /^(\d{1,2})\s*(?:[h:]\s*(\d{2})?)?$/i.exec(text) ?? /^(\d{1,2})(\d{2})$/.exec(text)
  return found === null ? text : `${String(found[1]).padStart(2, '0')}:${found[2] ?? '00'}`
}

/** Minutes. */
export const lengthOf = (one: Occurrence): number => Math.round((Date.parse(one.endsAt) - Date.parse(one.startsAt)) / 60_000)
/** Of whole days: above the hours. */
export const isLong = (one: Occurrence): boolean => one.allDay || lengthOf(one) >= 1440

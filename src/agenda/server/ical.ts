import { RRuleTemporal } from 'rrule-temporal'
import { convertIcsCalendar, generateIcsCalendar, type IcsDateObject, type IcsEvent } from 'ts-ics'
import { addDays } from '../../platform/contract/dates.ts'
import { ruleParts } from '../contract/recurrence.ts'
import { instantOfWall, wallOf } from './unfold.ts'

/** One appointment as calendars exchange it (RFC 5545): who it is never leaves. */
export interface CalendarEntry {
  readonly uid: string
  readonly sequence: number
  readonly summary: string
  /** Wall time of the first: 'YYYY-MM-DDTHH:MM'. */
  readonly startsLocal: string
  readonly minutes: number
  readonly allDay: boolean
  readonly timeZone: string
  readonly rule: string | null
  readonly changedAt: string
  readonly cancelled: boolean
  /** Times of the rule that are not held, and those held at another hour. Instants. */
  readonly without: readonly string[]
  readonly moved: readonly { readonly recurrenceAt: string; readonly startsAt: string; readonly endsAt: string; readonly summary: string }[]
}

const minute = 60_000

function at(instant: Date, timeZone: string, allDay: boolean): IcsDateObject {
  if (allDay) return { type: 'DATE', date: new Date(`${wallOf(instant, timeZone).slice(0, 10)}T00:00:00Z`) }
  if (timeZone === 'UTC') return { type: 'DATE-TIME', date: instant }
  return {
    type: 'DATE-TIME',
    date: instant,
    local: { date: new Date(`${wallOf(instant, timeZone)}:00Z`), timezone: timeZone, tzoffset: offsetWords(instant, timeZone) },
  }
}

function offsetMinutes(instant: Date, timeZone: string): number {
  return Math.round((Date.parse(`${wallOf(instant, timeZone)}:00Z`) - Math.floor(instant.getTime() / minute) * minute) / minute)
}

function offsetWords(instant: Date, timeZone: string): string {
  const offset = offsetMinutes(instant, timeZone)
  const size = Math.abs(offset)
  return `${offset < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}${String(size % 60).padStart(2, '0')}`
}

/**
 * The changes of clock of a zone during some years, one by one: no rule of ours could outlive the law. Written here, because the library writes these lines
 * on the clock of the machine.
 */
function zoneText(timeZone: string, firstYear: number, lastYear: number): string {
  const lines = ['BEGIN:VTIMEZONE', `TZID:${timeZone}`]
  const observance = (start: string, from: string, to: string): void => {
    const kind = from < to && !(from.startsWith('-') && to.startsWith('-')) ? 'DAYLIGHT' : 'STANDARD'
    lines.push(`BEGIN:${kind}`, `DTSTART:${start.replace(/[-:]/g, '')}00`, `TZOFFSETFROM:${from}`, `TZOFFSETTO:${to}`, `END:${kind}`)
  }
  let last = new Date(Date.UTC(firstYear, 0, 1))
  observance(`${firstYear}-01-01T00:00`, offsetWords(last, timeZone), offsetWords(last, timeZone))
  for (let day = last; day.getUTCFullYear() <= lastYear; day = new Date(day.getTime() + 86_400_000)) {
    const from = offsetMinutes(last, timeZone)
    if (offsetMinutes(day, timeZone) !== from) {
      let [before, after] = [last.getTime(), day.getTime()]
      while (after - before > minute) {
        const middle = Math.floor((before + after) / 2 / minute) * minute
        if (offsetMinutes(new Date(middle), timeZone) === from) before = middle
        else after = middle
      }
      observance(new Date(after + from * minute).toISOString().slice(0, 16), offsetWords(last, timeZone), offsetWords(day, timeZone))
    }
    last = day
  }
  return `${lines.join('\r\n')}\r\nEND:VTIMEZONE\r\n`
}

/** A calendar of entries, as Outlook, Google and CalDAV read it. The same entries give the same text. */
export function toICalendar(name: string, entries: readonly CalendarEntry[]): string {
  const years = entries.flatMap(({ startsLocal }) => Number(startsLocal.slice(0, 4)))
  const zones = [...new Set(entries.filter(({ allDay, timeZone }) => !allDay && timeZone !== 'UTC').map(({ timeZone }) => timeZone))].sort()
  const text = generateIcsCalendar({ version: '2.0', prodId: '-//Jalon//Agenda//FR', method: 'PUBLISH', name, events: entries.flatMap(eventsOf) })
  const clocks = zones.map((zone) => zoneText(zone, Math.min(...years), Math.max(...years) + 2)).join('')
  const at = text.indexOf('BEGIN:VEVENT')
  return at === -1 ? text : text.slice(0, at) + clocks + text.slice(at)
}

function eventsOf(entry: CalendarEntry): IcsEvent[] {
  const { timeZone, allDay } = entry
  const start = instantOfWall(entry.startsLocal, timeZone)
  const end = allDay
    ? instantOfWall(`${addDays(entry.startsLocal.slice(0, 10), Math.max(1, entry.minutes / 1440))}T00:00`, timeZone)
    : new Date(start.getTime() + entry.minutes * minute)
  const common = {
    uid: entry.uid,
    sequence: entry.sequence,
    stamp: { type: 'DATE-TIME', date: new Date(entry.changedAt) } as IcsDateObject,
    class: 'PRIVATE' as const,
    timeTransparent: 'OPAQUE' as const,
  }
  const master: IcsEvent = {
    ...common,
    summary: entry.summary,
    status: entry.cancelled ? 'CANCELLED' : 'CONFIRMED',
    start: at(start, timeZone, allDay),
    end: at(end, timeZone, allDay),
    ...(entry.rule === null ? {} : { recurrenceRule: ruleObject(entry.rule, timeZone) }),
    ...(entry.without.length === 0 ? {} : { exceptionDates: entry.without.map((one) => at(new Date(one), timeZone, allDay)) }),
  } as IcsEvent
  return [
    master,
    ...entry.moved.map(
      (one) =>
        ({
          ...common,
          summary: one.summary,
          status: 'CONFIRMED',
          recurrenceId: { value: at(new Date(one.recurrenceAt), timeZone, allDay) },
          start: at(new Date(one.startsAt), timeZone, allDay),
          end: at(new Date(one.endsAt), timeZone, allDay),
        }) as IcsEvent,
    ),
  ]
}

type IcsRule = NonNullable<IcsEvent['recurrenceRule']>

/** Our rules, and those that we kept from outside, as the library writes them. */
function ruleObject(rule: string, timeZone: string): IcsRule {
  const parsed = convertIcsCalendar(undefined, calendarAround(`DTSTART;TZID=${timeZone}:20260101T000000\r\nRRULE:${rule}`)).events?.[0]?.recurrenceRule
  if (parsed === undefined) throw new Error('a rule that the library does not read')
  return parsed
}

const calendarAround = (lines: string): string =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Jalon//Agenda//FR\r\nBEGIN:VEVENT\r\nUID:x\r\nDTSTAMP:20260101T000000Z\r\n${lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`

/** Why an entry of a file is left out; the reasons have their French in the screen. */
export type Unread = 'free' | 'ours' | 'unreadable'

export interface ReadCalendar {
  readonly entries: readonly CalendarEntry[]
  readonly left: Readonly<Record<Unread, number>>
}

/** UIDs that this software made: what comes back is already here. */
const ours = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}@jalon$/i

/**
 * Reads a calendar file: entries by UID, with their moved and cancelled times. Times without a zone, and zones that no clock knows (« Romance Standard Time »),
 * are on the clock of the installation. Throws on what is no calendar.
 */
export function fromICalendar(text: string, timeZone: string): ReadCalendar {
  // Outlook names zones in its own words: what the file calls by a name that clocks do not know is the local clock.
  const known = text.replace(/;TZID="?([^":;]+)"?:/g, (whole, zone: string) => (isZone(zone) ? whole : `;TZID=${timeZone}:`))
  const calendar = convertIcsCalendar(undefined, known)
  const left: Record<Unread, number> = { free: 0, ours: 0, unreadable: 0 }
  const byUid = new Map<string, IcsEvent[]>()
  for (const event of calendar.events ?? []) {
    if (event.timeTransparent === 'TRANSPARENT') left.free++
    else if (ours.test(event.uid)) left.ours++
    else byUid.set(event.uid, [...(byUid.get(event.uid) ?? []), event])
  }
  const entries: CalendarEntry[] = []
  for (const [uid, events] of byUid) {
    const entry = entryOf(uid, events, timeZone)
    if (entry === null) left.unreadable++
    else entries.push(entry)
  }
  return { entries, left }
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

function entryOf(uid: string, events: readonly IcsEvent[], zone: string): CalendarEntry | null {
  const master = events.find(({ recurrenceId }) => recurrenceId === undefined) ?? events[0]
  if (master === undefined || Number.isNaN(master.start.date.getTime())) return null
  const allDay = master.start.type === 'DATE'
  const timeZone = master.start.local?.timezone ?? zone
  const start = allDay ? instantOfWall(`${master.start.date.toISOString().slice(0, 10)}T00:00`, zone) : master.start.date
  const end = endOf(master, allDay, zone)
  const minutes = allDay
    ? Math.max(1, Math.round((end.getTime() - start.getTime()) / 86_400_000)) * 1440
    : Math.max(5, Math.round((end.getTime() - start.getTime()) / minute))
  const overrides = events.filter(({ recurrenceId }) => recurrenceId !== undefined)
  const rule = master.recurrenceRule === undefined ? null : ruleText(master, timeZone)
  const instant = (one: IcsDateObject): string =>
    (one.type === 'DATE' ? instantOfWall(`${one.date.toISOString().slice(0, 10)}T00:00`, zone) : one.date).toISOString()
  return {
    uid,
    sequence: Math.max(0, ...events.map(({ sequence }) => sequence ?? 0)),
    summary: (master.summary ?? '').slice(0, 120),
    startsLocal: wallOf(start, timeZone),
    minutes,
    allDay,
    timeZone,
    rule,
    changedAt: (master.lastModified?.date ?? master.stamp.date).toISOString(),
    cancelled: master.status === 'CANCELLED',
    without: [
      ...(master.exceptionDates ?? []).map(instant),
      ...overrides.filter(({ status }) => status === 'CANCELLED').map(({ recurrenceId }) => instant(recurrenceId?.value as IcsDateObject)),
    ].sort(),
    moved: overrides
      .filter(({ status }) => status !== 'CANCELLED')
      .map((one) => ({
        recurrenceAt: instant(one.recurrenceId?.value as IcsDateObject),
        startsAt: instant(one.start),
        endsAt: endOf(one, allDay, zone).toISOString(),
        summary: (one.summary ?? master.summary ?? '').slice(0, 120),
      }))
      .sort((a, b) => a.recurrenceAt.localeCompare(b.recurrenceAt)),
  }
}

function endOf(event: IcsEvent, allDay: boolean, zone: string): Date {
  const day = (one: IcsDateObject): Date => instantOfWall(`${one.date.toISOString().slice(0, 10)}T00:00`, zone)
  if (event.end != null) return allDay ? day(event.end) : event.end.date
  const { weeks = 0, days = 0, hours = 0, minutes = 0 } = event.duration ?? {}
  const length = ((weeks * 7 + days) * 24 + hours) * 60 + minutes
  return new Date((allDay ? day(event.start) : event.start.date).getTime() + (length || (allDay ? 1440 : 30)) * minute)
}

/** The RRULE of an entry, word for word as we keep it, checked by unfolding its first time. */
function ruleText(event: IcsEvent, timeZone: string): string | null {
  const text = generateIcsCalendar({ version: '2.0', prodId: 'x', events: [event] })
    .replace(/\r\n[ \t]/g, '')
    .split(/\r\n/)
    .find((line) => line.startsWith('RRULE'))
  if (text === undefined) return null
  const rule = [...ruleParts(text.slice(text.indexOf(':') + 1))].map(([name, value]) => `${name}=${value}`).join(';')
  new RRuleTemporal({ rruleString: `DTSTART;TZID=${timeZone}:20260101T000000\nRRULE:${rule}` })
  return rule
}

import { addDays, dayOf, formatDay } from '../../contract/dates.ts'
import { nbsp } from './typography.ts'

let zone = 'Europe/Paris'

/** The zone of the installation (a setting: overseas regions have theirs). Called once, when the session is read. */
export function setDisplayZone(name: string): void {
  zone = name
}

export function displayZone(): string {
  return zone
}

/** The calendar day of now where the installation is. */
export function today(now: Date = new Date()): string {
  return dayOf(now, zone)
}

/** « 9 h 42 » */
export function formatHour(instant: string | Date): string {
  const [hour, minute] = new Intl.DateTimeFormat('fr-FR', { timeZone: zone, hour: 'numeric', minute: '2-digit', hourCycle: 'h23' })
    .format(new Date(instant))
    .split(':')
  return `${Number(hour)}${nbsp}h${nbsp}${minute}`
}

/** « 15/10/2026 »: the day of an instant where the installation is. `formatDay` of an instant would give its day in universal time. */
export function formatDayOf(instant: string | Date): string {
  return formatDay(dayOf(instant, zone))
}

/** « 15/10/2026 à 9 h 42 »: what was done has its exact date. */
export function formatInstant(instant: string | Date): string {
  return `${formatDay(dayOf(instant, zone))} à ${formatHour(instant)}`
}

/** « jeudi 15 octobre »; with the year when it is not the current one. */
export function formatLongDay(day: string, now: Date = new Date()): string {
  const withYear = day.slice(0, 4) !== today(now).slice(0, 4)
  return firstOfMonth(civil(day, { weekday: 'long', day: 'numeric', month: 'long', ...(withYear ? { year: 'numeric' } : {}) }))
}

/** « mardi 1er décembre »: the first of a month is the only one said as a rank. */
const firstOfMonth = (words: string): string => words.replace(/(?<=^|\s)1(?=$|\s\p{L})/u, '1er')

/** « 16 – 22 novembre 2026 », « 30 novembre – 6 décembre 2026 »: days in a row, short enough for a bar. */
export function formatSpan(from: string, to: string): string {
  const first = firstOfMonth(civil(from, { day: 'numeric', ...(from.slice(0, 7) === to.slice(0, 7) ? {} : { month: 'long' }) }))
  return `${first} – ${firstOfMonth(civil(to, { day: 'numeric', month: 'long', year: 'numeric' }))}`
}

/** « jeu. 15 » */
export function formatWeekDay(day: string): string {
  return civil(day, { weekday: 'short', day: 'numeric' })
}

/** What happened: « aujourd’hui 7 h 50 », « hier 18 h 12 », « jeu. 7 h 50 » within six days, then « 02/10/2026 ». */
export function formatWhen(instant: string | Date, now: Date = new Date()): string {
  const day = dayOf(instant, zone)
  const current = today(now)
  if (day === current) return `aujourd’hui ${formatHour(instant)}`
  if (day === addDays(current, -1)) return `hier ${formatHour(instant)}`
  if (day < current && day > addDays(current, -7)) return `${civil(day, { weekday: 'short' })} ${formatHour(instant)}`
  return formatDay(day)
}

/** What is to come: « auj. 14 h 30 », « demain 10 h 00 », « ven. 10 h 00 » within six days, « mar. 20/10 », then the full date. */
export function formatUpcoming(instant: string | Date, now: Date = new Date()): string {
  const day = dayOf(instant, zone)
  const current = today(now)
  if (day === current) return `auj. ${formatHour(instant)}`
  if (day === addDays(current, 1)) return `demain ${formatHour(instant)}`
  if (day > current && day < addDays(current, 7)) return `${civil(day, { weekday: 'short' })} ${formatHour(instant)}`
  if (day > current && day < addDays(current, 60)) return `${civil(day, { weekday: 'short' })} ${formatDay(day).slice(0, 5)}`
  return formatDay(day)
}

function civil(day: string, format: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('fr-FR', { ...format, timeZone: 'UTC' }).format(new Date(`${day.slice(0, 10)}T12:00:00Z`))
}

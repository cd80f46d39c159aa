import type { Branded } from './ids.ts'

/** A day of the calendar without an hour or a zone: 'YYYY-MM-DD'. */
export type Day = Branded<'Day'>

export type ParsedDay = { readonly ok: true; readonly day: Day } | { readonly ok: false; readonly message: string }

const monthNames = ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre']
const plainMonths = monthNames.map((name) => name.normalize('NFD').replace(/[\u0300-\u036f]/g, ''))

/**
 * Reads a day as people type it: 12/03/1941, 12-3-41, 12.03.1941, 12031941, 120341, 12 mars 1941, 1er avril 2026, 1941-03-12.
 * Two-digit years are read in the hundred years that end with `pivotYear` (the current year by default).
 * Refuses a day that does not exist, saying which, and a year before 1000 or after 9000.
 */
export function parseDay(typed: string, pivotYear = new Date().getFullYear()): ParsedDay {
  const text = typed
    .trim()
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (iso) return makeDay(Number(iso[3]), Number(iso[2]), Number(iso[1]))
  const digits = /^(\d{2})(\d{2})(\d{4}|\d{2})$/.exec(text)
  const separated = /^(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4}|\d{2})$/.exec(text)
  const numeric = digits ?? separated
  if (numeric) return makeDay(Number(numeric[1]), Number(numeric[2]), fullYear(String(numeric[3]), pivotYear))
  const worded = /^(\d{1,2})(?:er)?\s+([a-z]+)\.?\s+(\d{4}|\d{2})$/.exec(text)
  if (worded) {
    const month = plainMonths.findIndex((name) => name === worded[2] || (String(worded[2]).length >= 3 && name.startsWith(String(worded[2]))))
    if (month >= 0) return makeDay(Number(worded[1]), month + 1, fullYear(String(worded[3]), pivotYear))
  }
  return { ok: false, message: 'Date non comprise. Écrivez-la comme 12/03/1941. Votre saisie est gardée.' }
}

function fullYear(year: string, pivotYear: number): number {
  if (year.length === 4) return Number(year)
  const century = Math.floor(pivotYear / 100) * 100
  const guess = century + Number(year)
  return guess > pivotYear ? guess - 100 : guess
}

/** A year outside is a slip of the hand; at the ends of the calendar PostgreSQL has no day before, or none after. What each use calls likely is said there. */
const likelyYears = { first: 1000, last: 9000 } as const

function makeDay(day: number, month: number, year: number): ParsedDay {
  if (year < likelyYears.first || year > likelyYears.last) return { ok: false, message: `Vérifiez l’année ${year}. Votre saisie est gardée.` }
  if (month < 1 || month > 12) return { ok: false, message: `Le mois ${month} n’existe pas. Votre saisie est gardée.` }
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  if (day < 1 || day > last)
    return { ok: false, message: `Le ${day} ${monthNames[month - 1]} ${last === 28 && day === 29 ? `${year} ` : ''}n’existe pas. Votre saisie est gardée.` }
  return { ok: true, day: `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}` as Day }
}

/** 12/03/1941 */
export function formatDay(day: string): string {
  const [year, month, dayOfMonth] = day.slice(0, 10).split('-')
  return `${dayOfMonth}/${month}/${year}`
}

/** Whole years from a birth day to another day. */
export function ageOn(birth: string, on: string): number {
  const years = Number(on.slice(0, 4)) - Number(birth.slice(0, 4))
  return on.slice(5, 10) < birth.slice(5, 10) ? years - 1 : years
}

// Making a formatter costs a hundred times its use, and every request asks for the day.
const dayFormats = new Map<string, Intl.DateTimeFormat>()

function dayFormat(timeZone: string): Intl.DateTimeFormat {
  const known = dayFormats.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  dayFormats.set(timeZone, known)
  return known
}

/** The day of an instant in a time zone (IANA name). */
export function dayOf(instant: Date | string, timeZone: string): Day {
  return dayFormat(timeZone).format(new Date(instant)) as Day
}

/** The day that comes `days` later (or earlier, if negative). */
export function addDays(day: string, days: number): Day {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10) as Day
}

/** The same day `months` later; the last of the month where that day does not exist. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, dayOfMonth = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  const at = new Date(Date.UTC(year, month - 1 + months, Math.min(dayOfMonth, last)))
  return at.toISOString().slice(0, 10)
}

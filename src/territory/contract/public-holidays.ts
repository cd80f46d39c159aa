import { addDays, type Day } from '../../platform/contract/dates.ts'
import type { HolidayZone } from '../../platform/contract/holiday-zones.ts'

export interface PublicHoliday {
  readonly day: Day
  readonly name: string
}

/** Easter Sunday of a year of the Gregorian calendar (Meeus, Jones, Butcher). */
export function easterSunday(year: number): Day {
  const a = year % 19
  const century = Math.floor(year / 100)
  const inCentury = year % 100
  const f = Math.floor((century + 8) / 25)
  const g = Math.floor((century - f + 1) / 3)
  const h = (19 * a + century - Math.floor(century / 4) - g + 15) % 30
  const l = (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - h - (inCentury % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const month = Math.floor((h + l - 7 * m + 114) / 31)
  const day = ((h + l - 7 * m + 114) % 31) + 1
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}` as Day
}

/** Abolition of slavery (loi 83-550 and décret 83-1003): month and day. */
const abolition: Readonly<Partial<Record<HolidayZone, string>>> = {
  mayotte: '04-27',
  martinique: '05-22',
  guadeloupe: '05-27',
  saint_martin: '05-28',
  guyane: '06-10',
  saint_barthelemy: '10-09',
  reunion: '12-20',
}

/** Public holidays of a year, in order (code du travail, L.3133-1; L.3134-13 for Alsace-Moselle; L.3422-2 overseas). */
export function publicHolidays(year: number, zone: HolidayZone): readonly PublicHoliday[] {
  const easter = easterSunday(year)
  const fixed = (monthAndDay: string, name: string): PublicHoliday => ({ day: `${year}-${monthAndDay}` as Day, name })
  const moving = (daysAfterEaster: number, name: string): PublicHoliday => ({ day: addDays(easter, daysAfterEaster), name })
  const freed = abolition[zone]
  const days = [
    fixed('01-01', 'Jour de l’an'),
    moving(1, 'Lundi de Pâques'),
    fixed('05-01', 'Fête du Travail'),
    fixed('05-08', 'Victoire 1945'),
    moving(39, 'Ascension'),
    moving(50, 'Lundi de Pentecôte'),
    fixed('07-14', 'Fête nationale'),
    fixed('08-15', 'Assomption'),
    fixed('11-01', 'Toussaint'),
    fixed('11-11', 'Armistice 1918'),
    fixed('12-25', 'Noël'),
    ...(zone === 'alsace_moselle' ? [moving(-2, 'Vendredi saint'), fixed('12-26', 'Saint-Étienne')] : []),
    ...(freed === undefined ? [] : [fixed(freed, 'Abolition de l’esclavage')]),
  ]
  return days.sort((a, b) => (a.day < b.day ? -1 : 1))
}

/** The name of the holiday that a day is, or null. */
export function holidayOn(day: string, zone: HolidayZone): string | null {
  return publicHolidays(Number(day.slice(0, 4)), zone).find((one) => one.day === day)?.name ?? null
}

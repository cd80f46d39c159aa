import fc from 'fast-check'
import { expect, test } from 'vitest'
import { easterSunday, holidayOn, publicHolidays } from './public-holidays.ts'

test.each([
  [1961, '1961-04-02'],
  [1981, '1981-04-19'],
  [2000, '2000-04-23'],
  [2008, '2008-03-23'],
  [2011, '2011-04-24'],
  [2024, '2024-03-31'],
  [2025, '2025-04-20'],
  [2026, '2026-04-05'],
  [2027, '2027-03-28'],
  [2038, '2038-04-25'],
])('Easter %i is on %s', (year, day) => {
  expect(easterSunday(year)).toBe(day)
})

test('Easter is a Sunday between 22 March and 25 April', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1900, max: 2199 }), (year) => {
      const easter = easterSunday(year)
      return new Date(`${easter}T00:00:00Z`).getUTCDay() === 0 && easter >= `${year}-03-22` && easter <= `${year}-04-25`
    }),
  )
})

test('eleven holidays in France, thirteen in Alsace-Moselle, twelve overseas', () => {
  expect(publicHolidays(2026, 'france').map((one) => one.day)).toEqual([
    '2026-01-01',
    '2026-04-06',
    '2026-05-01',
    '2026-05-08',
    '2026-05-14',
    '2026-05-25',
    '2026-07-14',
    '2026-08-15',
    '2026-11-01',
    '2026-11-11',
    '2026-12-25',
  ])
  expect(publicHolidays(2026, 'alsace_moselle')).toHaveLength(13)
  expect(publicHolidays(2026, 'reunion')).toHaveLength(12)
})

test('Good Friday and the day after Christmas are holidays in Metz, not in Nancy', () => {
  expect(holidayOn('2026-04-03', 'alsace_moselle')).toBe('Vendredi saint')
  expect(holidayOn('2026-12-26', 'alsace_moselle')).toBe('Saint-Étienne')
  expect(holidayOn('2026-04-03', 'france')).toBeNull()
  expect(holidayOn('2026-12-20', 'reunion')).toBe('Abolition de l’esclavage')
})

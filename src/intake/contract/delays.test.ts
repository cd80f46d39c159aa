import { expect, test } from 'vitest'
import { instantAt, usualCalendar } from '../../territory/contract/working-time.ts'
import { delayStanding, delayWorkingDays, dueAt } from './delays.ts'
import { delays } from './value-sets.ts'

const paris = (text: string): Date => {
  const [day, time] = text.split(' ') as [string, string]
  const [hours, minutes] = time.split(':').map(Number) as [number, number]
  return instantAt(day, hours * 60 + minutes, 'Europe/Paris')
}

test('every delay of the list has its number of working days', () => {
  expect(Object.keys(delayWorkingDays).sort()).toEqual(delays.values.map((value) => value.code).sort())
})

test('a request received on Friday at 16 h with 24 h is due on Monday at 16 h', () => {
  expect(dueAt('within_24h', paris('2026-11-20 16:00'), usualCalendar)).toEqual(paris('2026-11-23 16:00'))
  expect(dueAt('within_72h', paris('2026-11-20 16:00'), usualCalendar)).toEqual(paris('2026-11-25 16:00'))
  expect(dueAt('within_2_weeks', paris('2026-11-20 16:00'), usualCalendar)).toEqual(paris('2026-12-04 16:00'))
  expect(dueAt('no_deadline', paris('2026-11-20 16:00'), usualCalendar)).toBeNull()
})

test('the jalon fills in five bands as working time runs, and does not move during the week-end', () => {
  const received = paris('2026-11-20 16:00')
  const due = paris('2026-11-23 16:00')
  const bands = (now: string) => delayStanding(received, due, paris(now), usualCalendar).bands
  expect([
    bands('2026-11-20 16:00'),
    bands('2026-11-20 18:00'),
    bands('2026-11-22 12:00'),
    bands('2026-11-23 11:00'),
    bands('2026-11-23 15:00'),
    bands('2026-11-23 16:01'),
  ]).toEqual([1, 1, 1, 2, 4, 5])
})

test('what is left is said in minutes, hours, then working days; what is late likewise', () => {
  const received = paris('2026-11-19 09:00')
  const due = paris('2026-11-23 16:00')
  const standing = (now: string) => delayStanding(received, due, paris(now), usualCalendar)
  expect(standing('2026-11-20 09:00')).toMatchObject({ late: false, amount: 1, unit: 'j' })
  expect(standing('2026-11-23 13:40')).toMatchObject({ late: false, amount: 2, unit: 'h', near: true })
  expect(standing('2026-11-23 15:45')).toMatchObject({ late: false, amount: 15, unit: 'min' })
  expect(standing('2026-11-23 19:00')).toMatchObject({ late: true, amount: 3, unit: 'h', bands: 5, share: 1, near: false })
  expect(standing('2026-11-26 17:00')).toMatchObject({ late: true, amount: 3, unit: 'j' })
})

test('a term that fell when nobody worked is full at once', () => {
  expect(delayStanding(paris('2026-11-21 10:00'), paris('2026-11-22 10:00'), paris('2026-11-21 12:00'), usualCalendar)).toMatchObject({
    share: 1,
    bands: 4,
    near: true,
  })
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayOf } from '../../platform/contract/dates.ts'
import {
  afterWorkingDays,
  afterWorkingMinutes,
  instantAt,
  isOpenAt,
  isWorkingDay,
  minutesOf,
  nextOpening,
  usualCalendar,
  type WorkingCalendar,
  weekOf,
  workingDaysBetween,
  workingMinutesBetween,
} from './working-time.ts'

const paris = (text: string): Date => {
  const [day, time] = text.split(' ') as [string, string]
  const [hours, minutes] = time.split(':').map(Number) as [number, number]
  return instantAt(day, hours * 60 + minutes, 'Europe/Paris')
}
const alsace: WorkingCalendar = { ...usualCalendar, holidays: 'alsace_moselle' }
const reunion: WorkingCalendar = { ...usualCalendar, timeZone: 'Indian/Reunion', holidays: 'reunion' }

test('what arrives on Friday evening begins on Monday morning', () => {
  expect(nextOpening(paris('2026-11-20 18:30'), usualCalendar)).toEqual(paris('2026-11-23 08:30'))
  expect(nextOpening(paris('2026-11-22 10:00'), usualCalendar)).toEqual(paris('2026-11-23 08:30'))
  expect(nextOpening(paris('2026-11-23 07:00'), usualCalendar)).toEqual(paris('2026-11-23 08:30'))
  expect(nextOpening(paris('2026-11-23 10:12'), usualCalendar)).toEqual(paris('2026-11-23 10:12'))
})

test('a working day later is the same hour, week-ends and holidays left out', () => {
  expect(afterWorkingDays(paris('2026-11-20 16:00'), 1, usualCalendar)).toEqual(paris('2026-11-23 16:00'))
  expect(afterWorkingDays(paris('2026-11-10 09:00'), 1, usualCalendar)).toEqual(paris('2026-11-12 09:00'))
  expect(afterWorkingDays(paris('2026-11-21 16:00'), 3, usualCalendar)).toEqual(paris('2026-11-26 08:30'))
  expect(afterWorkingDays(paris('2026-12-24 10:00'), 1, usualCalendar)).toEqual(paris('2026-12-28 10:00'))
})

test('Good Friday delays in Metz and not in Nancy', () => {
  expect(afterWorkingDays(paris('2026-04-02 10:00'), 1, usualCalendar)).toEqual(paris('2026-04-03 10:00'))
  expect(afterWorkingDays(paris('2026-04-02 10:00'), 1, alsace)).toEqual(paris('2026-04-07 10:00'))
})

test('the same day is the closing of the day', () => {
  expect(afterWorkingDays(paris('2026-11-23 10:00'), 0, usualCalendar)).toEqual(paris('2026-11-23 18:00'))
  expect(afterWorkingDays(paris('2026-11-22 10:00'), 0, usualCalendar)).toEqual(paris('2026-11-23 18:00'))
})

test('the clock of the installation counts, not the one of the server', () => {
  const monday = instantAt('2026-11-23', 10 * 60, 'Indian/Reunion')
  expect(monday.toISOString()).toBe('2026-11-23T06:00:00.000Z')
  expect(afterWorkingDays(monday, 1, reunion).toISOString()).toBe('2026-11-24T06:00:00.000Z')
})

test('a delay keeps its hour across the change of clocks', () => {
  expect(afterWorkingDays(paris('2026-03-27 10:00'), 1, usualCalendar).toISOString()).toBe('2026-03-30T08:00:00.000Z')
  expect(afterWorkingDays(paris('2026-10-23 10:00'), 1, usualCalendar).toISOString()).toBe('2026-10-26T09:00:00.000Z')
})

test('an hour that does not exist is an hour later, one that exists twice is the first', () => {
  expect(instantAt('2026-03-29', 150, 'Europe/Paris').toISOString()).toBe('2026-03-29T01:30:00.000Z')
  expect(instantAt('2026-10-25', 150, 'Europe/Paris').toISOString()).toBe('2026-10-25T00:30:00.000Z')
})

test('the time worked between two instants leaves nights, week-ends and holidays out', () => {
  expect(workingMinutesBetween(paris('2026-11-20 17:00'), paris('2026-11-23 09:30'), usualCalendar)).toBe(120)
  expect(workingMinutesBetween(paris('2026-11-21 00:00'), paris('2026-11-22 23:59'), usualCalendar)).toBe(0)
  expect(workingMinutesBetween(paris('2026-11-23 10:00'), paris('2026-11-23 09:00'), usualCalendar)).toBe(0)
  expect(workingDaysBetween('2026-11-20', '2026-11-27', usualCalendar)).toBe(5)
})

test('the lunch break can be closed', () => {
  const day = [
    [540, 720],
    [840, 1020],
  ] as const
  const calendar: WorkingCalendar = { ...usualCalendar, week: [[], day, day, day, day, day, []] }
  expect(nextOpening(paris('2026-11-23 12:30'), calendar)).toEqual(paris('2026-11-23 14:00'))
  expect(workingMinutesBetween(paris('2026-11-23 00:00'), paris('2026-11-24 00:00'), calendar)).toBe(360)
  expect(afterWorkingMinutes(paris('2026-11-23 11:30'), 60, calendar)).toEqual(paris('2026-11-23 14:30'))
  expect(afterWorkingMinutes(paris('2026-11-23 12:30'), 0, calendar)).toEqual(paris('2026-11-23 14:00'))
  expect(afterWorkingMinutes(paris('2026-11-20 16:30'), 240, calendar)).toEqual(paris('2026-11-23 14:30'))
  expect([isOpenAt(paris('2026-11-23 11:59'), calendar), isOpenAt(paris('2026-11-23 12:00'), calendar), isOpenAt(paris('2026-11-23 14:00'), calendar)]).toEqual(
    [true, false, true],
  )
})

test('a due instant is always on a working day, at an hour when someone is there, after what it follows from', () => {
  const zones = fc.constantFrom('Europe/Paris', 'Indian/Reunion', 'America/Martinique', 'Pacific/Noumea')
  const instants = fc.date({ min: new Date('2024-01-01T00:00:00Z'), max: new Date('2030-12-31T00:00:00Z'), noInvalidDate: true })
  fc.assert(
    fc.property(zones, instants, fc.integer({ min: 0, max: 12 }), (timeZone, instant, count) => {
      const calendar = { ...usualCalendar, timeZone }
      const due = afterWorkingDays(instant, count, calendar)
      const minutes = minutesOf(due, timeZone)
      return isWorkingDay(dayOf(due, timeZone), calendar) && minutes >= 510 && minutes <= 1080 && due >= instant
    }),
    { numRuns: 200 },
  )
})

test('a calendar without any working day is a mistake, not an endless wait', () => {
  expect(() => nextOpening(paris('2026-11-23 10:00'), { ...usualCalendar, week: [[], [], [], [], [], [], []] })).toThrow('without any working day')
})

test('two hours of opening after Friday 17 h end on Monday at 9 h 30, and a holiday is stepped over', () => {
  expect(afterWorkingMinutes(paris('2026-11-20 17:00'), 120, usualCalendar)).toEqual(paris('2026-11-23 09:30'))
  expect(afterWorkingMinutes(paris('2026-11-20 10:00'), 120, usualCalendar)).toEqual(paris('2026-11-20 12:00'))
  expect(afterWorkingMinutes(paris('2026-11-10 17:30'), 45, usualCalendar)).toEqual(paris('2026-11-12 08:45'))
  expect(afterWorkingMinutes(paris('2026-11-21 12:00'), 0, usualCalendar)).toEqual(paris('2026-11-23 08:30'))
  for (const minutes of [1, 570, 1300]) {
    const from = paris('2026-11-20 17:00')
    expect(workingMinutesBetween(from, afterWorkingMinutes(from, minutes, usualCalendar), usualCalendar)).toBe(minutes)
  }
})

test('a service keeps its own hours; what cannot be read leaves the usual ones', () => {
  const mornings = [[], [[480, 720]], [[480, 720]], [[480, 720]], [[480, 720]], [[480, 720]], []]
  expect(weekOf({ week: mornings })).toEqual(mornings)
  for (const unread of [null, {}, { week: [] }, { week: [[], [], [], [], [], [], []] }, { week: [[], [[720, 480]], [], [], [], [], []] }])
    expect(weekOf(unread)).toEqual(usualCalendar.week)
})

import { expect, test } from 'vitest'
import { usualCalendar } from '../../territory/contract/working-time.ts'
import { stepDueOn } from './step-delays.ts'

test('the first visit comes within ten working days, three when it is urgent', () => {
  expect(stepDueOn('first_visit', '2026-11-20', false, usualCalendar)).toBe('2026-12-04')
  expect(stepDueOn('first_visit', '2026-11-20', true, usualCalendar)).toBe('2026-11-25')
})

test('the plan is due thirty days later, whatever the day; urgency changes nothing to it', () => {
  expect(stepDueOn('care_plan', '2026-11-20', false, usualCalendar)).toBe('2026-12-20')
  expect(stepDueOn('care_plan', '2026-11-20', true, usualCalendar)).toBe('2026-12-20')
})

test('an urgent request is qualified the same day, or the next one that is worked', () => {
  expect(stepDueOn('qualify', '2026-11-20', true, usualCalendar)).toBe('2026-11-20')
  expect(stepDueOn('qualify', '2026-11-21', true, usualCalendar)).toBe('2026-11-23')
})

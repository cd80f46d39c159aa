import { expect, test } from 'vitest'
import { isOfWholeMonths, secretOf } from './secrecy.ts'

const rows = (...counts: number[]): { code: string; count: number }[] => counts.map((count, n) => ({ code: String.fromCharCode(97 + n), count }))

test('a cell under five is not found back from the total: another goes with it', () => {
  expect([...secretOf(rows(60, 40, 18, 2))]).toEqual(['d', 'c'])
  expect([...secretOf(rows(60, 40, 3, 2))]).toEqual(['d', 'c', 'b'])
  expect([...secretOf(rows(60, 0, 4, 3))]).toEqual(['d', 'c'])
  expect([...secretOf(rows(60, 0, 18))]).toEqual([])
})

test('of two equal covers the same is taken, whatever the order in which they come', () => {
  expect([...secretOf(rows(2, 7, 7))]).toEqual(['a', 'b'])
  expect([...secretOf(rows(2, 7, 7).reverse())]).toEqual(['a', 'b'])
})

test('whole months that are over', () => {
  const whole = (from: string, to: string): boolean => isOfWholeMonths({ from, to }, new Date('2026-03-02T09:00:00Z'), 'Europe/Paris')
  expect([whole('2026-01-01', '2026-02-28'), whole('2025-01-01', '2025-12-31')]).toEqual([true, true])
  expect([whole('2026-01-01', '2026-02-27'), whole('2026-01-02', '2026-02-28'), whole('2026-03-01', '2026-03-31')]).toEqual([false, false, false])
})

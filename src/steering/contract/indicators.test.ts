import { expect, test } from 'vitest'
import { indicatorCodes, indicators } from './indicators.ts'
import { steeringValueSets } from './value-sets.ts'

test('the eight indicators are there, in the order of the national framework', () => {
  expect(indicators.map((one) => one.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  expect(indicators.map((one) => one.code)).toEqual([...indicatorCodes])
})

test('each says what it counts and what it leaves out', () => {
  for (const one of indicators) expect([one.code, one.rule.length > 60 && one.leavesOut.length > 10]).toEqual([one.code, true])
})

test('each is broken down by lists that exist', () => {
  const known = ['intake.requester_kind', 'intake.answer', ...steeringValueSets.map((set) => set.code)]
  expect(indicators.flatMap((one) => one.breakdowns).filter((code) => !known.includes(code))).toEqual([])
})

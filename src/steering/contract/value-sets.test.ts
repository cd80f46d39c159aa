import fc from 'fast-check'
import { expect, test } from 'vitest'
import { childrenOf, faultsOf, findValue } from '../../territory/contract/value-sets.ts'
import { ageBandOf, ageBands, foldedAgeBandOf, steeringValueSets } from './value-sets.ts'

test.each(steeringValueSets.map((set) => [set.code, set] as const))('the list %s can be loaded', (_code, set) => {
  expect(faultsOf(set)).toEqual([])
})

test('every age has one fine band, which folds into one published band', () => {
  expect([0, 2, 3, 10, 11, 17, 18, 24, 25, 39, 40, 59, 60, 74, 75, 84, 85, 110].map(ageBandOf)).toEqual([
    '0-2',
    '0-2',
    '3-10',
    '3-10',
    '11-17',
    '11-17',
    '18-24',
    '18-24',
    '25-39',
    '25-39',
    '40-59',
    '40-59',
    '60-74',
    '60-74',
    '75-84',
    '75-84',
    '85_and_over',
    '85_and_over',
  ])
  const published = childrenOf(ageBands, null).map((value) => value.code as string)
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 130 }),
      (age) => published.includes(foldedAgeBandOf(age) ?? '') && findValue(ageBands, ageBandOf(age) ?? '') !== undefined,
    ),
  )
})

test('an age that cannot be is in no band', () => {
  expect(ageBandOf(-1)).toBeNull()
  expect(foldedAgeBandOf(-1)).toBeNull()
})

import { expect, test } from 'vitest'
import { childrenOf, faultsOf, groupOf } from '../../territory/contract/value-sets.ts'
import { answers, firstKeys, intakeValueSets, requesterKinds } from './value-sets.ts'

test.each(intakeValueSets.map((set) => [set.code, set] as const))('the list %s can be loaded', (_code, set) => {
  expect(faultsOf(set)).toEqual([])
})

test('every requester is counted under one of the six groups of the regional reports', () => {
  const groups = childrenOf(requesterKinds, null).map((value) => value.code)
  expect(groups).toHaveLength(6)
  const kinds = requesterKinds.values.filter((value) => !groups.includes(value.code))
  expect(kinds.every((kind) => groups.includes(groupOf(requesterKinds, kind.code) as (typeof groups)[number]))).toBe(true)
  expect(kinds.length).toBeGreaterThanOrEqual(35)
})

test('the ten answers are there, and none of their labels shows its code', () => {
  expect(answers.values.map((value) => value.code).sort()).toEqual(['B0', 'B1', 'B2', 'B3', 'B4', 'B5', 'B6', 'B7', 'B8', 'B9'])
  expect(answers.values.some((value) => /\bB\d\b/.test(value.label))).toBe(false)
})

test('the desk has four first keys, typed 1 to 4', () => {
  expect(firstKeys.values).toHaveLength(4)
})

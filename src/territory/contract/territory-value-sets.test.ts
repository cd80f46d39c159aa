import { expect, test } from 'vitest'
import { finessCategories, kindOfFinessCategory, territoryValueSets } from './territory-value-sets.ts'
import { faultsOf } from './value-sets.ts'

test.each(territoryValueSets.map((set) => [set.code, set] as const))('the list %s can be loaded', (_code, set) => {
  expect(faultsOf(set)).toEqual([])
})

test('a FINESS category tells the kind of a service', () => {
  expect(kindOfFinessCategory('606')).toBe('dac')
  expect(kindOfFinessCategory('604')).toBe('cpts')
  expect(kindOfFinessCategory('354')).toBe('ssiad')
  expect(kindOfFinessCategory('620')).toBe('other')
})

test('no FINESS category stands under two kinds', () => {
  const codes = Object.values(finessCategories).flat()
  expect(new Set(codes).size).toBe(codes.length)
})

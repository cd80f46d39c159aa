import { expect, test } from 'vitest'
import { faultsOf, valuesOn } from '../../territory/contract/value-sets.ts'
import { informationDocuments, personsValueSets } from './value-sets.ts'

test.each(personsValueSets.map((set) => [set.code, set] as const))('the list %s can be loaded', (_code, set) => {
  expect(faultsOf(set)).toEqual([])
})

test('a notice that is no longer handed over is not proposed, but what was handed over stays readable', () => {
  expect(valuesOn(informationDocuments, '2026-11-22').map((value) => value.code)).not.toContain('notice_2023_2')
  expect(valuesOn(informationDocuments, '2024-06-01').map((value) => value.code)).toContain('notice_2023_2')
})

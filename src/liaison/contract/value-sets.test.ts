import { expect, test } from 'vitest'
import { faultsOf } from '../../territory/contract/value-sets.ts'
import { liaisonValueSets, noteTypes } from './value-sets.ts'

test.each(liaisonValueSets.map((set) => [set.code, set] as const))('the list %s can be loaded', (_code, set) => {
  expect(faultsOf(set)).toEqual([])
})

test('every note type has its code in the national list', () => {
  expect(noteTypes.values.map((value) => value.nationalMapping).sort()).toEqual(['DEM-AVIS', 'GEN', 'INST', 'INTERV', 'OBS'])
})

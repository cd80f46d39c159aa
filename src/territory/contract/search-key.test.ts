import { expect, test } from 'vitest'
import { placeKey, searchKey } from './search-key.ts'

test('accents, hyphens, apostrophes and ligatures do not count in a search', () => {
  expect(searchKey('Saint-Étienne-lès-Remiremont')).toBe('saint etienne les remiremont')
  expect(searchKey('L’Abergement-Clémenciat')).toBe('l abergement clemenciat')
  expect(searchKey('Cœuvres-et-Valsery')).toBe('coeuvres et valsery')
  expect(searchKey(' Dr  MARTIN ')).toBe('dr martin')
})

test('a place is found as it is abbreviated on envelopes', () => {
  expect(placeKey('ST ETIENNE LES REMIREMONT')).toBe(placeKey('Saint-Étienne-lès-Remiremont'))
  expect(placeKey('Ste-Marie')).toBe('sainte marie')
  expect(placeKey('REMIREMONT CEDEX 2')).toBe('remiremont')
  expect(placeKey('Châtel s/ Moselle')).toBe('chatel sur moselle')
})

import { expect, test } from 'vitest'
import { shownTrait } from './shown-names.ts'

test('a trait that somebody said shows as it was typed, one that the teleservice gave in capitals without accents', () => {
  expect(shownTrait('Odile-Thérèse', 'PROV')).toBe('Odile-Thérèse')
  expect(shownTrait('Odile-Thérèse', 'VALI')).toBe('Odile-Thérèse')
  expect(shownTrait('Odile-Thérèse', 'RECUP')).toBe('ODILE-THERESE')
  expect(shownTrait('d’Ornano', 'QUAL')).toBe("D'ORNANO")
})

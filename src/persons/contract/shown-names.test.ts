import { expect, test } from 'vitest'
import type { PersonName } from './person.ts'
import { shownNames, shownTrait } from './shown-names.ts'

const odile: PersonName = {
  personId: '' as never,
  birthName: 'Kempf',
  usedName: 'Perrin',
  firstName: 'Odile-Thérèse',
  usedFirstName: null,
  sex: 'F',
  birthDay: '1941-03-12',
  birthDayApproximate: false,
  commune: null,
  deathDay: null,
  identityStatus: 'PROV',
}

test('a trait that somebody said shows as it was typed, one that the teleservice gave in capitals without accents', () => {
  expect(shownTrait('Odile-Thérèse', 'PROV')).toBe('Odile-Thérèse')
  expect(shownTrait('Odile-Thérèse', 'VALI')).toBe('Odile-Thérèse')
  expect(shownTrait('Odile-Thérèse', 'RECUP')).toBe('ODILE-THERESE')
  expect(shownTrait('d’Ornano', 'QUAL')).toBe("D'ORNANO")
})

test('the head of a file says by its capitals whether the identity is official', () => {
  expect(shownNames(odile)).toEqual({ name: 'Perrin Odile-Thérèse', birth: 'née\u00a0Kempf' })
  expect(shownNames({ ...odile, identityStatus: 'QUAL' })).toEqual({ name: 'PERRIN ODILE-THERESE', birth: 'née\u00a0KEMPF' })
})

test('the given name that she uses is hers, not the national identity’s', () => {
  expect(shownNames({ ...odile, identityStatus: 'QUAL', usedFirstName: 'TITIA' }).name).toBe('PERRIN Titia')
  expect(shownNames({ ...odile, usedName: null }).birth).toBeNull()
})

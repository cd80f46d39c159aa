import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canSearch, parsePersonQuery } from './query.ts'

const read = (typed: string) => parsePersonQuery(typed, 2026)

test.each([
  'thiriet gerard 04111938',
  'thiriet gerard 04/11/1938',
  '04.11.1938 Thiriet Gérard',
  'Thiriet 4/11/38 gérard',
  'thiriet gérard 4 novembre 1938',
  'M. Thiriet Gérard né le 4 nov 1938',
  'THIRIET gerard 1938-11-04',
  'thiriet, gérard, 04 11 1938',
  'thiriet gerard 041138',
  'le 04-11-1938 thiriet gerard',
])('« %s » is Thiriet, Gérard, born on 4 November 1938', (typed) => {
  const query = read(typed)
  expect([...query.words].sort()).toEqual(['GERARD', 'THIRIET'])
  expect(query.birthDate).toBe('1938-11-04')
  expect(query.understood).toEqual(['04/11/1938 compris'])
  expect(query.refused).toEqual([])
})

test('a year alone is a year of birth', () => {
  expect(read('perrin odile 1941')).toMatchObject({ words: ['PERRIN', 'ODILE'], birthDate: null, birthYear: 1941 })
  expect(read('perrin née en 1941')).toMatchObject({ words: ['PERRIN'], birthYear: 1941 })
})

test('a telephone is not taken for a date', () => {
  expect(read('06 39 98 22 63')).toMatchObject({ words: [], phone: '+33639982263', birthDate: null })
  expect(read('perrin 0353012764')).toMatchObject({ words: ['PERRIN'], phone: '+33353012764', birthDate: null })
  expect(read('perrin 12/03/1941 03.53.01.27.64')).toMatchObject({ words: ['PERRIN'], phone: '+33353012764', birthDate: '1941-03-12' })
})

test('a matricule is understood with or without its key; a wrong key is said', () => {
  expect(read('2 79 03 51 215 189 89')).toMatchObject({ matricule: '2790351215189', words: [], understood: ['matricule compris'] })
  expect(read('2790351215189')).toMatchObject({ matricule: '2790351215189' })
  expect(read('279035121518988')).toMatchObject({ matricule: '2790351215189', refused: ['La clé du matricule ne correspond pas.'] })
})

test('a date that cannot be is said, and the names are still searched', () => {
  expect(read('thiriet 31/02/1938')).toMatchObject({ words: ['THIRIET'], birthDate: null, refused: [expect.stringContaining('31 février')] })
  expect(read('thiriet 04/11/2031')).toMatchObject({ words: ['THIRIET'], birthDate: null, refused: ['Année 2031 impossible.'] })
})

test('« née Kempf » searches Kempf, and civilities are left out', () => {
  expect(read('Mme Perrin née Kempf').words).toEqual(['PERRIN', 'KEMPF'])
  expect(read('Le Goff').words).toEqual(['LE', 'GOFF'])
})

test('two letters are enough to search, one is not', () => {
  expect(canSearch(read('p'))).toBe(false)
  expect(canSearch(read('pe'))).toBe(true)
  expect(canSearch(read('12/03/1941'))).toBe(true)
  expect(canSearch(read('1941'))).toBe(false)
})

test('whatever is typed, a query comes out', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (typed) => read(typed).words.every((word) => /^[A-Z0-9]+$/.test(word))))
})

test('the order in which name and date are typed does not matter', () => {
  const names = fc.constantFrom('Perrin', 'Thiriet', 'Le Goff', 'de La Tour', 'Noël')
  const dates = fc.constantFrom('12/03/1941', '12031941', '12 mars 1941', '12.3.41')
  fc.assert(
    fc.property(names, dates, (name, date) => {
      const before = read(`${date} ${name}`)
      const after = read(`${name} ${date}`)
      return before.birthDate === '1941-03-12' && after.birthDate === '1941-03-12' && before.words.join() === after.words.join()
    }),
  )
})

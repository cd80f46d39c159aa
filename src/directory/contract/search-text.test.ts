import { expect, test } from 'vitest'
import { isSearchable, readDirectoryQuery } from './search-text.ts'

test('a name, a trade and a postal code are three words', () => {
  expect(readDirectoryQuery('Dr Martin kiné 25300')).toEqual({ words: ['dr', 'martin', 'kine', '25300'], numbers: [] })
})

test('a telephone is one number however it is written', () => {
  for (const typed of ['03 53 01 14 08', '03.53.01.14.08', '0353011408', '+33 3 53 01 14 08', '0033353011408', '+33 (0)3 53 01 14 08']) {
    expect(readDirectoryQuery(typed)).toEqual({ words: [], numbers: ['0353011408'] })
  }
})

test('the beginning of a telephone is enough, a postal code is not one', () => {
  expect(readDirectoryQuery('roux 03 53 01').numbers).toEqual(['035301'])
  expect(readDirectoryQuery('infirmier 88200').numbers).toEqual([])
  expect(readDirectoryQuery('ssiad 88200 03 53 01 14 08')).toEqual({ words: ['ssiad', '88200'], numbers: ['0353011408'] })
})

test('RPPS and FINESS numbers are numbers, those of Corsica too', () => {
  expect(readDirectoryQuery('10001234567').numbers).toEqual(['10001234567'])
  expect(readDirectoryQuery('finess 2A0000012')).toEqual({ words: [], numbers: ['2a0000012'] })
})

test('civilities and small words do not count, unless nothing else is typed', () => {
  expect(readDirectoryQuery('Mme Roux du service social de Remiremont').words).toEqual(['roux', 'service', 'social', 'remiremont'])
  expect(readDirectoryQuery('le').words).toEqual(['le'])
})

test('one letter is not enough to search', () => {
  expect(isSearchable(readDirectoryQuery('m'))).toBe(false)
  expect(isSearchable(readDirectoryQuery('ma'))).toBe(true)
  expect(isSearchable(readDirectoryQuery(' - '))).toBe(false)
})

test('what people say is turned into the words of the directories', () => {
  expect(readDirectoryQuery('IDEL Remiremont').words).toEqual(['infirmier', 'liberal', 'remiremont'])
  expect(readDirectoryQuery('infirmières libérales').words).toEqual(['infirmier', 'liberal'])
  expect(readDirectoryQuery('docteur Fritsch').words).toEqual(['dr', 'fritsch'])
  expect(readDirectoryQuery('assistante sociale').words).toEqual(['assistant', 'social'])
})

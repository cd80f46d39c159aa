import { expect, test } from 'vitest'
import { inOrder, namedReaders, type Reader, readBy, sentWords } from './reader-words.ts'

const readers: readonly Reader[] = [
  { userId: 'a', name: 'Anne-Laure Fritsch', volets: ['administrative', 'health', 'social'] },
  { userId: 'b', name: 'Thomas Noël', volets: ['administrative', 'health', 'social'] },
  { userId: 'c', name: 'Alain Colin', volets: ['administrative', 'social'] },
]
const plain = (text: string): string => text.replaceAll('\u00a0', ' ')

test('a note says how many members of the circle will read it in its volet', () => {
  expect(plain(readBy(readers, 'health', false))).toBe('lue par 2 membres du cercle')
  expect(plain(readBy(readers, 'social', false))).toBe('lue par 3 membres du cercle')
  expect(plain(readBy([], 'social', false))).toBe('lue par le DAC seul pour l’instant')
  expect(plain(sentWords(readers, 'health', false))).toBe('Note partagée avec 2 membres du cercle.')
})

test('a private note never promises a reader outside the DAC', () => {
  expect(readBy(readers, 'health', true)).toBe('lue par l’équipe du DAC seulement')
  expect(sentWords(readers, 'health', true)).toBe('Note gardée pour le DAC.')
})

test('on a telephone the readers are named, three at most', () => {
  expect(namedReaders(readers, 'health')).toBe('Lue par Anne-Laure Fritsch, Thomas Noël et le DAC')
  const many = [...readers, { userId: 'd', name: 'Hugo Arnould', volets: ['social' as const] }, { userId: 'e', name: 'Zoé Petit', volets: ['social' as const] }]
  expect(plain(namedReaders(many, 'social'))).toBe('Lue par Anne-Laure Fritsch, Thomas Noël, Alain Colin et 2 autres, et le DAC')
})

test('one writes in the volets that are open, santé first', () => {
  expect(inOrder(['administrative', 'social'])).toEqual(['social', 'administrative'])
})

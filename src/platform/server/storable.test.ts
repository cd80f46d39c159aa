import { expect, test } from 'vitest'
import { unstorableText } from './storable.ts'

test.each([
  ['a NUL', { name: 'a\u0000b' }, 'name'],
  ['half a surrogate pair, deep inside', { lines: ['fine', { text: '\ud800' }] }, 'lines.1.text'],
  ['a NUL in a key', { answers: { 'a\u0000': 1 } }, 'answers'],
])('%s is refused where it stands', (_name, value, path) => {
  expect(unstorableText(value)).toBe(path)
})

test.each([
  ['accents', 'Éloïse, « l’hôpital »'],
  ['an emoji', '👩‍👩‍👧'],
  ['nothing', null],
  ['numbers', 3.5],
  ['lines', 'a\nb\tc'],
])('%s pass', (_name, value) => {
  expect(unstorableText({ value })).toBeNull()
})

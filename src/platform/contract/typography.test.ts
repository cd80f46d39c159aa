import fc from 'fast-check'
import { expect, test } from 'vitest'
import { french } from './typography.ts'

test('spaces before high punctuation, inside guillemets and between a number and its unit do not break', () => {
  expect(french("Dit-elle : « l'aide » ? Non ; oui !")).toBe('Dit-elle\u00a0: «\u00a0l’aide\u00a0»\u202f? Non\u202f; oui\u202f!')
  expect(french('reste 2 h, à plus de 10 km du Dr Fritsch, 1 043 demandes, 40 %')).toBe(
    'reste 2\u00a0h, à plus de 10\u00a0km du Dr\u00a0Fritsch, 1\u202f043 demandes, 40\u00a0%',
  )
})

test('what looks like a unit but is a word keeps its plain space', () => {
  expect(french('3 salles, 2 jeunes, 5 habitants')).toBe('3 salles, 2 jeunes, 5 habitants')
})

test('running it twice changes nothing more', () => {
  const piece = fc.constantFrom(' ', ' :', ' ?', '« ', ' »', "l'", '12', ' 345', ' kg', 'Dr ', 'mot', '\u00a0', '\u202f')
  fc.assert(fc.property(fc.array(piece), (pieces) => french(french(pieces.join(''))) === french(pieces.join(''))))
})

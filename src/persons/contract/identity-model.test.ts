import { expect, test } from 'vitest'
import { playLife, playLives } from '../testing/identity-model.ts'

test('5 000 random lives of an identity: no illegal status, no matricule outward from an identity that is not qualified', () => {
  expect(playLives(5000).sent, 'some really left').toBeGreaterThan(50)
}, 60_000)

test('the life of a qualified identity, then doubted, then denied, then corrected', () => {
  const ins = { do: 'retrieve', differs: false, oid: '1.2.250.1.213.1.4.10', accepted: true } as const
  const qualified = [{ do: 'complete' }, ins, { do: 'check', document: 'passport', age: 81 }, { do: 'send' }] as const
  expect(playLife(qualified, false).sent).toBe(1)
  expect(playLife(qualified, true).sent, 'a test number in a real installation').toBe(0)
  expect(
    playLife([...qualified, { do: 'mark', attributes: ['doubtful'] }, { do: 'send' }, { do: 'mark', attributes: ['homonym'] }, { do: 'send' }], false).sent,
  ).toBe(2)
  expect(playLife([...qualified, { do: 'verify', confirmed: false }, { do: 'send' }, { do: 'verify', confirmed: true }, { do: 'send' }], false).sent).toBe(2)
  expect(playLife([...qualified, { do: 'correct', trait: 'birthDate' }, { do: 'send' }], false).sent).toBe(1)
})

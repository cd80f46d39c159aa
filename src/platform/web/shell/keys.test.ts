import { expect, it } from 'vitest'
import { wordsMatch } from '../palette/registry.ts'
import { matches } from './keys.ts'

const pressed = (
  key: string,
  held: { readonly ctrl?: boolean; readonly alt?: boolean; readonly meta?: boolean; readonly shift?: boolean } = {},
): Parameters<typeof matches>[1] => ({
  key,
  ctrlKey: held.ctrl ?? false,
  altKey: held.alt ?? false,
  metaKey: held.meta ?? false,
  shiftKey: held.shift ?? false,
})

it('N is N, in capitals too, but not Ctrl N', () => {
  expect([matches('n', pressed('n')), matches('n', pressed('N', { shift: true })), matches('n', pressed('n', { ctrl: true }))]).toEqual([true, true, false])
})

it('Ctrl K is also the Command K of a Mac, and not K', () => {
  expect([matches('Ctrl+k', pressed('k', { ctrl: true })), matches('Ctrl+k', pressed('k', { meta: true })), matches('Ctrl+k', pressed('k'))]).toEqual([
    true,
    true,
    false,
  ])
})

it('? is typed with Shift on a French keyboard', () => expect(matches('?', pressed('?', { shift: true }))).toBe(true))

it('the palette finds a gesture by the beginning of its words, accents aside', () => {
  expect([wordsMatch('nouv dem', 'Nouvelle demande'), wordsMatch('medecin', 'Médecin traitant'), wordsMatch('mande', 'Nouvelle demande')]).toEqual([
    true,
    true,
    false,
  ])
})

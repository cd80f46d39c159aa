import { expect, it } from 'vitest'
import { valueAt, withValueAt } from './paths.ts'
import { wordDiff } from './word-diff.ts'

it('reads and changes one place of a value, and leaves the rest as it was', () => {
  const values = { actions: [{ term: 'a' }, { term: 'b' }], other: { kept: true } }
  const changed = withValueAt(values, 'actions.1.term', 'c')
  expect(valueAt(changed, 'actions.1.term')).toBe('c')
  expect(valueAt(values, 'actions.1.term')).toBe('b')
  expect(changed.other).toBe(values.other)
  expect(Array.isArray(changed.actions)).toBe(true)
  expect(valueAt(values, 'actions.7.term.x')).toBeUndefined()
})

it('makes the places that a path needs', () => {
  expect(withValueAt({} as Record<string, unknown>, 'changes.phone', '06')).toEqual({ changes: { phone: '06' } })
})

it('shows which words differ between two versions of a field', () => {
  expect(wordDiff('06 39 98 41 70', '06 39 98 41 07')).toEqual([
    { text: '06 39 98 41 ', changed: false },
    { text: '70', changed: true },
  ])
  expect(wordDiff('Appeler le matin', 'Appeler après 18 h').filter((part) => part.changed)).toEqual([{ text: 'le matin', changed: true }])
  expect(wordDiff('pareil', 'pareil')).toEqual([{ text: 'pareil', changed: false }])
  expect(
    wordDiff('a b a', 'a')
      .map((part) => part.text)
      .join(''),
  ).toBe('a b a')
})

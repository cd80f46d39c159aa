import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  closesTheCircle,
  type NonOppositionState,
  nonOppositionTexts,
  nothingCollected,
  oneGestureNumbers,
  purposeAllowed,
  purposes,
  type Rights,
  rightsFrom,
  sharingSummary,
} from './rights.ts'

const may = (rights: Rights) => purposes.filter((purpose) => purposeAllowed(rights, purpose).allowed)
const agreed: Rights = { 1: 'non_opposition', 2: 'non_opposition', 3: 'not_collected' }

test('before anything is collected one may answer, accompany and record, but nothing leaves the DAC', () => {
  expect(may(nothingCollected)).toEqual(['answer', 'accompany', 'record'])
  expect(sharingSummary(nothingCollected)).toBe('Non-opposition à recueillir')
})

test('one alone of the first two does not open the circle', () => {
  expect(closesTheCircle({ ...nothingCollected, 1: 'non_opposition' })).toBe(true)
  expect(closesTheCircle({ ...nothingCollected, 2: 'non_opposition' })).toBe(true)
  expect(closesTheCircle(agreed)).toBe(false)
})

test('an opposition to care or to the file stops everything but answering; the reason is said', () => {
  for (const number of [1, 2] as const) {
    const rights: Rights = { ...agreed, 3: 'non_opposition', [number]: 'opposition' }
    expect(may(rights)).toEqual(['answer', 'secondary_use'])
    expect(purposeAllowed(rights, 'share_in_circle')).toMatchObject({ allowed: false, reason: expect.stringContaining('s’oppose') })
    expect(sharingSummary(rights)).toBe('Opposition')
  }
})

test('the third changes nothing to the accompaniment, and only it opens secondary use', () => {
  const states: readonly NonOppositionState[] = ['not_collected', 'non_opposition', 'opposition']
  const any = fc.constantFrom(...states)
  fc.assert(
    fc.property(any, any, any, any, (one, two, three, other) => {
      const left = may({ 1: one, 2: two, 3: three }).filter((purpose) => purpose !== 'secondary_use')
      const right = may({ 1: one, 2: two, 3: other }).filter((purpose) => purpose !== 'secondary_use')
      return left.join() === right.join() && purposeAllowed({ 1: one, 2: two, 3: three }, 'secondary_use').allowed === (three === 'non_opposition')
    }),
  )
  expect(oneGestureNumbers).toEqual([1, 2])
})

test('the last record of each holds, in whatever order they are read', () => {
  const records = [
    { number: 1, state: 'opposition', recordedAt: '2026-03-02T10:00:00Z' },
    { number: 1, state: 'non_opposition', recordedAt: '2026-01-02T10:00:00Z' },
    { number: 3, state: 'non_opposition', recordedAt: '2026-01-02T10:00:00Z' },
  ] as const
  expect(rightsFrom(records)).toEqual({ 1: 'opposition', 2: 'not_collected', 3: 'non_opposition' })
  expect(rightsFrom([...records].reverse())).toEqual(rightsFrom(records))
  expect(rightsFrom([])).toEqual(nothingCollected)
})

test('what each state blocks is written in French for the three', () => {
  for (const text of Object.values(nonOppositionTexts)) expect(Object.values(text.effects).every((effect) => effect.length > 40)).toBe(true)
})

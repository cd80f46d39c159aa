import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  closesTheCircle,
  type NonOppositionState,
  nonOppositionNumbers,
  nonOppositionStateLabels,
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

test('every refusal says which answer makes it, and what is missing', () => {
  const reason = (rights: Rights, purpose: (typeof purposes)[number]) => {
    const verdict = purposeAllowed(rights, purpose)
    return verdict.allowed ? null : verdict.reason
  }
  expect(reason({ ...agreed, 1: 'opposition' }, 'record')).toBe('La personne s’oppose à la prise en charge et au partage d’information.')
  expect(reason({ ...agreed, 2: 'opposition' }, 'accompany')).toBe('La personne s’oppose au traitement de ses données.')
  expect(reason(agreed, 'secondary_use')).toMatch(/n’a pas été recueillie\.$/)
  expect(reason({ ...agreed, 3: 'opposition' }, 'secondary_use')).toMatch(/^La personne s’oppose à l’usage/)
  expect(reason({ ...agreed, 3: 'non_opposition' }, 'secondary_use')).toBeNull()
  for (const purpose of ['share_in_circle', 'send_to_team', 'send_outside'] as const) {
    expect(reason({ ...agreed, 1: 'not_collected' }, purpose)).toMatch(/recueillez d’abord les non-oppositions 1 et 2/)
    expect(reason({ ...agreed, 2: 'not_collected' }, purpose)).toMatch(/recueillez d’abord/)
    expect(reason(agreed, purpose)).toBeNull()
  }
})

test('what the header writes about sharing follows the first two, an opposition before what is missing', () => {
  expect(sharingSummary(agreed)).toBe('Partage possible')
  expect(sharingSummary({ ...agreed, 2: 'opposition' })).toBe('Opposition')
  expect(sharingSummary({ 1: 'opposition', 2: 'not_collected', 3: 'not_collected' })).toBe('Opposition')
  expect(sharingSummary({ ...agreed, 1: 'not_collected' })).toBe('Non-opposition à recueillir')
  expect(sharingSummary({ ...agreed, 2: 'not_collected' })).toBe('Non-opposition à recueillir')
  expect(closesTheCircle({ ...agreed, 2: 'opposition' })).toBe(true)
})

test('two records of the same instant: the later in the list holds', () => {
  const at = '2026-01-02T10:00:00Z'
  expect(
    rightsFrom([
      { number: 2, state: 'opposition', recordedAt: at },
      { number: 2, state: 'non_opposition', recordedAt: at },
    ])[2],
  ).toBe('non_opposition')
})

test('the three questions, their titles, their law and the labels of their states are in French', () => {
  for (const text of Object.values(nonOppositionTexts)) {
    expect(text.title.length).toBeGreaterThan(15)
    expect(text.question).toMatch(/^Êtes-vous d’accord pour que .+\s\?$/)
    expect(text.legalBasis.length).toBeGreaterThan(40)
  }
  expect(Object.values(nonOppositionStateLabels)).toEqual(['Non recueillie', 'Non-opposition', 'Opposition'])
  expect(nonOppositionNumbers).toEqual([1, 2, 3])
})

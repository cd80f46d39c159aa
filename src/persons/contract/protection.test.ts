import { expect, test } from 'vitest'
import { childrenOf } from '../../territory/contract/value-sets.ts'
import { healthInformationTo, protectionDoubts, protectionFacts, protectionSummary, rightsExercisedBy } from './protection.ts'
import { protectionMeasures } from './value-sets.ts'

test('every measure of the list says what it means for us', () => {
  const groups = childrenOf(protectionMeasures, null).map((value) => value.code)
  const measures = protectionMeasures.values.map((value) => value.code).filter((code) => !groups.includes(code))
  expect(Object.keys(protectionFacts).sort()).toEqual([...measures].sort())
})

test('a guardian over the person is informed with her; over the goods alone he is not', () => {
  expect(healthInformationTo('guardianship', 'goods_and_person')).toBe('person_and_representative')
  expect(healthInformationTo('guardianship', 'goods')).toBe('person')
  expect(rightsExercisedBy('guardianship', 'person')).toBe('representative')
  expect(rightsExercisedBy('guardianship', 'goods')).toBe('person')
})

test('a curator is informed of health only if she expressly agrees, and never answers in her place', () => {
  expect(healthInformationTo('reinforced_curatorship', 'goods_and_person')).toBe('person_and_curator_if_she_agrees')
  expect(rightsExercisedBy('reinforced_curatorship', 'goods_and_person')).toBe('person')
})

test('a measure that is only asked for takes nothing away', () => {
  expect(healthInformationTo('requested', 'goods_and_person')).toBe('person')
})

test('for a child under educative assistance the parents are informed and answer', () => {
  expect(healthInformationTo('aemo', 'unknown')).toBe('holders_of_parental_authority')
  expect(rightsExercisedBy('placement', 'unknown')).toBe('parents')
})

test('the header says the measure and its end', () => {
  expect(protectionSummary('reinforced_curatorship', '2029-06-30')).toBe('Curatelle renforcée, jusqu’au 30/06/2029')
  expect(protectionSummary('future_protection_mandate', null)).toBe('Mandat de protection future mis en œuvre')
})

test('an expired measure, an unknown end or scope are said', () => {
  expect(protectionDoubts('guardianship', { scope: 'goods_and_person', startsOn: '2022-01-01', endsOn: '2026-11-01' }, '2026-11-22')).toEqual([
    expect.stringContaining('terme'),
  ])
  expect(protectionDoubts('guardianship', { scope: 'unknown', startsOn: null, endsOn: null }, '2026-11-22')).toHaveLength(2)
  expect(protectionDoubts('future_protection_mandate', { scope: 'person', startsOn: null, endsOn: null }, '2026-11-22')).toEqual([])
})

import { expect, test } from 'vitest'
import { faultsOf } from '../../territory/contract/value-sets.ts'
import { nationalProblems } from './thesaurus/tree.ts'
import { problemOf, thesaurus, thesaurusActions, thesaurusObjectives, thesaurusProblems } from './thesaurus.ts'
import { carePlansValueSets } from './value-sets.ts'

test.each(carePlansValueSets.map((set) => [set.code, set] as const))('the list %s can be loaded', (_code, set) => {
  expect(faultsOf(set)).toEqual([])
})

test('the thesaurus is rich enough to write a plan with', () => {
  expect(thesaurus.map((domain) => domain.code)).toEqual(['D1', 'D2', 'D3', 'D4', 'D5', 'D6'])
  expect(thesaurusProblems.length).toBeGreaterThanOrEqual(55)
  expect(thesaurusObjectives.length).toBeGreaterThanOrEqual(100)
  expect(thesaurusActions.length).toBeGreaterThanOrEqual(240)
})

test('each of the ten national problems is reached from the thesaurus', () => {
  expect([...new Set(thesaurusProblems.map((problem) => problem.national))].sort()).toEqual(Object.keys(nationalProblems).sort())
})

test('every problem leads to an objective and every objective to an action with a term', () => {
  expect(thesaurusProblems.filter((problem) => problem.objectives.length === 0)).toEqual([])
  expect(thesaurusObjectives.filter((objective) => objective.actions.length === 0)).toEqual([])
  expect(thesaurusActions.filter((action) => action.days < 1 || action.days > 120)).toEqual([])
})

test('an objective or an action keeps the volet of its problem', () => {
  expect(problemOf('D1.medication.safe.pillbox')?.volet).toBe('health')
  expect(problemOf('D4.rights')?.volet).toBe('administrative')
  expect(problemOf('D9.unknown.x')).toBeUndefined()
})

test('objectives are said as the person would: a verb, no jargon of the grids', () => {
  expect(thesaurusObjectives.filter((objective) => /\b(GIR|ADL|IADL|patient)\b/i.test(objective.label))).toEqual([])
})

import { expect, test } from 'vitest'
import { childrenOf, faultsOf } from '../../territory/contract/value-sets.ts'
import { basisIsLawful, proposedBasis, roleFacts } from './roles.ts'
import { careRoles, careTeamValueSets } from './value-sets.ts'

test.each(careTeamValueSets.map((set) => [set.code, set] as const))('the list %s can be loaded', (_code, set) => {
  expect(faultsOf(set)).toEqual([])
})

test('every role says what the law makes of it', () => {
  const groups = childrenOf(careRoles, null).map((value) => value.code)
  const roles = careRoles.values.map((value) => value.code).filter((code) => !groups.includes(code))
  expect(Object.keys(roleFacts).sort()).toEqual([...roles].sort())
})

test('being named in a circle opens nothing: a landlord, a teacher, a relative, even the trusted person', () => {
  for (const role of ['landlord', 'school', 'relative', 'main_caregiver', 'trusted_person'] as const) {
    expect(proposedBasis(role)).toBe('none')
    expect(roleFacts[role].volets).toEqual([])
  }
})

test('the équipe de soins is closed to those whom the article does not name; their way in is the agreement of the person', () => {
  expect(basisIsLawful('care_team', 'none')).toBe(false)
  expect(basisIsLawful('consent', 'none')).toBe(true)
  expect(basisIsLawful('care_team', '2a')).toBe(true)
})

test('social professionals are not proposed the health volet', () => {
  for (const facts of Object.values(roleFacts)) {
    if (facts.professionalCategory === 'social' || facts.professionalCategory === 'legal_protection') expect(facts.volets).not.toContain('health')
  }
})

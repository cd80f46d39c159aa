import { expect, test } from 'vitest'
import {
  attributeWarnings,
  documentProves,
  documentTrust,
  factsAfterChange,
  type IdentityFacts,
  identityStatus,
  identityStatuses,
  identityStatusHints,
  identityStatusLabels,
  insMayBeAsked,
  matriculeMayBeSent,
  remainingSteps,
  strictTraits,
} from './identity-status.ts'

const facts = (insRetrieved: boolean, identityChecked: boolean, ...attributes: IdentityFacts['attributes']): IdentityFacts => ({
  insRetrieved,
  identityChecked,
  insContested: false,
  attributes,
})

test('the status follows from two facts', () => {
  expect(identityStatus(facts(false, false))).toBe('PROV')
  expect(identityStatus(facts(false, true))).toBe('VALI')
  expect(identityStatus(facts(true, false))).toBe('RECUP')
  expect(identityStatus(facts(true, true))).toBe('QUAL')
})

test('only a qualified identity sends its matricule', () => {
  expect([facts(true, true), facts(true, false), facts(false, true), facts(false, false)].map(matriculeMayBeSent)).toEqual([true, false, false, false])
})

test('a doubtful or fictitious identity stays provisional, is not asked for and sends nothing', () => {
  for (const attribute of ['doubtful', 'fictitious'] as const) {
    expect(identityStatus(facts(true, true, attribute))).toBe('PROV')
    expect(insMayBeAsked(facts(false, false, attribute))).toBe(false)
    expect(matriculeMayBeSent(facts(true, true, attribute))).toBe(false)
  }
})

test('a homonym changes nothing but the care taken', () => {
  expect(identityStatus(facts(true, true, 'homonym'))).toBe('QUAL')
  expect(insMayBeAsked(facts(false, false, 'homonym'))).toBe(true)
  expect(attributeWarnings(['homonym'])[0]).toContain('Homonyme')
})

test('a driving licence or a carte Vitale proves nothing; a birth certificate only for a minor', () => {
  expect(documentProves('passport', null)).toBe(true)
  expect(documentProves('driving_licence', 40)).toBe(false)
  expect(documentProves('vitale_card', 40)).toBe(false)
  expect(documentProves('birth_certificate', 17)).toBe(true)
  expect(documentProves('birth_certificate', 18)).toBe(false)
  expect(documentProves('birth_certificate', null)).toBe(false)
})

test('a corrected strict trait takes the status and the matricule away; a used name does not', () => {
  expect(factsAfterChange(facts(true, true), ['birthDate'])).toMatchObject({ insRetrieved: false, identityChecked: false, keepsMatricule: false })
  expect(factsAfterChange(facts(true, true), ['usedName'])).toMatchObject({ insRetrieved: true, identityChecked: true, keepsMatricule: true })
})

test('every status and every attribute has its words', () => {
  expect(identityStatuses.map((status) => identityStatusLabels[status])).toEqual([
    'Identité provisoire',
    'Identité validée',
    'Identité récupérée',
    'INS qualifiée',
  ])
  expect(identityStatuses.every((status) => identityStatusHints[status].length > 30)).toBe(true)
  expect(attributeWarnings(['doubtful', 'fictitious'])).toEqual([expect.stringMatching(/^Identité douteuse/), expect.stringMatching(/^Identité fictive/)])
  expect(attributeWarnings([])).toEqual([])
})

test('each document proves what RNIV says: high trust at any age, two for minors only, the others nothing', () => {
  const proving = (age: number | null) => Object.keys(documentTrust).filter((one) => documentProves(one as keyof typeof documentTrust, age))
  const always = ['id_card', 'passport', 'residence_permit', 'foreign_id', 'digital_identity']
  expect(proving(40)).toEqual(always)
  expect(proving(null)).toEqual(always)
  expect(proving(10)).toEqual([...always, 'birth_certificate', 'ase_certificate'])
})

test('each of the five strict traits, changed among others, takes both facts away', () => {
  expect(strictTraits).toEqual(['birthName', 'birthGivenNames', 'birthDate', 'sex', 'birthPlaceCode'])
  for (const trait of strictTraits)
    expect(factsAfterChange(facts(true, true, 'homonym'), ['address', trait])).toEqual({ ...facts(false, false, 'homonym'), keepsMatricule: false })
  expect(factsAfterChange(facts(true, false), [])).toEqual({ ...facts(true, false), keepsMatricule: true })
})

test('a matricule that the teleservice denies stays here, whatever the status', () => {
  expect(matriculeMayBeSent({ ...facts(true, true), insContested: true })).toBe(false)
  expect(remainingSteps({ ...facts(true, true), insContested: true }, 0)).toEqual(['ins'])
})

test('what remains before qualification, the next step first', () => {
  expect(remainingSteps(facts(false, false, 'doubtful'), 2)).toEqual(['attributes', 'traits', 'ins', 'document'])
  expect(remainingSteps(facts(false, true), 0)).toEqual(['ins'])
  expect(remainingSteps(facts(true, true, 'homonym'), 0)).toEqual([])
})

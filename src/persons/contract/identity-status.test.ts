import { expect, test } from 'vitest'
import {
  attributeWarnings,
  documentProves,
  factsAfterChange,
  type IdentityFacts,
  identityStatus,
  insMayBeAsked,
  matriculeMayBeSent,
} from './identity-status.ts'

const facts = (insRetrieved: boolean, identityChecked: boolean, ...attributes: IdentityFacts['attributes']): IdentityFacts => ({
  insRetrieved,
  identityChecked,
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

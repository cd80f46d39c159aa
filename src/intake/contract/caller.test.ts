import { describe, expect, it, test } from 'vitest'
import { guessRequesterKind, isCivilName, kindOfFacet, parseCaller } from './caller.ts'
import { requesterKinds } from './value-sets.ts'

describe('who calls', () => {
  it('the name, then after the comma what she is', () => {
    expect(parseCaller('Mme Martine Thiriet, son épouse')).toEqual({ name: 'Mme Martine Thiriet', quality: 'son épouse' })
    expect(parseCaller('Dr Humbert')).toEqual({ name: 'Dr Humbert', quality: null })
    expect(parseCaller('  ')).toEqual({ name: null, quality: null })
  })

  it('Madame, Monsieur: somebody of the public, whom the directory does not know', () => {
    expect(isCivilName('Mme Thiriet')).toBe(true)
    expect(isCivilName('M. Weiss')).toBe(true)
    expect(isCivilName('Mairie de Vagney')).toBe(false)
    expect(isCivilName('Dr Humbert')).toBe(false)
  })
})

test.each([
  ['Mme Martine Thiriet, son épouse', 'relative'],
  ['Mme Weiss, sa belle-fille', 'relative'],
  ['M. Pierrat, lui-même', 'person'],
  ['Dr Fritsch', 'gp_other'],
  ['Dr Fritsch, son médecin traitant', 'gp_treating'],
  ['Thomas Noël, infirmier', 'nurse'],
  ['CCAS de Vagney', 'ccas'],
  ['CH des Hautes-Vallées, service social', 'hospital_social_service'],
  ['Urgences du CH', 'hospital_emergency'],
  ['CPAM des Vosges, Prado', 'health_insurance'],
  ['SSIAD de la Haute Moselle', 'home_care'],
  ['M. Colin, mandataire', 'legal_representative'],
  ['Mairie de Ventron', 'town_hall'],
  ['Équipe palliative', 'palliative_mobile_team'],
  ['Mme Dupont', null],
] as const)('« %s » is counted as %s', (typed, kind) => {
  expect(guessRequesterKind(typed)).toBe(kind)
})

test('every kind proposed exists in the list', () => {
  const codes = requesterKinds.values.map(({ code }) => code)
  expect(Object.values(kindOfFacet).filter((kind) => !codes.includes(kind))).toEqual([])
})

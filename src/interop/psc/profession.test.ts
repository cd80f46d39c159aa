import { expect, test } from 'vitest'
import { professionalCategoryOf, tradeLabel } from './profession.ts'

const at = (sectorCode: string | null, mode = 'S') => ({ sectorCode, mode })
const profession = (professionCode: string) => ({ professionCode, roleCode: null })
const role = (roleCode: string) => ({ professionCode: null, roleCode })

test.each([
  ['a doctor in his practice', { ...profession('10'), ...at('SA07', 'L') }, 'health', 'R.1110-2, 1°'],
  ['a nurse employed by a DAC stays a health professional', { ...profession('60'), ...at('SA57') }, 'health', 'R.1110-2, 1°'],
  ['a care assistant', { ...role('313'), ...at('SA01') }, 'health', 'R.1110-2, 1°'],
  ['a social worker of a CCAS', { ...profession('41'), ...at('SA27') }, 'social', 'R.1110-2, 2°, a'],
  ['a social worker of a DAC', { ...profession('41'), ...at('SA57') }, 'coordination', 'R.1110-2, 2°, j'],
  ['the reception of a DAC', { ...role('336'), ...at('SA57') }, 'coordination', 'R.1110-2, 2°, j'],
  ['a coordinator of a DAC', { ...role('330'), ...at('SA57') }, 'coordination', 'R.1110-2, 2°, j'],
  ['a psychologist in private practice', { ...profession('93'), ...at('SA07', 'L') }, 'social', 'R.1110-2, 2°, b'],
  ['a mandataire', { ...role('307'), ...at('SA41', 'L') }, 'legal_protection', 'R.1110-2, 2°, f'],
  ['an APA team', { ...role('310'), ...at('SA27') }, 'social', 'R.1110-2, 2°, i'],
  ['a coordinator employed by an EHPAD', { ...role('330'), ...at('SA17') }, 'social', 'R.1110-2, 2°, g'],
  ['a coordinator of a CPTS is named nowhere', { ...role('330'), ...at('SA63') }, 'administrative', ''],
  ['a director is named nowhere', { ...role('359'), ...at('SA17') }, 'administrative', ''],
  ['an unknown role', { ...role('999'), ...at('SA01') }, 'administrative', ''],
  ['an unknown profession', { ...profession('99'), ...at(null) }, 'administrative', ''],
] as const)('%s', (_who, situation, category, reference) => {
  expect(professionalCategoryOf(situation)).toEqual({ category, reference })
})

test('no code is ever shown: an unknown trade is a « Professionnel »', () => {
  expect(tradeLabel(role('330'))).toBe('Coordonnateur de parcours')
  expect(tradeLabel(profession('10'))).toBe('Médecin')
  expect(tradeLabel(role('999'))).toBe('Professionnel')
})

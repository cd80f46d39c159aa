import { expect, test } from 'vitest'
import { blockedBy, questionsFor } from './extra-questions.ts'
import { headlineOf } from './headline.ts'

const codes = (kind: string, answers: Record<string, string> = {}): string[] => questionsFor(kind, answers).map(({ code }) => code)

test('the Assurance maladie is asked first whether it is the Prado, then what the answer calls for', () => {
  expect(codes('health_insurance')).toEqual(['prado'])
  expect(codes('health_insurance', { prado: 'no', still_hospitalised: 'yes' })).toEqual(['prado'])
  expect(codes('health_insurance', { prado: 'yes' })).toEqual(['prado', 'patient_consent', 'still_hospitalised', 'alert_signs'])
  expect(codes('health_insurance', { prado: 'yes', still_hospitalised: 'yes' })).toContain('hospital_team_contacted')
})

test('a daughter is asked nothing more', () => {
  expect(codes('relative')).toEqual([])
  expect(blockedBy('name_person', 'relative', {})).toBeNull()
})

test('consent is asked before naming; the hospital team before taking charge', () => {
  const prado = { prado: 'yes', patient_consent: 'yes', still_hospitalised: 'yes' }
  expect(blockedBy('name_person', 'health_insurance', { prado: 'yes' })?.question).toBe('patient_consent')
  expect(blockedBy('name_person', 'health_insurance', prado)).toBeNull()
  expect(blockedBy('take_charge', 'health_insurance', prado)?.question).toBe('hospital_team_contacted')
  expect(blockedBy('take_charge', 'health_insurance', { ...prado, hospital_team_contacted: 'yes' })).toBeNull()
})

test('a request is found in a list under its first sentence, cut at a word', () => {
  expect(headlineOf('Sort lundi de l’hôpital. Plus d’infirmière le week-end.', [])).toBe('Sort lundi de l’hôpital')
  expect(headlineOf(null, ['Aidant épuisé', 'Chutes'])).toBe('Aidant épuisé')
  expect(headlineOf('  ', [])).toBe('Demande sans texte')
  const long = headlineOf(`${'mot '.repeat(40)}fin.`, [])
  expect(long.length).toBeLessThanOrEqual(73)
  expect(long.endsWith('mot…')).toBe(true)
})

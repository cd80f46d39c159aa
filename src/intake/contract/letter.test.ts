import { expect, test } from 'vitest'
import { draftLetter, type LetterFacts } from './letter.ts'

const facts: LetterFacts = {
  to: 'requester',
  number: 42,
  receivedOn: '15/10/2026',
  dacName: 'DAC Hautes-Vallées',
  person: 'Mme Odile Perrin',
  requesterName: 'Dr Fritsch',
  answers: [],
  partners: [],
  accompaniment: null,
  noFollowUpReason: null,
}
const b = (code: string, text: string | null = null) => ({ code, label: '', text })

test('the requester reads what was done of her request', () => {
  const letter = draftLetter({ ...facts, answers: [b('B7')], accompaniment: { level: 'Soutenu', referent: 'Julie Marchal' } })
  expect(letter).toContain('sollicités le 15/10/2026 concernant Mme Odile Perrin')
  expect(letter).toContain('Un accompagnement par le DAC est proposé (niveau soutenu). Julie Marchal en est le référent')
})

test('whoever sent the person reads to whom the answer was given', () => {
  expect(draftLetter({ ...facts, to: 'referred_by', requesterName: 'Mme Weiss', answers: [b('B1', 'Liste des SAD remise.')] })).toContain(
    'orienté vers nous Mme Weiss',
  )
})

test('a reorientation names the partner, a refusal says why, no answer says that it is coming', () => {
  expect(draftLetter({ ...facts, answers: [b('B3')], partners: ['CLIC des Hautes-Vallées'] })).toContain('le relais à CLIC des Hautes-Vallées')
  expect(draftLetter({ ...facts, answers: [b('B0')], noFollowUpReason: 'La personne refuse l’intervention' })).toContain(
    'pas suite à cette demande : la personne refuse',
  )
  expect(draftLetter(facts)).toContain('en cours de traitement')
})

test('no code of a list ever stands in a letter', () => {
  const letter = draftLetter({ ...facts, answers: ['B0', 'B1', 'B2', 'B3', 'B4', 'B5', 'B6', 'B7', 'B8', 'B9'].map((code) => b(code)) })
  expect(letter).not.toMatch(/\bB\d\b/)
})

import { expect, test } from 'vitest'
import { cutSummary, noteHeading } from './note.ts'

test('a note with a title keeps it', () => {
  expect(noteHeading('observation', 'Chute dans la salle de bains', 'Relevée seule vers 21 h.')).toEqual({
    title: 'Chute dans la salle de bains',
    summary: 'Relevée seule vers 21 h.',
  })
})

test('the first sentence of a note makes its title when something follows', () => {
  expect(noteHeading('observation', null, 'Chute dans la salle de bains. Relevée seule vers 21 h, pas de plaie.')).toEqual({
    title: 'Chute dans la salle de bains',
    summary: 'Relevée seule vers 21 h, pas de plaie.',
  })
  expect(noteHeading('general', null, 'Téléassistance demandée\nSylvie ne dort plus.')).toEqual({
    title: 'Téléassistance demandée',
    summary: 'Sylvie ne dort plus.',
  })
})

test('a short note, or one long sentence, takes the name of its type', () => {
  expect(noteHeading('instruction', null, 'Peser chaque lundi.')).toEqual({ title: 'Consigne', summary: 'Peser chaque lundi.' })
  const long = `${'mot '.repeat(40).trim()}. Fin.`
  expect(noteHeading('observation', null, long)).toEqual({ title: 'Observation', summary: long })
})

test('a decimal figure does not end a sentence', () => {
  expect(noteHeading('observation', null, 'Poids 52.4 kg ce matin').title).toBe('Observation')
})

test('a very long text is cut on a word', () => {
  const cut = cutSummary('syllabe '.repeat(200))
  expect(cut.length).toBeLessThanOrEqual(601)
  expect(cut.endsWith('syllabe…')).toBe(true)
})

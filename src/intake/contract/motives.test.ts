import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defineValueSet } from '../../territory/contract/value-sets.ts'
import { proposeMotives } from './motives.ts'

const codes = (text: string) => proposeMotives(text).map((proposal) => proposal.code)

test('a call typed as it is said gives its motives', () => {
  expect(
    codes('Sort lundi de l’hôpital. Plus d’infirmière le week-end, ne monte plus l’escalier. Elle ne dort plus et n’ose pas le dire aux enfants.').sort(),
  ).toEqual(['caregiver', 'falls', 'find_nurse', 'hospital_discharge'].sort())
})

test.each([
  ['Plus de médecin traitant depuis mars, le Dr est parti à la retraite', 'no_gp'],
  ['sa fille n’en peut plus, demande de répit', 'caregiver'],
  ['refuse toute aide, logement très encombré, odeurs', 'care_refusal'],
  ['logement encombré, incurie', 'housing'],
  ['Fin de vie à domicile, relais HAD', 'palliative'],
  ['dossier APA sans réponse depuis 4 mois', 'rights'],
  ['enfant de 9 ans, scolarité interrompue', 'child'],
  ['question sur une mise sous protection', 'legal_protection'],
  ['Recherche d’un kiné à domicile', 'find_physio'],
  ['RETOUR A DOMICILE APRES FRACTURE', 'hospital_discharge'],
  ['chutes répétées, tombée hier soir', 'falls'],
  ['troubles de la mémoire, sort la nuit', 'cognitive'],
  ['alcoolisme, boit depuis le décès de sa femme', 'addiction'],
  ['ne mange plus, a perdu 6 kilos', 'nutrition'],
  ['ne parle pas français, besoin d’un interprète', 'language'],
  ['crainte de maltraitance par le voisin', 'abuse'],
  ['entrée en EHPAD à préparer', 'admission'],
  ['on voudrait connaître les coordonnées du CLIC', 'advice'],
  ['dettes, factures impayées', 'poverty'],
  ['vit seul, personne autour de lui', 'isolation'],
])('« %s » suggests %s', (text, code) => {
  expect(codes(text)).toContain(code)
})

test('accents and capitals do not matter, and what is proposed says why', () => {
  expect(proposeMotives('EPUISEE')).toEqual(proposeMotives('epuisée').map((proposal) => ({ ...proposal, because: 'EPUISEE' })))
  expect(proposeMotives('Sort lundi matin de l’hôpital')[0]).toMatchObject({ code: 'hospital_discharge', because: 'Sort hôpital' })
})

test('words far apart or in two sentences do not make a keyword', () => {
  expect(codes('Il sort beaucoup. Son voisin travaille à l’hôpital.')).not.toContain('hospital_discharge')
})

test('« sad » is the service, not the start of another word', () => {
  expect(codes('sadique')).toEqual([])
})

test('nothing said, nothing proposed; never more than five', () => {
  expect(codes('')).toEqual([])
  expect(codes('bonjour, rappeler demain')).toEqual([])
  expect(codes('hôpital sortie infirmière kiné chute alzheimer alcool dettes EHPAD transport interprète maltraitance')).toHaveLength(5)
})

test('the list of the region is used when it has its own', () => {
  const own = defineValueSet({ code: 'test.motive', title: 'Motifs', values: [{ code: 'heat', label: 'Canicule', keywords: ['canicule', 'tres chaud'] }] })
  expect(proposeMotives('Elle a très chaud', own).map((proposal) => proposal.label)).toEqual(['Canicule'])
})

test('whatever is typed, the answer is short and quick', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => proposeMotives(text).length <= 5))
})

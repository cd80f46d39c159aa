import { expect, test } from 'vitest'
import { type KnownMembership, placesOf } from './places.ts'
import type { PscIdentity, PscSituation, PscStructure } from './userinfo.ts'

const structure = (change: Partial<PscStructure>): PscStructure => ({
  finess: null,
  finessLegal: null,
  siret: null,
  siren: null,
  technicalId: null,
  name: '',
  postalCode: null,
  city: null,
  communeCode: null,
  ...change,
})
const situation = (change: Partial<PscSituation>, where: Partial<PscStructure>): PscSituation => ({
  professionCode: '60',
  roleCode: null,
  professionalStatus: 'C',
  specialtyCodes: [],
  sectorCode: 'SA01',
  activityGenre: null,
  mode: 'S',
  suggested: false,
  ...change,
  structure: structure(where),
})
const identity = (...situations: PscSituation[]): PscIdentity => ({
  nationalId: '819990002149',
  rpps: '19990002149',
  familyName: 'X',
  givenName: 'Y',
  civility: null,
  situations,
})
const membership = (change: Partial<KnownMembership>): KnownMembership => ({
  id: 'm',
  serviceId: 's',
  serviceName: 'DAC Hautes-Vallées',
  jobTitle: null,
  finess: null,
  finessLegal: null,
  siren: null,
  ...change,
})

const dac = situation({ sectorCode: 'SA57' }, { finess: '889990032', finessLegal: '889990065', siren: '999990112', name: 'DAC HAUTES VALLEES' })
const practice = situation({ mode: 'L', sectorCode: 'SA07' }, { technicalId: 'R1', name: 'CABINET' })
const hospital = situation({}, { finess: '889990123', name: 'CH' })
const summary = (places: ReturnType<typeof placesOf>): unknown => places.map((place) => [place.membership?.id ?? null, place.situation.structure.name])

test('a membership goes with the situation of its FINESS', () => {
  expect(summary(placesOf(identity(hospital, dac), [membership({ finess: '889990032' })]))).toEqual([['m', 'DAC HAUTES VALLEES']])
})

test('without FINESS the name decides, accents and capitals aside', () => {
  expect(summary(placesOf(identity(hospital, dac), [membership({})]))).toEqual([['m', 'DAC HAUTES VALLEES']])
})

test('two services of one legal person share its situation and stay two places', () => {
  const dacHere = membership({ id: 'dac', finess: '889990032' })
  const clic = membership({ id: 'clic', serviceName: 'CLIC', finess: '889990099', finessLegal: '889990065' })
  expect(summary(placesOf(identity(dac), [dacHere, clic]))).toEqual([
    ['dac', 'DAC HAUTES VALLEES'],
    ['clic', 'DAC HAUTES VALLEES'],
  ])
})

test('a membership of which Pro Santé Connect knows nothing is kept, with the situation put forward', () => {
  expect(summary(placesOf(identity(hospital, { ...practice, suggested: true }), [membership({})]))).toEqual([
    ['m', 'CABINET'],
    [null, 'CABINET'],
  ])
})

test('who has a membership is not offered a salaried place that Jalon does not know; her own practice she is', () => {
  const places = placesOf(identity(dac, hospital, practice), [membership({ finess: '889990032' })])
  expect(summary(places)).toEqual([
    ['m', 'DAC HAUTES VALLEES'],
    [null, 'CABINET'],
  ])
})

test('somebody unknown may enter by any of her situations', () => {
  expect(summary(placesOf(identity(practice, hospital), []))).toEqual([
    [null, 'CABINET'],
    [null, 'CH'],
  ])
})

test('somebody unknown whose function R.1110-2 does not name enters nowhere by herself', () => {
  const director = situation({ professionCode: null, roleCode: '359' }, { finess: '889990123', name: 'CH' })
  expect(placesOf(identity(director), [])).toEqual([])
  expect(summary(placesOf(identity(director), [membership({})]))).toEqual([['m', 'CH']])
})

test('the staff of a DAC waits for its DAC to register her', () => {
  expect(placesOf(identity(dac), [])).toEqual([])
})

test('without situation there is no place, even with a membership', () => {
  expect(placesOf(identity(), [membership({})])).toEqual([])
})

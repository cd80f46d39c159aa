import { beforeAll, expect, it } from 'vitest'
import type { EpisodeId } from '../../episodes/contract/episode.ts'
import { episodesHandlers } from '../../episodes/server/handlers.ts'
import { anEpisode, episodeLists } from '../../episodes/testing/builders.ts'
import { aPerson, aSight } from '../../persons/testing/builders.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call, testClock, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { anActor, aService, type BuiltService } from '../../territory/testing/builders.ts'
import { type MeasureId, measures, recordMeasure, setMeasureThreshold, strikeMeasure } from '../contract/measures.ts'
import { dayNews, timeline } from '../contract/queries.ts'
import { liaisonHandlers } from './handlers.ts'

const { db } = await testDatabase()
const clock = testClock('2026-10-15T07:42:00Z')
const gate = testGate(db, clock)
const registry = registryOf([...episodesHandlers, ...liaisonHandlers])

let dac: BuiltService
let julie: Actor
let nurse: Actor
let curator: Actor

beforeAll(async () => {
  await episodeLists(db)
  dac = await aService(db, { name: 'DAC Hautes-Vallées' })
  julie = await anActor(db, { service: dac })
  const outside = async (givenName: string, category: 'health' | 'social') =>
    anActor(db, {
      givenName,
      category,
      functions: ['outside_professional'],
      professionalId: newId(),
      service: await aService(db, { kind: 'practice', name: `Cabinet ${givenName}` }),
    })
  nurse = await outside('Thomas', 'health')
  curator = await outside('Alain', 'social')
})

async function aFollowedPerson(): Promise<PersonId> {
  const episodeId = newId<EpisodeId>()
  const personId = await aPerson(db, { dac: dac.id, episodeId })
  await anEpisode(db, { id: episodeId, personId, dac: dac.id, referentId: julie.userId })
  await aSight(db, personId, String(nurse.professionalId), { basis: 'care_team' })
  await aSight(db, personId, String(curator.professionalId), { basis: 'care_team', volets: ['administrative', 'social'] })
  return personId
}

const weighed = (personId: PersonId, value: number, at?: string) => ({
  id: newId<MeasureId>(),
  personId,
  kind: 'weight',
  value,
  ...(at === undefined ? {} : { at }),
})
const alertsOf = async (personId: PersonId) => (await call(gate, registry, dayNews, julie, {})).alerts.filter((alert) => alert.personId === personId)

it('a nurse notes a weight; the circle of the health volet reads it in the Fil and in its table, the curator does not', async () => {
  const personId = await aFollowedPerson()
  expect(await call(gate, registry, recordMeasure, nurse, weighed(personId, 52.4))).toMatchObject({ alerted: false })
  await call(gate, registry, recordMeasure, nurse, { ...weighed(personId, 130), kind: 'blood_pressure', second: 80 })
  const { kinds } = await call(gate, registry, measures, julie, { personId })
  expect(kinds.map(({ kind, rows }) => [kind, rows[0]?.value, rows[0]?.second, rows[0]?.authorName])).toEqual([
    ['blood_pressure', 130, 80, 'Thomas Marchal'],
    ['weight', 52.4, null, 'Thomas Marchal'],
  ])
  expect((await call(gate, registry, timeline, julie, { personId })).rows.map(({ title }) => title.replaceAll(/\s/g, ' ')).sort()).toEqual([
    'Poids : 52,4 kg',
    'Tension artérielle : 130/80 mmHg',
  ])
  expect((await call(gate, registry, measures, curator, { personId })).kinds).toEqual([])
  await expect(call(gate, registry, recordMeasure, curator, weighed(personId, 52))).rejects.toMatchObject({ kind: 'forbidden' })
})

it('what cannot be is refused with its limits, and nothing is written', async () => {
  const personId = await aFollowedPerson()
  await expect(call(gate, registry, recordMeasure, nurse, weighed(personId, 524))).rejects.toMatchObject({
    code: 'input_invalid',
    details: { fields: { value: expect.stringContaining('350') } },
  })
  await expect(call(gate, registry, recordMeasure, nurse, { ...weighed(personId, 130), kind: 'blood_pressure' })).rejects.toMatchObject({
    code: 'input_invalid',
  })
  await expect(call(gate, registry, recordMeasure, nurse, weighed(personId, 52, '2026-10-17T08:00:00Z'))).rejects.toMatchObject({
    code: 'liaison.in_the_future',
  })
  expect((await call(gate, registry, measures, julie, { personId })).kinds).toEqual([])
})

it('alerts under the threshold of the person, and on a loss of 5 % in a month; a weight of long ago alerts nobody', async () => {
  const personId = await aFollowedPerson()
  await expect(call(gate, registry, setMeasureThreshold, nurse, { id: newId(), personId, kind: 'weight', low: 60, high: 50 })).rejects.toMatchObject({
    code: 'input_invalid',
  })
  await call(gate, registry, setMeasureThreshold, nurse, { id: newId(), personId, kind: 'weight', low: 50, reason: 'Dénutrition' })
  expect(await call(gate, registry, recordMeasure, nurse, weighed(personId, 49, '2026-08-01T08:00:00Z'))).toMatchObject({ alerted: false })
  expect(await call(gate, registry, recordMeasure, nurse, weighed(personId, 51))).toMatchObject({ alerted: false })
  expect(await call(gate, registry, recordMeasure, nurse, weighed(personId, 49.5))).toMatchObject({ alerted: true })
  expect((await alertsOf(personId)).map(({ title, rule }) => [title.replaceAll(/\s/g, ' '), rule?.title])).toEqual([
    ['Poids : 49,5 kg', 'Mesure hors du seuil de la personne'],
  ])
  const another = await aFollowedPerson()
  await call(gate, registry, recordMeasure, nurse, weighed(another, 60, '2026-09-25T08:00:00Z'))
  await call(gate, registry, recordMeasure, nurse, weighed(another, 58, '2026-10-05T08:00:00Z'))
  expect(await alertsOf(another)).toEqual([])
  await call(gate, registry, recordMeasure, nurse, weighed(another, 57))
  expect(await alertsOf(another)).toMatchObject([{ rule: { title: 'Perte de poids de 5\u00a0% en un mois'.replace('\u00a0', ' ') } }])
})

it('a mistaken measure is struck with its reason, by its author or the DAC, once; it stays readable', async () => {
  const personId = await aFollowedPerson()
  const { id } = await call(gate, registry, recordMeasure, julie, weighed(personId, 25.4))
  await expect(call(gate, registry, strikeMeasure, nurse, { id, reason: 'Erreur' })).rejects.toMatchObject({ kind: 'forbidden' })
  const twice = await Promise.allSettled([1, 2].map(() => call(gate, registry, strikeMeasure, julie, { id, reason: 'Chiffres inversés' })))
  expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect((await call(gate, registry, measures, nurse, { personId })).kinds[0]?.rows[0]).toMatchObject({
    value: 25.4,
    struckBecause: 'Chiffres inversés',
    struckByName: 'Julie Marchal',
  })
})

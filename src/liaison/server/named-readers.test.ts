import { sql } from 'kysely'
import { beforeAll, expect, it } from 'vitest'
import type { EpisodeId } from '../../episodes/contract/episode.ts'
import { episodesHandlers } from '../../episodes/server/handlers.ts'
import { anEpisode, episodeLists } from '../../episodes/testing/builders.ts'
import { aPerson, aSight } from '../../persons/testing/builders.ts'
import { aShelterAround } from '../../persons/testing/shelter.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call, testClock, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { anActor, aService, type BuiltService } from '../../territory/testing/builders.ts'
import { writeNote } from '../contract/actions.ts'
import type { NoteId } from '../contract/note.ts'
import { fileNews, noteThread } from '../contract/queries.ts'
import { liaisonHandlers } from './handlers.ts'

const { db } = await testDatabase()
const gate = testGate(db, testClock('2026-10-15T07:42:00Z'))
const registry = registryOf([...episodesHandlers, ...liaisonHandlers])

let dac: BuiltService
let refuge: BuiltService
let julie: Actor
let karim: Actor
let doctor: Actor

beforeAll(async () => {
  await episodeLists(db)
  dac = await aService(db, { name: 'DAC Hautes-Vallées' })
  refuge = await aService(db, { kind: 'other', name: 'Foyer L’Éclaircie', finess: '880000111' })
  julie = await anActor(db, { service: dac })
  karim = await anActor(db, { service: dac, givenName: 'Karim', familyName: 'Belkacem' })
  doctor = await anActor(db, {
    givenName: 'Anne-Laure',
    familyName: 'Fritsch',
    category: 'health',
    functions: ['outside_professional'],
    professionalId: newId(),
  })
})

async function aFollowedPerson(): Promise<PersonId> {
  const episodeId = newId<EpisodeId>()
  const personId = await aPerson(db, { dac: dac.id, episodeId })
  await anEpisode(db, { id: episodeId, personId, dac: dac.id, referentId: julie.userId, binomeId: karim.userId })
  await aSight(db, personId, String(doctor.professionalId), { basis: 'care_team' })
  return personId
}

it('around somebody in danger, neither the readers of the notebook nor « lu par » name whoever works for a structure that protects', async () => {
  const personId = await aFollowedPerson()
  const worker = { category: 'social', functions: ['outside_professional'] } as const
  const ines = await anActor(db, { ...worker, givenName: 'Inès', familyName: 'Roux', professionalId: newId(), service: refuge })
  const paul = await anActor(db, { ...worker, givenName: 'Paul', familyName: 'Adam', professionalId: newId() })
  for (const one of [ines, paul]) await aSight(db, personId, String(one.professionalId), { basis: 'care_team', volets: ['administrative', 'social'] })
  const id = newId<NoteId>()
  await call(gate, registry, writeNote, julie, { id, personId, type: 'observation', body: 'Elle dort mieux.', volet: 'social' })
  const named = async (actor: Actor) => {
    const { openedBy, notYet } = await call(gate, registry, noteThread, actor, { id })
    const { readers } = await call(gate, registry, fileNews, actor, { personId })
    return [...readers, ...openedBy, ...notYet].map(({ name }) => name).join()
  }
  for (const reader of [julie, doctor]) expect(await named(reader)).toMatch(/Roux.*Roux/)
  const structure = await asSystem(
    db,
    'look in a test',
    async (tx) => (await sql<{ id: string }>`select territory.party_id('finess:880000111') as id`.execute(tx)).rows[0]?.id,
  )
  await aShelterAround(db, personId, [String(structure), String(paul.professionalId)], { userId: julie.userId, dac: dac.id })
  expect(await named(doctor)).toMatch(/Fritsch/)
  expect(await named(doctor)).not.toMatch(/Roux|Adam/)
  // Whoever answers for the person knows her circle; whoever works there knows herself.
  expect(await named(julie)).toMatch(/Adam.*Roux.*(Adam|Roux)/)
  expect(await named(ines)).toMatch(/Roux/)
  expect(await named(ines)).not.toMatch(/Adam/)
})

it('« n’a pas encore lu » does not name a professional from whom the person keeps the volet, or with whom she refuses sharing', async () => {
  const personId = await aFollowedPerson()
  const id = newId<NoteId>()
  const nurse = await anActor(db, { category: 'health', functions: ['outside_professional'], givenName: 'Thomas', familyName: 'Noël', professionalId: newId() })
  await aSight(db, personId, String(nurse.professionalId), { basis: 'care_team' })
  await call(gate, registry, writeNote, julie, { id, personId, type: 'observation', body: 'Elle dort mieux.', volet: 'health' })
  const notYet = async () => (await call(gate, registry, noteThread, julie, { id })).notYet.map(({ name }) => name)
  expect(await notYet()).toEqual(['Anne-Laure Fritsch', 'Karim Belkacem', 'Thomas Noël'])
  await asSystem(db, 'wishes in a test', async (tx) => {
    await sql`insert into persons.withheld_volet (id, person_id, withholds, from_party_id, since, mode, given_by, recorded_at, recorded_by, recorded_by_name, holder_org)
      values (${newId()}, ${personId}, 'health', ${karim.userId}, '2026-10-15', 'oral', 'person', now(), ${julie.userId}, 'Julie Marchal', ${dac.id})`.execute(
      tx,
    )
    await sql`insert into persons.non_disclosure (id, person_id, kind, towards, party_id, since, recorded_by, holder_org)
      values (${newId()}, ${personId}, 'no_sharing', 'Thomas Noël', ${nurse.userId}, '2026-10-15', ${julie.userId}, ${dac.id})`.execute(tx)
  })
  expect(await notYet()).toEqual(['Anne-Laure Fritsch'])
})

import { sql } from 'kysely'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { aPerson } from '../../persons/testing/builders.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call, testClock, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { anActor, aService, type BuiltService } from '../../territory/testing/builders.ts'
import type { EpisodeId } from '../contract/episode.ts'
import { day } from '../contract/queries.ts'
import { finishTask } from '../contract/tasks.ts'
import { anEpisode, aTask, episodeLists } from '../testing/builders.ts'
import { episodesHandlers } from './handlers.ts'

const { db } = await testDatabase()
const clock = testClock('2026-10-15T07:42:00Z')
const gate = testGate(db, clock)
const registry = registryOf(episodesHandlers)

let dac: BuiltService
let julie: Actor
let karim: Actor
let nadia: Actor
let lead: Actor

beforeAll(() => episodeLists(db))
beforeEach(async () => {
  clock.set('2026-10-15T07:42:00Z')
  dac = await aService(db, { name: 'DAC Hautes-Vallées' })
  julie = await anActor(db, { service: dac })
  karim = await anActor(db, { service: dac, givenName: 'Karim', familyName: 'Belkacem' })
  nadia = await anActor(db, { service: dac, givenName: 'Nadia', familyName: 'Roussel' })
  lead = await anActor(db, { service: dac, givenName: 'Claire', familyName: 'Vautrin', functions: ['team_lead'] })
})

/** Two days from the 15th of October, at the service's hour. */
async function away(who: Actor, substitute: Actor | null = null): Promise<void> {
  await asSystem(db, 'an absence in a test', (tx) =>
    sql`insert into territory.absence (id, user_id, service_id, starts_at, ends_at, substitute_id, recorded_by, recorded_at)
      values (${newId()}, ${who.userId}, ${dac.id}, '2026-10-14T22:00:00Z', '2026-10-16T22:00:00Z', ${substitute?.userId ?? null}, ${who.userId}, now())`.execute(
      tx,
    ),
  )
}

/** A file that Julie follows with Karim, and a task of hers in it. */
async function aTaskOfJulie(title: string, dueOn: string | null, facts: { readonly referent?: Actor; readonly binome?: Actor | null } = {}) {
  const episodeId = newId<EpisodeId>()
  const personId = await aPerson(db, { dac: dac.id, episodeId })
  const binome = facts.binome === undefined ? karim : facts.binome
  await anEpisode(db, { id: episodeId, personId, dac: dac.id, referentId: (facts.referent ?? julie).userId, binomeId: binome?.userId ?? null })
  return aTask(db, { dac: dac.id, assigneeId: julie.userId, personId, episodeId, title, dueOn })
}

const stoodIn = async (actor: Actor): Promise<readonly string[]> => (await call(gate, registry, day, actor, {})).stoodIn.map(({ title }) => title)

describe('the tasks of a référent who is away', () => {
  it('are her binôme’s until she is back: those that fall due meanwhile, late ones first, and nobody else’s', async () => {
    await aTaskOfJulie('Rappeler vendredi', '2026-10-16')
    await aTaskOfJulie('En retard', '2026-10-09')
    await aTaskOfJulie('Samedi, à son retour', '2026-10-17')
    await aTaskOfJulie('Sans date', null)
    expect(await stoodIn(karim)).toEqual([])
    await away(julie)
    const seen = await call(gate, registry, day, karim, {})
    expect(seen.stoodIn.map(({ title }) => title)).toEqual(['En retard', 'Rappeler vendredi'])
    expect(seen.stoodIn[0]).toMatchObject({ assigneeName: 'Julie Marchal', person: { birthName: 'KEMPF' } })
    expect(Date.parse(String(seen.stoodIn[0]?.awayUntil))).toBe(Date.parse('2026-10-16T22:00:00Z'))
    expect(await stoodIn(nadia)).toEqual([])
    expect(await stoodIn(lead)).toEqual([])
    expect(await stoodIn(julie)).toEqual([])
  })

  it('are given back at her return: what the binôme did is done, the rest is hers again', async () => {
    const done = await aTaskOfJulie('Faite par Karim', '2026-10-15')
    await aTaskOfJulie('Reste à faire', '2026-10-16')
    await away(julie)
    await call(gate, registry, finishTask, karim, { id: done })
    expect(await stoodIn(karim)).toEqual(['Reste à faire'])
    clock.set('2026-10-16T22:00:00Z')
    expect(await stoodIn(karim)).toEqual([])
    const hers = await call(gate, registry, day, julie, {})
    expect(hers.tasks.map(({ title }) => title)).toEqual(['Reste à faire'])
  })

  it('go to whoever she named, then to the référent of the file, and without anybody there to those who lead the team', async () => {
    await aTaskOfJulie('De ses fiches', '2026-10-15')
    await aTaskOfJulie('D’une fiche de Nadia', '2026-10-16', { referent: nadia })
    await aTask(db, { dac: dac.id, assigneeId: julie.userId, title: 'D’aucune fiche', dueOn: '2026-10-16' })
    await away(julie)
    await away(karim)
    expect(await stoodIn(nadia)).toEqual(['D’une fiche de Nadia'])
    expect(await stoodIn(lead)).toEqual(['De ses fiches', 'D’aucune fiche'])
    await asSystem(db, 'she names somebody', (tx) =>
      sql`update territory.absence set substitute_id = ${nadia.userId} where user_id = ${julie.userId}`.execute(tx),
    )
    expect(await stoodIn(nadia)).toEqual(['De ses fiches', 'D’une fiche de Nadia', 'D’aucune fiche'])
    expect(await stoodIn(lead)).toEqual([])
  })

  it('of another DAC are never seen, whoever is named there', async () => {
    await aTaskOfJulie('Ici', '2026-10-15')
    await away(julie)
    const elsewhere = await anActor(db, { service: await aService(db, { name: 'DAC des Collines' }), functions: ['team_lead'] })
    expect(await stoodIn(elsewhere)).toEqual([])
  })
})

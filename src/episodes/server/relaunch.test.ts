import { sql } from 'kysely'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { aPerson } from '../../persons/testing/builders.ts'
import type { AnyAction, AnyQuery, OutputOf, RawInputOf } from '../../platform/contract/action.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call, testClock, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { anActor, aService, type BuiltService } from '../../territory/testing/builders.ts'
import type { EpisodeId, TaskId } from '../contract/episode.ts'
import { practices, publishPractice, relaunchPreview, starterLoad, starterRelaunch } from '../contract/practices.ts'
import { day, taskSheet } from '../contract/queries.ts'
import { checklists, startCriticalSequence } from '../contract/sequences.ts'
import { addTask, editTask, finishTask, resumeTask, writeToTaskActor } from '../contract/tasks.ts'
import { anEpisode, episodeLists } from '../testing/builders.ts'
import { episodesHandlers } from './handlers.ts'
import { relaunchTasks } from './relaunch.ts'

const { db } = await testDatabase()
const timeZone = 'Europe/Paris'
const clock = testClock('2026-10-15T07:42:00Z')
const gate = { ...testGate(db, clock), timeZone }
const registry = registryOf(episodesHandlers)
const as = <C extends AnyAction | AnyQuery>(actor: Actor, contract: C, input: RawInputOf<C>): Promise<OutputOf<C>> =>
  call(gate, registry, contract, actor, input)
const at = (now: string) => relaunchTasks(db, { now: new Date(now), timeZone })

let dac: BuiltService
let julie: Actor
let karim: Actor
let lead: Actor
let region: Actor
let personId: PersonId
let episodeId: EpisodeId

const plant = (query: ReturnType<typeof sql>) => asSystem(db, 'plant in a test', (tx) => query.execute(tx))
/** Due on Thursday 15 October, for Karim: Julie follows the file. */
async function aTask(more: Partial<RawInputOf<typeof addTask>> = {}): Promise<TaskId> {
  const id = newId<TaskId>()
  await as(julie, addTask, { id, personId, kind: 'call_person', title: 'Rappeler la mairie', assigneeId: karim.userId, dueOn: '2026-10-15', ...more })
  return id
}
const relaunchOf = async (id: TaskId) => {
  const { remindedOn, remindedStep } = (await as(julie, taskSheet, { id })).task
  return [remindedStep, remindedOn]
}
const toFollow = async (actor: Actor) => (await as(actor, day, {})).relaunched.map(({ title }) => title)

beforeAll(async () => {
  await episodeLists(db)
})
beforeEach(async () => {
  clock.set('2026-10-15T07:42:00Z')
  // The job looks at every DAC: those of the tests before are done.
  await plant(sql`update episodes.task set state = 'done', ended_at = now() where state = 'open'`)
  dac = await aService(db, { name: 'DAC Hautes-Vallées' })
  julie = await anActor(db, { service: dac })
  karim = await anActor(db, { service: dac, givenName: 'Karim', familyName: 'Belkacem' })
  lead = await anActor(db, { service: dac, givenName: 'Anne', familyName: 'Wolff', functions: ['referent', 'team_lead'] })
  region = await anActor(db, { service: await aService(db, { name: 'GRADeS', kind: 'region' as never }), functions: ['regional_admin'] })
  episodeId = newId<EpisodeId>()
  personId = await aPerson(db, { dac: dac.id, episodeId })
  await anEpisode(db, { id: episodeId, personId, dac: dac.id, referentId: julie.userId })
})

describe('a late task is relaunched', () => {
  it('after two working days to whoever has it, after five to the référent, each once', async () => {
    const id = await aTask()
    await at('2026-10-16T08:00:00Z')
    expect(await relaunchOf(id), 'Friday: one working day late').toEqual([null, null])
    await at('2026-10-19T08:00:00Z')
    expect(await relaunchOf(id), 'Monday: two').toEqual(['actor', '2026-10-19'])
    expect(await toFollow(julie)).toEqual([])
    expect(await at('2026-10-19T09:00:00Z')).toBe(0)
    await at('2026-10-22T08:00:00Z')
    expect(await relaunchOf(id), 'Thursday: five').toEqual(['follower', '2026-10-22'])
    expect(await toFollow(julie)).toEqual(['Rappeler la mairie'])
    expect(await at('2026-11-20T08:00:00Z')).toBe(0)
  })

  it('in opening hours only, and once when two processes look at the same time', async () => {
    await aTask()
    expect(await at('2026-10-19T05:00:00Z'), 'before the opening').toBe(0)
    expect(await at('2026-10-18T10:00:00Z'), 'on Sunday').toBe(0)
    const told = await Promise.all([at('2026-10-19T08:00:00Z'), at('2026-10-19T08:00:00Z')])
    expect(told.toSorted()).toEqual([0, 1])
  })

  it('one step a day, were it forgotten for weeks', async () => {
    const id = await aTask({ dueOn: '2026-09-01' })
    await at('2026-10-15T08:00:00Z')
    await at('2026-10-15T09:00:00Z')
    expect(await relaunchOf(id)).toEqual(['actor', '2026-10-15'])
    await at('2026-10-16T08:00:00Z')
    expect(await relaunchOf(id)).toEqual(['follower', '2026-10-16'])
  })

  it('of the référent herself goes to her binôme, else to those who lead the team', async () => {
    await aTask({ assigneeId: julie.userId, title: 'Appeler le fils' })
    await at('2026-10-19T08:00:00Z')
    await at('2026-10-22T08:00:00Z')
    expect(await toFollow(lead)).toEqual(['Appeler le fils'])
    expect(await toFollow(karim)).toEqual([])
    await plant(sql`update episodes.episode set binome_id = ${karim.userId} where id = ${episodeId}`)
    await aTask({ assigneeId: julie.userId, title: 'Appeler la fille' })
    await at('2026-10-23T08:00:00Z')
    await at('2026-10-26T08:00:00Z')
    expect(await toFollow(karim)).toEqual(['Appeler la fille'])
  })

  it('of somebody away goes to whoever stands in', async () => {
    await plant(sql`insert into territory.absence (id, user_id, service_id, starts_at, ends_at, substitute_id, recorded_at, recorded_by)
      values (${newId()}, ${karim.userId}, ${dac.id}, '2026-10-16', '2026-11-01', ${lead.userId}, now(), ${karim.userId})`)
    const id = await aTask()
    await at('2026-10-19T08:00:00Z')
    const told = await asSystem(
      db,
      'look in a test',
      async (tx) => (await sql<{ to: string }>`select reminded_to as to from episodes.task where id = ${id}`.execute(tx)).rows,
    )
    expect(told).toEqual([{ to: lead.userId }])
  })

  it('no more once it is done, the person died, or the file closed; again for a new term', async () => {
    const done = await aTask()
    await as(karim, finishTask, { id: done })
    const late = await aTask()
    await plant(sql`update persons.person set deceased_on = '2026-10-17' where person_id = ${personId}`)
    expect(await at('2026-10-19T08:00:00Z')).toBe(0)
    await plant(sql`update persons.person set deceased_on = null where person_id = ${personId}`)
    await plant(sql`update episodes.episode set state = 'closed', closed_on = '2026-10-16', closure_reason = 'stabilised' where id = ${episodeId}`)
    expect(await at('2026-10-19T08:00:00Z')).toBe(0)
    await plant(sql`update episodes.episode set state = 'open', closed_on = null, closure_reason = null where id = ${episodeId}`)
    expect(await at('2026-10-19T08:00:00Z')).toBe(1)
    clock.set('2026-10-19T08:30:00Z')
    await as(karim, editTask, { id: late, baseVersion: 1, changes: { dueOn: '2026-10-20' } })
    expect(await relaunchOf(late), 'a new term has no relaunch').toEqual([null, null])
    await at('2026-10-22T08:00:00Z')
    expect(await relaunchOf(late)).toEqual(['actor', '2026-10-22'])
    await as(karim, finishTask, { id: late })
    await as(karim, resumeTask, { id: late })
    expect(await at('2026-10-22T09:00:00Z'), 'ticked and given back, it was told already').toBe(0)
  })
})

describe('a task given to somebody outside', () => {
  it('is asked by letter, and its relaunch is a letter to print', async () => {
    const id = await aTask({ outside: { name: 'Bailleur Vosgelis', role: 'bailleur' } })
    await as(karim, writeToTaskActor, { id })
    expect((await as(karim, taskSheet, { id })).task).toMatchObject({ outsideName: 'Bailleur Vosgelis', letterOn: '2026-10-15', relaunchLetterOn: null })
    await at('2026-10-22T08:00:00Z')
    expect(await relaunchOf(id), 'the letter leaves ten working days later, not two').toEqual([null, null])
    await at('2026-10-29T08:00:00Z')
    expect(await relaunchOf(id)).toEqual(['actor', '2026-10-29'])
    clock.set('2026-10-29T09:00:00Z')
    await as(karim, writeToTaskActor, { id })
    expect((await as(karim, taskSheet, { id })).task).toMatchObject({ letterOn: '2026-10-15', relaunchLetterOn: '2026-10-29' })
  })

  it('is refused in the volet santé, to whom the person wants nothing said, and has no letter when it is nobody’s outside', async () => {
    await expect(aTask({ outside: { name: 'Bailleur Vosgelis' }, volet: 'health' })).rejects.toMatchObject({ code: 'episodes.task_health_outside' })
    const id = await aTask()
    await expect(as(karim, writeToTaskActor, { id })).rejects.toMatchObject({ code: 'episodes.task_not_outside' })
    await plant(sql`insert into persons.non_disclosure (id, person_id, kind, towards, since, recorded_by, holder_org)
      values (${newId()}, ${personId}, 'tell_nothing', 'Bailleur Vosgelis', '2026-10-01', ${julie.userId}, ${dac.id})`)
    await expect(aTask({ outside: { name: 'Bailleur Vosgelis' } })).rejects.toMatchObject({ kind: 'invalid' })
  })
})

describe('rules are data', () => {
  const rule = { kind: null, actorAfter: 1, followerAfter: 3, letterAfter: 5 }

  it('of the region, then of the DAC, with versions; one may follow the region again', async () => {
    expect(await as(julie, practices, {})).toMatchObject({ relaunch: { from: 'starter', version: 0, content: starterRelaunch } })
    await as(region, publishPractice, { ofRegion: true, baseVersion: 0, practice: { subject: 'relaunch', content: { rules: [rule] } } })
    expect((await as(julie, practices, {})).relaunch).toMatchObject({ from: 'region', version: 0, content: { rules: [rule] } })
    const own = { rules: [rule, { kind: 'call_person', actorAfter: null, followerAfter: null, letterAfter: null }] }
    await as(lead, publishPractice, { baseVersion: 0, practice: { subject: 'relaunch', content: own } })
    expect((await as(julie, practices, {})).relaunch).toMatchObject({ from: 'service', version: 1, content: own })
    await expect(as(lead, publishPractice, { baseVersion: 0, practice: { subject: 'relaunch', content: own } })).rejects.toMatchObject({
      code: 'stale_version',
    })
    await aTask()
    expect(await at('2026-10-19T08:00:00Z'), 'calls are never relaunched here').toBe(0)
    await as(lead, publishPractice, { baseVersion: 1, practice: { subject: 'relaunch', content: null } })
    expect((await as(julie, practices, {})).relaunch).toMatchObject({ from: 'region', version: 2 })
    expect(await at('2026-10-19T08:00:00Z')).toBe(1)
    await plant(sql`delete from episodes.practice_version`)
  })

  it('are tried on the tasks of today before they are published; written by those who lead, and the region by its administration', async () => {
    await aTask({ dueOn: '2026-10-01' })
    await aTask({ dueOn: '2026-10-13' })
    await aTask({ dueOn: '2026-10-01', outside: { name: 'Bailleur Vosgelis' } })
    expect(await as(lead, relaunchPreview, { content: { rules: [rule] } })).toEqual({ late: 3, actor: 2, follower: 2, letters: 1 })
    expect(await as(lead, relaunchPreview, { content: { rules: [{ ...rule, followerAfter: null }] } })).toMatchObject({ follower: 0 })
    const publish = { practice: { subject: 'load' as const, content: { ...starterLoad, intensive: 5 } }, baseVersion: 0 }
    await expect(as(julie, publishPractice, publish)).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(as(lead, publishPractice, { ...publish, ofRegion: true })).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(as(region, publishPractice, { ofRegion: true, baseVersion: 0, practice: { subject: 'load', content: null } })).rejects.toMatchObject({
      code: 'episodes.practice_of_region',
    })
    await expect(
      as(lead, publishPractice, { baseVersion: 0, practice: { subject: 'relaunch', content: { rules: [{ ...rule, followerAfter: 1 }] } } }),
    ).rejects.toMatchObject({ code: 'input_invalid' })
  })

  it('the list of a sequence that the region publishes serves every DAC that has none of its own', async () => {
    const moments = [{ code: 'd0', label: 'Le jour même', afterDays: 0, lines: ['Médecin joint', 'Aidant prévenu'] }]
    await as(region, publishPractice, { ofRegion: true, baseVersion: 0, practice: { subject: 'checklist', kind: 'aggravation', content: moments } })
    expect((await as(julie, checklists, {})).rows.find(({ kind }) => kind === 'aggravation')).toMatchObject({ from: 'region', version: 0, moments })
    expect((await as(region, checklists, {})).rows.find(({ kind }) => kind === 'aggravation')).toMatchObject({ from: 'region', version: 1 })
    expect(await as(julie, startCriticalSequence, { id: newId(), episodeId, kind: 'aggravation', startsOn: '2026-10-15' })).toMatchObject({ steps: 1 })
    await expect(
      as(lead, publishPractice, { ofRegion: true, baseVersion: 1, practice: { subject: 'checklist', kind: 'aggravation', content: moments } }),
    ).rejects.toMatchObject({
      kind: 'forbidden',
    })
    await plant(sql`delete from episodes.practice_version`)
  })
})

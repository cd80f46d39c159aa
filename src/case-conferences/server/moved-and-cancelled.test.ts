import { sql } from 'kysely'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { answerInvitation as answerInAgenda } from '../../agenda/contract/actions.ts'
import { myAgenda, personAgenda } from '../../agenda/contract/queries.ts'
import { agendaHandlers } from '../../agenda/server/handlers.ts'
import { aCirclePro, agendaLists } from '../../agenda/testing/builders.ts'
import type { TaskId } from '../../episodes/contract/episode.ts'
import { day } from '../../episodes/contract/queries.ts'
import { addTask } from '../../episodes/contract/tasks.ts'
import { episodesHandlers } from '../../episodes/server/handlers.ts'
import { anEpisode, episodeLists } from '../../episodes/testing/builders.ts'
import { aPerson } from '../../persons/testing/builders.ts'
import type { AnyAction, AnyQuery, OutputOf, RawInputOf } from '../../platform/contract/action.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PartyId, type PersonId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call, testClock, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { loadValueSets } from '../../territory/server/reference.sql.ts'
import { anActor, aService, type BuiltService } from '../../territory/testing/builders.ts'
import { addBlock, answerInvitation, cancelConference, editConference, inviteParticipant, markPresence, planConference } from '../contract/actions.ts'
import type { BlockId, ConferenceId, ParticipantId } from '../contract/conference.ts'
import { conferenceSheet } from '../contract/queries.ts'
import { caseConferencesValueSets } from '../contract/value-sets.ts'
import { answersFromTheAgenda } from './events.ts'
import { caseConferencesHandlers } from './handlers.ts'

const { db } = await testDatabase()
const clock = testClock('2026-10-15T07:42:00Z')
const gate = { ...testGate(db, clock), timeZone: 'Europe/Paris' }
const registry = registryOf([...caseConferencesHandlers, ...agendaHandlers, ...episodesHandlers])
const as = <C extends AnyAction | AnyQuery>(actor: Actor, contract: C, input: RawInputOf<C>): Promise<OutputOf<C>> =>
  call(gate, registry, contract, actor, input)
const span = { from: '2026-10-12', to: '2026-11-20' }
const why = 'Le médecin n’est pas libre'

let dac: BuiltService
let julie: Actor
let nurse: Actor
let personId: PersonId
let id: ConferenceId
let nurseLine: ParticipantId

const sheet = (actor: Actor = julie) => as(actor, conferenceSheet, { id })
const move = (startsAt: string, baseVersion = 1, because: string | null = why) => as(julie, editConference, { id, baseVersion, because, changes: { startsAt } })
const hours = async (actor: Actor) =>
  (await as(actor, myAgenda, span)).rows.filter(({ state }) => state === 'booked').map(({ startsAt }) => startsAt.slice(0, 16))
const told = async () => (await as(julie, day, {})).tasks.map(({ title }) => title.replaceAll('\u00a0', ' '))
const fil = () =>
  asSystem(db, 'look in a test', async (tx) =>
    (
      await sql<{
        title: string
        summary: string | null
      }>`select title, summary from persons.timeline_item where source_id = ${id} order by recorded_at, title`.execute(tx)
    ).rows.map(({ title, summary }) => [title.replaceAll('\u00a0', ' '), summary]),
  )

beforeAll(async () => {
  await agendaLists(db)
  await episodeLists(db)
  await asSystem(db, 'lists for a test', (tx) => loadValueSets(tx, caseConferencesValueSets))
  dac = await aService(db, { name: 'DAC Hautes-Vallées' })
})
beforeEach(async () => {
  clock.set('2026-10-15T07:42:00Z')
  julie = await anActor(db, { service: dac })
  nurse = await anActor(db, {
    service: await aService(db, { name: 'Cabinet infirmier', kind: 'practice' }),
    givenName: 'Sonia',
    familyName: 'Claudel',
    functions: ['outside_professional'],
    category: 'health',
    professionalId: newId<PartyId>(),
  })
  const episodeId = newId()
  personId = await aPerson(db, { dac: dac.id, episodeId })
  await anEpisode(db, { id: episodeId as never, personId, dac: dac.id, referentId: julie.userId })
  await aCirclePro(db, { personId, dac: dac.id, partyId: String(nurse.professionalId), name: 'Sonia Claudel', volets: ['administrative', 'social', 'health'] })
  id = newId<ConferenceId>()
  nurseLine = newId<ParticipantId>()
  await as(julie, planConference, {
    id,
    personId,
    kind: 'rcp',
    startsAt: '2026-10-20T12:30:00Z',
    minutes: 45,
    participants: [
      { id: nurseLine, partyId: String(nurse.professionalId), name: 'Sonia Claudel' },
      { id: newId(), name: 'Marc Perrin', role: 'fils' },
    ],
  })
})

describe('a concertation stands in the agendas', () => {
  it('of whoever leads it, of its guests and of the person', async () => {
    expect(await hours(julie)).toEqual(['2026-10-20T12:30'])
    expect(await hours(nurse)).toEqual(['2026-10-20T12:30'])
    const [row] = (await as(julie, personAgenda, { personId, ...span })).rows
    expect(row?.participants.map(({ name }) => name).toSorted()).toEqual(['Julie Marchal', 'Marc Perrin', 'Sonia Claudel'])
  })

  it('somebody invited later stands there too', async () => {
    await as(julie, inviteParticipant, { conferenceId: id, id: newId(), name: 'Agnès Kempf' })
    const [row] = (await as(julie, personAgenda, { personId, ...span })).rows
    expect(row?.participants.map(({ name }) => name)).toContain('Agnès Kempf')
  })

  it('an answer given on the sheet is read in the agenda, and the other way round', async () => {
    await as(nurse, answerInvitation, { id: nurseLine, state: 'declined' })
    expect(await hours(nurse)).toEqual([])
    const mine = (await as(julie, personAgenda, { personId, ...span })).rows[0]?.participants.find(({ name }) => name === 'Sonia Claudel')
    await as(nurse, answerInAgenda, { participantId: mine?.id as never, response: 'accepted' })
    await asSystem(db, 'a reaction in a test', async (tx) => {
      await sql`select set_config('jalon.time_zone', 'Europe/Paris', true)`.execute(tx)
      await answersFromTheAgenda.react(tx, {
        seq: 1,
        type: 'agenda.invitation.answered',
        personId,
        volet: 'administrative',
        audience: [],
        payload: { participantId: String(mine?.id) },
        actorId: null,
        at: '2026-10-15T08:00:00Z',
      })
    })
    expect((await sheet()).participants.find(({ name }) => name === 'Sonia Claudel')?.state).toBe('accepted')
  })
})

describe('a concertation that moves', () => {
  it('says why, moves in every agenda, and asks its guests again', async () => {
    await as(nurse, answerInvitation, { id: nurseLine, state: 'accepted' })
    await move('2026-10-22T08:00:00Z')
    expect(await hours(nurse)).toEqual(['2026-10-22T08:00'])
    expect(await hours(julie)).toEqual(['2026-10-22T08:00'])
    const read = await sheet(nurse)
    expect(read.conference).toMatchObject({ movedBecause: why, movedFrom: expect.stringContaining('2026-10-20T12:30') })
    expect(read.participants.find(({ isMe }) => isMe)?.state).toBe('invited')
    expect(await fil()).toContainEqual(['RCP déplacée du 20/10/2026 à 14 h 30 au 22/10/2026 à 10 h 00', why])
  })

  it('leaves one task to tell those who read nothing in Jalon, and none for another place', async () => {
    await as(julie, editConference, { id, baseVersion: 1, changes: { place: 'Salle 2' } })
    expect(await told()).toEqual([])
    await move('2026-10-22T08:00:00Z', 2)
    expect(await told()).toEqual(['Concertation déplacée au 22/10/2026 à 10 h 00 : prévenir Marc Perrin'])
  })

  it('again: the task of the former hour makes way for that of the last one, which names everybody when they are several', async () => {
    for (const [name, role] of [
      ['Nadia Perrin', 'Fille'],
      ['Bernard Perrin', null],
    ] as const)
      await as(julie, inviteParticipant, { id: newId<ParticipantId>(), conferenceId: id, name, role })
    await as(julie, addTask, {
      id: newId<TaskId>(),
      personId,
      kind: 'other',
      assigneeId: julie.userId,
      dueOn: '2026-10-15',
      title: 'Réserver la salle',
      source: 'case_conferences.conference',
      sourceId: id,
    })
    await move('2026-10-22T08:00:00Z')
    const { version } = (await sheet()).conference
    await move('2026-10-23T08:00:00Z', version)
    const { tasks } = await as(julie, day, {})
    const toTell = tasks.filter(({ title }) => title.startsWith('Concertation'))
    expect(toTell.map(({ title, details }) => [title.replaceAll('\u00a0', ' '), details])).toEqual([
      ['Concertation déplacée au 23/10/2026 à 10 h 00 : prévenir 3 invités', expect.stringMatching(/^Bernard Perrin, Marc Perrin.*, Nadia Perrin \(Fille\)$/)],
    ])
    // What she noted herself about the meeting stays.
    expect(tasks.map(({ title }) => title)).toContain('Réserver la salle')
  })

  it('without a reason, once held, or when a colleague moved it meanwhile, it does not move', async () => {
    await expect(move('2026-10-22T08:00:00Z', 1, null)).rejects.toMatchObject({ code: 'input_invalid' })
    await move('2026-10-22T08:00:00Z')
    await expect(move('2026-10-23T08:00:00Z', 1)).rejects.toMatchObject({ kind: 'conflict' })
    await expect(as(nurse, editConference, { id, baseVersion: 2, changes: { place: 'Chez moi' } })).rejects.toMatchObject({ kind: 'forbidden' })
    await as(julie, markPresence, { id: nurseLine, state: 'present' })
    const { version } = (await sheet()).conference
    await expect(move('2026-10-24T08:00:00Z', version)).rejects.toMatchObject({ code: 'caseConferences.already_held' })
  })
})

describe('a concertation that is cancelled', () => {
  it('leaves every agenda with its reason, tells those outside, and may not be moved any more', async () => {
    await as(julie, cancelConference, { id, because: 'Hospitalisée' })
    expect(await hours(nurse)).toEqual([])
    expect((await sheet(nurse)).conference).toMatchObject({ state: 'cancelled', cancelledBecause: 'Hospitalisée' })
    expect(await told()).toEqual(['Concertation du 20/10/2026 à 14 h 30 annulée : prévenir Marc Perrin'])
    await expect(move('2026-10-22T08:00:00Z', 2)).rejects.toMatchObject({ code: 'caseConferences.cancelled' })
  })
})

it('a passage that answers no question is added to the minutes by whoever takes part, in a volet that she reads', async () => {
  await as(nurse, addBlock, { id: newId<BlockId>(), conferenceId: id, heading: 'Prochaine rencontre', volet: 'social' })
  expect((await sheet()).blocks.map(({ heading, questionId }) => [heading, questionId])).toEqual([['Prochaine rencontre', null]])
})

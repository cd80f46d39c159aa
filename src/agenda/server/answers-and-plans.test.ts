import { sql } from 'kysely'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { anEpisode, episodeLists } from '../../episodes/testing/builders.ts'
import { aPerson } from '../../persons/testing/builders.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PartyId, type PersonId } from '../../platform/contract/ids.ts'
import { asActor, asSystem } from '../../platform/server/db.ts'
import { type Context, registryOf } from '../../platform/server/implement.ts'
import { call, testClock, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { anActor, aService, type BuiltService } from '../../territory/testing/builders.ts'
import { answerInvitation, bookAppointment, moveOccurrence } from '../contract/actions.ts'
import type { AppointmentId, OccurrenceId, ParticipantId } from '../contract/appointment.ts'
import { agendaDay, myAgenda, personAgenda } from '../contract/queries.ts'
import { aCirclePro, agendaLists } from '../testing/builders.ts'
import { answerAppointmentFor, cancelAppointmentFor, followedBy, inviteToAppointmentFor, moveAppointmentFor, planAppointmentFor } from './api.ts'
import { agendaHandlers } from './handlers.ts'

const { db } = await testDatabase()
const clock = testClock('2026-10-15T07:42:00Z')
const gate = { ...testGate(db, clock), timeZone: 'Europe/Paris' }
const registry = registryOf(agendaHandlers)

let dac: BuiltService
let julie: Actor
let karim: Actor
let nurse: Actor
let personId: PersonId

const look = <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> => asSystem(db, 'look in a test', async (tx) => (await query.execute(tx)).rows)
const colleague = (actor: Actor) => ({ id: newId<ParticipantId>(), kind: 'colleague' as const, partyId: actor.userId as unknown as PartyId })
const whole = { from: '2026-10-12', to: '2026-11-20' }
const takenBy = async (actor: Actor) =>
  (await call(gate, registry, myAgenda, actor, whole)).rows.filter(({ state }) => state === 'booked').map(({ startsAt }) => startsAt.slice(0, 10))
const answersOf = async (actor: Actor) =>
  (await call(gate, registry, personAgenda, julie, { personId, ...whole })).rows.map(
    ({ participants }) => participants.find(({ partyId }) => partyId === actor.userId)?.response,
  )
const refusalOf = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(() => 'ok').catch((error: { code?: string }) => error.code ?? String(error))

beforeAll(async () => {
  await agendaLists(db)
  await episodeLists(db)
  dac = await aService(db, { name: 'DAC Hautes-Vallées' })
})
beforeEach(async () => {
  clock.set('2026-10-15T07:42:00Z')
  julie = await anActor(db, { service: dac })
  karim = await anActor(db, { service: dac, givenName: 'Karim', familyName: 'Belkacem' })
  nurse = await anActor(db, {
    service: await aService(db, { name: 'Cabinet infirmier', kind: 'practice' }),
    givenName: 'Sonia',
    familyName: 'Claudel',
    functions: ['outside_professional'],
    category: 'health',
    professionalId: newId<PartyId>(),
  })
  const id = newId()
  personId = await aPerson(db, { dac: dac.id, episodeId: id })
  await anEpisode(db, { id: id as never, personId, dac: dac.id, referentId: julie.userId })
  await aCirclePro(db, {
    personId,
    dac: dac.id,
    partyId: nurse.professionalId as string,
    name: 'Sonia Claudel',
    volets: ['administrative', 'social', 'health'],
  })
})

describe('an invitation to a series', () => {
  const weekly = async (): Promise<{ karimId: ParticipantId; dates: OccurrenceId[] }> => {
    const guest = colleague(karim)
    await call(gate, registry, bookAppointment, julie, {
      id: newId<AppointmentId>(),
      personId,
      kind: 'visit',
      startsAt: '2026-10-20T10:00',
      minutes: 60,
      placeKind: 'home',
      recurrence: { frequency: 'weekly', every: 1, days: [], until: null, count: 4 },
      participants: [colleague(julie), guest],
    })
    const rows = await look(sql<{ id: OccurrenceId }>`select o.id from agenda.occurrence o where o.person_id = ${personId} order by o.starts_at`)
    return { karimId: guest.id, dates: rows.map(({ id }) => id) }
  }
  const answer = (participantId: ParticipantId, response: 'accepted' | 'declined', occurrenceId: OccurrenceId | null = null) =>
    call(gate, registry, answerInvitation, karim, { participantId, occurrenceId, response })

  it('« je viens à celle-ci, pas aux autres »: her hours and what colleagues read follow, date by date', async () => {
    const { karimId, dates } = await weekly()
    await answer(karimId, 'declined')
    expect(await takenBy(karim)).toEqual([])
    await answer(karimId, 'accepted', dates[1])
    expect(await answersOf(karim)).toEqual(['declined', 'accepted', 'declined', 'declined'])
    expect(await takenBy(karim)).toEqual(['2026-10-27'])
    await answer(karimId, 'accepted')
    expect(await answersOf(karim)).toEqual(['accepted', 'accepted', 'accepted', 'accepted'])
    await answer(karimId, 'declined', dates[2])
    expect(await takenBy(karim)).toEqual(['2026-10-20', '2026-10-27', '2026-11-10'])
  })

  it('one date that moves is asked again alone; the others hold', async () => {
    const { karimId, dates } = await weekly()
    await answer(karimId, 'accepted')
    const waiting = async () => (await call(gate, registry, agendaDay, karim, {})).waiting
    expect(await waiting()).toBe(0)
    await call(gate, registry, moveOccurrence, julie, { occurrenceId: dates[1] as OccurrenceId, baseVersion: 1, startsAt: '2026-10-28T10:00', minutes: 60 })
    expect(await answersOf(karim)).toEqual(['accepted', 'needs_action', 'accepted', 'accepted'])
    expect(await waiting()).toBe(1)
    expect((await call(gate, registry, myAgenda, karim, whole)).waiting.map(({ id }) => id)).toEqual([dates[1]])
    await answer(karimId, 'accepted', dates[1])
    expect(await waiting()).toBe(0)
  })

  it('a date of another appointment is no date of hers', async () => {
    const { karimId } = await weekly()
    const other = await weekly()
    expect(
      await refusalOf(
        answer(
          karimId,
          'declined',
          other.dates.find((id) => id !== undefined),
        ),
      ),
    ).toBe('ok')
    const elsewhere = newId<AppointmentId>()
    await call(gate, registry, bookAppointment, julie, {
      id: elsewhere,
      personId: null,
      kind: 'meeting',
      startsAt: '2026-10-20T15:00',
      minutes: 60,
      participants: [colleague(karim)],
    })
    const [row] = await look(sql<{ id: OccurrenceId }>`select id from agenda.occurrence where appointment_id = ${elsewhere}`)
    expect(await refusalOf(answer(karimId, 'declined', row?.id))).toBe('not_found')
  })
})

describe('an appointment that follows a concertation', () => {
  const asJulie = <T>(work: (context: Context) => Promise<T>): Promise<T> =>
    asActor(db, { actor: julie, clock: clock(), timeZone: 'Europe/Paris' }, (tx) =>
      work({
        tx,
        actor: julie,
        now: clock(),
        timeZone: 'Europe/Paris',
        newId: () => newId() as never,
        emit: () => undefined,
        note: () => undefined,
        enqueue: async () => undefined,
      }),
    )
  const plan = (followsId: string) => ({
    follows: 'case_conferences.conference',
    followsId,
    personId,
    kind: 'case_conference' as const,
    title: null,
    startsAt: '2026-10-20T12:30:00.000Z',
    minutes: 45,
    place: { kind: 'service' as const, words: 'Salle 2' },
    volet: 'administrative' as const,
    guests: [
      { partyId: julie.userId, name: 'Julie Marchal', words: null },
      { partyId: nurse.professionalId, name: 'Sonia Claudel', words: null },
      { partyId: newId(), name: 'Dr Absent', words: 'Médecin' },
      { partyId: null, name: 'Marc Perrin', words: 'Fils' },
    ],
  })

  it('stands in the agendas of those who may read it; the others are named, to be told', async () => {
    const of = plan(newId())
    const { toTell } = await asJulie((context) => planAppointmentFor(context, of))
    expect(toTell).toEqual(['Dr Absent', 'Marc Perrin'])
    const [row] = (await call(gate, registry, myAgenda, nurse, whole)).rows
    expect(row).toMatchObject({
      kind: 'case_conference',
      startsAt: expect.stringContaining('2026-10-20'),
      follows: { kind: 'case_conferences.conference', id: of.followsId },
    })
    expect(row?.participants.map(({ name, kind, response }) => [name, kind, response])).toEqual([
      ['Sonia Claudel', 'circle', 'needs_action'],
      ['Julie Marchal', 'colleague', 'accepted'],
      ['Dr Absent', 'outside', 'needs_action'],
      ['Marc Perrin', 'outside', 'needs_action'],
    ])
    await asJulie((context) => planAppointmentFor(context, { ...of, guests: of.guests.slice(0, 2) }))
    expect(await look(sql`select 1 from agenda.appointment where follows_id = ${of.followsId}`), 'planned twice, it is the same one').toHaveLength(1)
  })

  it('moves, invites, answers and is cancelled by whoever leads it, and by nobody in the agenda', async () => {
    const of = plan(newId())
    await asJulie((context) => planAppointmentFor(context, of))
    const [row] = (await call(gate, registry, personAgenda, julie, { personId, ...whole })).rows
    expect(
      await refusalOf(
        call(gate, registry, moveOccurrence, julie, { occurrenceId: row?.id as OccurrenceId, baseVersion: 1, startsAt: '2026-10-21T10:00', minutes: 45 }),
      ),
    ).toBe('forbidden')
    await asJulie((context) => moveAppointmentFor(context, of, { startsAt: '2026-10-22T08:00:00.000Z' }))
    await asJulie((context) => inviteToAppointmentFor(context, of, [{ partyId: karim.userId, name: 'Karim Belkacem', words: null }]))
    expect(await takenBy(nurse)).toEqual(['2026-10-22'])
    expect(await takenBy(karim)).toEqual(['2026-10-22'])
    const mine = (await call(gate, registry, myAgenda, nurse, whole)).rows[0]?.participants.find((one) => one.mine)
    await call(gate, registry, answerInvitation, nurse, { participantId: mine?.id as ParticipantId, response: 'accepted' })
    expect(await asJulie((context) => followedBy(context.tx, mine?.id as ParticipantId))).toMatchObject({
      followsId: of.followsId,
      partyId: nurse.professionalId,
      response: 'accepted',
    })
    await asJulie((context) => answerAppointmentFor(context, of, karim.userId, 'declined'))
    expect(await takenBy(karim)).toEqual([])
    await asJulie((context) => cancelAppointmentFor(context, of, 'Reportée'))
    expect(await takenBy(nurse)).toEqual([])
    await asJulie((context) => moveAppointmentFor(context, of, { startsAt: '2026-10-25T08:00:00.000Z' }))
    expect(await takenBy(nurse)).toEqual([])
  })
})

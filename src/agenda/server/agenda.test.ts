import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { anEpisode, episodeLists } from '../../episodes/testing/builders.ts'
import { aPerson, aSight } from '../../persons/testing/builders.ts'
import type { RawInputOf } from '../../platform/contract/action.ts'
import type { Actor, Volet } from '../../platform/contract/actor.ts'
import { newId, type PartyId, type PersonId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call, testClock, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { absentAmong, isAbsent } from '../../territory/server/api.ts'
import { anActor, aService, type BuiltService } from '../../territory/testing/builders.ts'
import {
  answerInvitation,
  bookAppointment,
  cancelAbsence,
  cancelOccurrence,
  declareAbsence,
  editAppointment,
  inviteParticipant,
  moveOccurrence,
  recordVisit,
  withdrawParticipant,
  writeSafetyNote,
} from '../contract/actions.ts'
import type { AppointmentId, ParticipantId, SafetyNoteId } from '../contract/appointment.ts'
import { agendaDay, availability, invitable, myAgenda, occurrenceDetail, personAgenda, safetyNoteQuery, teamAgenda } from '../contract/queries.ts'
import { aCirclePro, agendaLists } from '../testing/builders.ts'
import { appointmentsAfterDeath } from './events.ts'
import { agendaHandlers } from './handlers.ts'

const { db } = await testDatabase()
const clock = testClock('2026-10-15T07:42:00Z')
const gate = testGate(db, clock)
const registry = registryOf(agendaHandlers)
const paris = { ...gate, timeZone: 'Europe/Paris' }

let dac: BuiltService
let julie: Actor
let karim: Actor
let lead: Actor
let desk: Actor
let stranger: Actor
let nurse: Actor
let personId: PersonId

const party = (actor: Actor): PartyId => actor.userId as unknown as PartyId
const colleague = (actor: Actor) => ({ id: newId<ParticipantId>(), kind: 'colleague' as const, partyId: party(actor) })

beforeAll(async () => {
  await agendaLists(db)
  await episodeLists(db)
  dac = await aService(db, { name: 'DAC Hautes-Vallées' })
  julie = await anActor(db, { service: dac })
  karim = await anActor(db, { service: dac, givenName: 'Karim', familyName: 'Belkacem' })
  lead = await anActor(db, { service: dac, givenName: 'Claire', familyName: 'Vautrin', functions: ['team_lead'] })
  desk = await anActor(db, { service: dac, givenName: 'Nadia', familyName: 'Ferry', functions: ['front_desk'] })
  stranger = await anActor(db, { service: await aService(db, { name: 'DAC Meurthe et Mortagne' }), givenName: 'Luc', familyName: 'Simon' })
  nurse = await anActor(db, {
    service: await aService(db, { name: 'Cabinet infirmier', kind: 'practice' }),
    givenName: 'Sonia',
    familyName: 'Claudel',
    functions: ['outside_professional'],
    category: 'health',
    professionalId: newId<PartyId>(),
  })
  personId = await someone()
})

async function someone(): Promise<PersonId> {
  const id = newId()
  const who = await aPerson(db, { dac: dac.id, episodeId: id })
  await anEpisode(db, { id: id as never, personId: who, dac: dac.id, referentId: julie.userId })
  await aCirclePro(db, {
    personId: who,
    dac: dac.id,
    partyId: nurse.professionalId as string,
    name: 'Sonia Claudel',
    volets: ['administrative', 'social', 'health'],
  })
  return who
}

const visit = (more: Partial<RawInputOf<typeof bookAppointment>> = {}): RawInputOf<typeof bookAppointment> => ({
  id: newId<AppointmentId>(),
  personId,
  kind: 'visit',
  startsAt: '2026-10-20T10:00',
  minutes: 90,
  placeKind: 'home',
  participants: [colleague(julie)],
  ...more,
})
const book = (actor: Actor, more: Partial<RawInputOf<typeof bookAppointment>> = {}) => call(paris, registry, bookAppointment, actor, visit(more))
const seen = async (actor: Actor, from: string, to = from, who = personId) =>
  (await call(paris, registry, personAgenda, actor, { personId: who, from, to })).rows
const refusalOf = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(() => 'ok').catch((error: { code?: string }) => error.code ?? String(error))
const look = <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> => asSystem(db, 'look in a test', async (tx) => (await query.execute(tx)).rows)

describe('a visit is planned', () => {
  it('for the référent and in the shared agenda of the person, each reading what is open to her', async () => {
    await book(julie)
    const [line] = await seen(julie, '2026-10-20')
    expect(line).toMatchObject({ kind: 'visit', startsAt: expect.stringContaining('2026-10-20'), placeKind: 'home', organizerName: 'Julie Marchal' })
    expect(new Date(line?.startsAt as string).toISOString()).toBe('2026-10-20T08:00:00.000Z')
    expect(line?.participants.map(({ name, response }) => [name, response])).toEqual([['Julie Marchal', 'accepted']])
    expect(await seen(nurse, '2026-10-20')).toHaveLength(1)
    expect(await seen(desk, '2026-10-20')).toHaveLength(1)
    expect(await refusalOf(seen(stranger, '2026-10-20'))).toBe('not_found')
    expect((await call(paris, registry, myAgenda, julie, { from: '2026-10-19', to: '2026-10-25' })).rows.map(({ kind }) => kind)).toEqual(['visit'])
  })
  it('and leaves its line in the Fil', async () => {
    const who = await someone()
    await book(julie, { personId: who })
    expect(await look(sql<{ title: string }>`select title from persons.timeline_item where person_id = ${who} and kind = 'agenda.booked'`)).toEqual([
      { title: 'Visite à domicile, le 20/10/2026 à 10\u00a0h\u00a000' },
    ])
  })
  it('health appointments stay closed to the front desk, who sees only that the colleague is taken', async () => {
    const who = await someone()
    await book(karim, {
      personId: who,
      kind: 'consultation',
      volet: 'health',
      placeKind: 'other',
      startsAt: '2026-10-21T09:00',
      participants: [colleague(karim)],
    })
    expect(await seen(desk, '2026-10-21', '2026-10-21', who)).toEqual([])
    const team = await call(paris, registry, teamAgenda, desk, { from: '2026-10-21', to: '2026-10-21' })
    expect(team.rows).toEqual([])
    expect(team.busy.map(({ partyId }) => partyId)).toEqual([karim.userId])
    expect((await call(paris, registry, teamAgenda, julie, { from: '2026-10-21', to: '2026-10-21' })).rows).toHaveLength(1)
  })
  it('not by somebody of another DAC, nor in a volet that is closed to whoever books', async () => {
    expect(await refusalOf(book(stranger))).toBe('not_found')
    expect(await refusalOf(book(desk, { kind: 'care', volet: 'health', participants: [] }))).toBe('forbidden')
  })
  it('with a meeting of the team only in the calendar of the team', async () => {
    expect(await refusalOf(book(julie, { kind: 'meeting' }))).toBe('agenda.kind_of_team')
    expect(await refusalOf(book(julie, { personId: null, placeKind: 'none' }))).toBe('agenda.kind_of_person')
  })
  it('a moment of her own is « taken » for her colleagues, and no more', async () => {
    await book(julie, { personId: null, kind: 'other', title: 'Dentiste', placeKind: 'none', isPrivate: true, startsAt: '2026-10-22T09:00', minutes: 60 })
    const team = await call(paris, registry, teamAgenda, karim, { from: '2026-10-22', to: '2026-10-22' })
    expect(JSON.stringify(team)).not.toContain('Dentiste')
    expect(team.busy).toHaveLength(1)
    expect((await call(paris, registry, myAgenda, julie, { from: '2026-10-22', to: '2026-10-22' })).rows[0]?.title).toBe('Dentiste')
  })
})

it('a year that was mistyped is refused in words, in what is booked, declared, answered and read', async () => {
  for (const startsAt of ['1000-01-01T10:00', '9000-12-31T10:00']) {
    expect(await refusalOf(book(julie, { startsAt }))).toBe('agenda.year_unlikely')
    expect(await refusalOf(book(julie, { startsAt, allDay: true, minutes: 1440 }))).toBe('agenda.year_unlikely')
    const day = startsAt.slice(0, 10)
    expect(await refusalOf(seen(julie, day))).toBe('agenda.year_unlikely')
    expect(await refusalOf(call(paris, registry, declareAbsence, karim, { id: newId() as never, userId: karim.userId, from: day, to: day }))).toBe(
      'agenda.year_unlikely',
    )
  }
})

describe('an appointment that comes back', () => {
  const weekly = { recurrence: { frequency: 'weekly' as const, days: ['TU' as const], count: 4 } }
  it('keeps its hour when the clocks change, and is read time by time', async () => {
    const who = await someone()
    await book(julie, { personId: who, ...weekly })
    const times = await seen(julie, '2026-10-19', '2026-11-15', who)
    expect(times.map(({ startsAt }) => new Date(startsAt).toISOString())).toEqual([
      '2026-10-20T08:00:00.000Z',
      '2026-10-27T09:00:00.000Z',
      '2026-11-03T09:00:00.000Z',
      '2026-11-10T09:00:00.000Z',
    ])
  })
  it('one time moves alone; the others stay', async () => {
    const who = await someone()
    await book(julie, { personId: who, ...weekly })
    const times = await seen(julie, '2026-10-19', '2026-11-15', who)
    const second = times[1] as (typeof times)[number]
    await call(paris, registry, moveOccurrence, julie, { occurrenceId: second.id, baseVersion: second.version, startsAt: '2026-10-28T14:30', minutes: 60 })
    const after = await seen(julie, '2026-10-19', '2026-11-15', who)
    expect(after.map(({ startsAt, moved }) => [new Date(startsAt).toISOString().slice(0, 16), moved])).toEqual([
      ['2026-10-20T08:00', false],
      ['2026-10-28T13:30', true],
      ['2026-11-03T09:00', false],
      ['2026-11-10T09:00', false],
    ])
  })
  it('from one time on, the series goes on another day; what came before stays', async () => {
    const who = await someone()
    const { id } = await book(julie, { personId: who, ...weekly })
    const times = await seen(julie, '2026-10-19', '2026-11-15', who)
    const third = times[2] as (typeof times)[number]
    const moved = await call(paris, registry, moveOccurrence, julie, {
      occurrenceId: third.id,
      baseVersion: third.version,
      startsAt: '2026-11-05T11:00',
      minutes: 90,
      scope: 'following',
    })
    expect(moved.appointmentId).not.toBe(id)
    const after = await seen(julie, '2026-10-19', '2026-11-22', who)
    expect(after.map(({ startsAt }) => new Date(startsAt).toISOString().slice(0, 16))).toEqual([
      '2026-10-20T08:00',
      '2026-10-27T09:00',
      '2026-11-05T10:00',
      '2026-11-12T10:00',
    ])
    expect(await look(sql<{ rule: string }>`select rule from agenda.appointment where person_id = ${who} order by created_at, sequence desc`)).toEqual([
      { rule: 'FREQ=WEEKLY;BYDAY=TU;UNTIL=20261103T085959Z' },
      { rule: 'FREQ=WEEKLY;BYDAY=TH;COUNT=2' },
    ])
  })
  it('moved as a whole, it brings back no date that was cancelled, and leaves where it is the one that was moved alone', async () => {
    const who = await someone()
    await book(julie, { personId: who, ...weekly })
    const times = await seen(julie, '2026-10-19', '2026-11-15', who)
    await call(paris, registry, moveOccurrence, julie, {
      occurrenceId: times[1]?.id as never,
      baseVersion: times[1]?.version as number,
      startsAt: '2026-10-28T14:30',
      minutes: 60,
    })
    await call(paris, registry, cancelOccurrence, julie, { occurrenceId: times[2]?.id as never, reason: 'Hospitalisée', scope: 'following' })
    await call(paris, registry, moveOccurrence, julie, {
      occurrenceId: times[0]?.id as never,
      baseVersion: times[0]?.version as number,
      startsAt: '2026-10-20T11:00',
      minutes: 60,
      scope: 'following',
    })
    const after = await seen(julie, '2026-10-19', '2026-11-22', who)
    expect(after.map(({ startsAt, state, cancelledBecause }) => [new Date(startsAt).toISOString().slice(0, 16), state, cancelledBecause])).toEqual([
      ['2026-10-20T09:00', 'booked', null],
      ['2026-10-28T13:30', 'booked', null],
      ['2026-11-03T10:00', 'cancelled', 'Hospitalisée'],
      ['2026-11-10T10:00', 'cancelled', 'Hospitalisée'],
    ])
  })
  it('goes no further once the person died, and comes back as it was when the death was recorded by mistake', async () => {
    const who = await someone()
    await book(julie, { personId: who, ...weekly })
    const times = await seen(julie, '2026-10-19', '2026-11-15', who)
    await call(paris, registry, cancelOccurrence, julie, { occurrenceId: times[3]?.id as never, reason: 'Férié' })
    // Somebody else’s death, in words of her own: hers to give back, nobody else’s.
    await call(paris, registry, cancelOccurrence, julie, { occurrenceId: times[2]?.id as never, reason: 'Décès' })
    const told = (type: string, at: string) =>
      asSystem(db, 'the feed tells in a test', async (tx) => {
        await sql`select set_config('jalon.clock', ${at}, true), set_config('jalon.time_zone', 'Europe/Paris', true)`.execute(tx)
        await appointmentsAfterDeath.react(tx, { seq: 1, type, personId: who, volet: 'administrative', audience: [], payload: {}, actorId: null, at })
      })
    const states = async () => (await seen(julie, '2026-10-19', '2026-11-15', who)).map(({ state, cancelledBecause }) => cancelledBecause ?? state)
    const slots = () =>
      look(sql<{ n: number }>`select count(*)::int as n from agenda.slot s join agenda.appointment a on a.id = s.appointment_id where a.person_id = ${who}`)
    await told('persons.person.died', '2026-10-22T08:00:00Z')
    expect(await states()).toEqual(['booked', 'Décès', 'Décès', 'Férié'])
    expect(await slots()).toEqual([{ n: 1 }])
    await told('persons.person.deathWithdrawn', '2026-10-22T09:00:00Z')
    expect(await states()).toEqual(['booked', 'booked', 'Décès', 'Férié'])
    expect(await slots()).toEqual([{ n: 2 }])
  })
  it('cancelled from one time on, what was to come goes; one cancelled time says why', async () => {
    const who = await someone()
    await book(julie, { personId: who, ...weekly })
    const times = await seen(julie, '2026-10-19', '2026-11-15', who)
    await call(paris, registry, cancelOccurrence, julie, { occurrenceId: times[0]?.id as never, reason: 'Hospitalisée' })
    const { cancelled } = await call(paris, registry, cancelOccurrence, julie, { occurrenceId: times[2]?.id as never, scope: 'following' })
    expect(cancelled).toBe(2)
    const after = await seen(julie, '2026-10-19', '2026-11-15', who)
    expect(after.map(({ state, cancelledBecause }) => [state, cancelledBecause])).toEqual([
      ['cancelled', 'Hospitalisée'],
      ['booked', null],
      ['cancelled', null],
      ['cancelled', null],
    ])
    expect(await refusalOf(call(paris, registry, cancelOccurrence, julie, { occurrenceId: times[0]?.id as never }))).toBe('agenda.cancelled')
    const slots = await look(
      sql<{ n: number }>`select count(*)::int as n from agenda.slot s join agenda.appointment a on a.id = s.appointment_id where a.person_id = ${who}`,
    )
    expect(slots).toEqual([{ n: 1 }])
  })
})

describe('two people move the same appointment', () => {
  it('the second is shown both hours, and nothing is lost', async () => {
    const who = await someone()
    await book(julie, { personId: who })
    const [line] = await seen(julie, '2026-10-20', '2026-10-20', who)
    const move = (actor: Actor, startsAt: string) =>
      call(paris, registry, moveOccurrence, actor, { occurrenceId: line?.id as never, baseVersion: line?.version as number, startsAt, minutes: 90 })
    const done = await Promise.allSettled([move(julie, '2026-10-20T14:00'), move(karim, '2026-10-21T09:00')])
    const refused = done.filter((one) => one.status === 'rejected')
    expect(refused).toHaveLength(1)
    expect((refused[0] as PromiseRejectedResult).reason).toMatchObject({ code: 'stale_version' })
    expect(await seen(julie, '2026-10-20', '2026-10-21', who)).toHaveLength(1)
  })
  it('to the same hour, they agree', async () => {
    const who = await someone()
    await book(julie, { personId: who })
    const [line] = await seen(julie, '2026-10-20', '2026-10-20', who)
    const move = (actor: Actor) =>
      call(paris, registry, moveOccurrence, actor, {
        occurrenceId: line?.id as never,
        baseVersion: line?.version as number,
        startsAt: '2026-10-20T15:00',
        minutes: 90,
      })
    await move(julie)
    expect(await refusalOf(move(karim))).toBe('ok')
  })
  it('a title and a place written at once both stay', async () => {
    const { id } = await book(julie, { startsAt: '2026-12-01T10:00' })
    await call(paris, registry, editAppointment, julie, { id, baseVersion: 1, changes: { words: 'Prendre le dossier MDPH' } })
    await call(paris, registry, editAppointment, karim, { id, baseVersion: 1, changes: { title: 'Première visite' } })
    expect((await seen(julie, '2026-12-01'))[0]).toMatchObject({ title: 'Première visite', words: 'Prendre le dossier MDPH' })
  })
})

describe('an invitation', () => {
  const withNurse = async (volet: 'administrative' | 'health' = 'administrative', who = personId) =>
    book(julie, {
      personId: who,
      kind: 'joint_visit',
      volet,
      participants: [colleague(julie), { id: newId<ParticipantId>(), kind: 'circle', partyId: nurse.professionalId as PartyId }],
    })
  it('waits for its answer in the agenda of whoever is invited, who accepts, declines or proposes another hour', async () => {
    const who = await someone()
    await withNurse('administrative', who)
    const { waiting } = await call(paris, registry, myAgenda, nurse, { from: '2026-10-01', to: '2026-10-02' })
    const asked = waiting.find(({ person }) => person?.personId === who)
    const mine = asked?.participants.find(({ mine }) => mine)
    expect(mine?.response).toBe('needs_action')
    await call(paris, registry, answerInvitation, nurse, {
      participantId: mine?.id as never,
      response: 'tentative',
      proposedAt: '2026-10-20T16:00',
      words: 'En tournée le matin',
    })
    const told = (await seen(julie, '2026-10-20', '2026-10-20', who))[0]?.participants.find(({ name }) => name === 'Sonia Claudel')
    expect(told).toMatchObject({ response: 'tentative', answerWords: 'En tournée le matin' })
    expect(new Date(told?.proposedAt as string).toISOString()).toBe('2026-10-20T14:00:00.000Z')
    expect(await refusalOf(call(paris, registry, answerInvitation, karim, { participantId: mine?.id as never, response: 'accepted' }))).toBe('forbidden')
  })
  it('declined, the hour is free again', async () => {
    const who = await someone()
    await withNurse('administrative', who)
    const mine = (await seen(nurse, '2026-10-20', '2026-10-20', who))[0]?.participants.find(({ mine }) => mine)
    await call(paris, registry, answerInvitation, nurse, { participantId: mine?.id as never, response: 'declined' })
    expect(
      await look(
        sql<{
          n: number
        }>`select count(*)::int as n from agenda.slot s join agenda.participant p on p.appointment_id = s.appointment_id and p.party_id = s.party_id where p.id = ${mine?.id}`,
      ),
    ).toEqual([{ n: 0 }])
  })
  it('is asked again when the hour changes', async () => {
    const who = await someone()
    await withNurse('administrative', who)
    const [line] = await seen(nurse, '2026-10-20', '2026-10-20', who)
    const mine = line?.participants.find(({ mine }) => mine)
    await call(paris, registry, answerInvitation, nurse, { participantId: mine?.id as never, response: 'accepted' })
    await call(paris, registry, moveOccurrence, julie, {
      occurrenceId: line?.id as never,
      baseVersion: line?.version as number,
      startsAt: '2026-10-20T16:00',
      minutes: 60,
    })
    const after = (await seen(julie, '2026-10-20', '2026-10-20', who))[0]?.participants
    expect(after?.map(({ name, response }) => [name, response])).toEqual([
      ['Sonia Claudel', 'needs_action'],
      ['Julie Marchal', 'accepted'],
    ])
  })
  it('is refused to whoever could not read it, or is not of the circle or of the team', async () => {
    const who = await someone()
    const social = newId<PartyId>()
    await aCirclePro(db, { personId: who, dac: dac.id, partyId: social, name: 'Anne Thouvenin', volets: ['administrative', 'social'] })
    const invite = (volet: 'administrative' | 'health', partyId: PartyId) =>
      book(julie, { personId: who, volet, participants: [{ id: newId<ParticipantId>(), kind: 'circle', partyId }] })
    expect(await refusalOf(invite('health', social))).toBe('agenda.not_open_to_her')
    expect(await refusalOf(invite('administrative', social))).toBe('ok')
    expect(await refusalOf(invite('administrative', newId<PartyId>()))).toBe('agenda.not_in_circle')
    const alone = { personId: who, isPrivate: true, participants: [{ id: newId<ParticipantId>(), kind: 'circle' as const, partyId: social }] }
    expect(await refusalOf(book(julie, alone))).toBe('agenda.not_open_to_her')
    const desks = (volet: 'administrative' | 'health') => book(julie, { personId: who, volet, participants: [colleague(desk)] })
    expect(await refusalOf(desks('health'))).toBe('agenda.not_open_to_her')
    expect(await refusalOf(desks('administrative'))).toBe('ok')
    expect(await refusalOf(book(julie, { participants: [colleague(stranger)] }))).toBe('agenda.not_a_colleague')
    expect(await refusalOf(book(julie, { participants: [colleague(karim), colleague(karim)] }))).toBe('agenda.already_invited')
  })
  it('is refused to a colleague from whom the volet is kept by name; the others take part', async () => {
    const who = await someone()
    await asSystem(db, 'a volet kept by name in a test', (tx) =>
      sql`insert into persons.withheld_volet (id, person_id, withholds, from_party_id, from_party_name, since, mode, given_by, recorded_at, recorded_by, recorded_by_name, holder_org)
        values (${newId()}, ${who}, 'health', ${karim.userId}, 'Karim Belkacem', '2026-09-01', 'oral_present', 'person', '2026-09-01', ${julie.userId}, 'Julie Marchal', ${dac.id})`.execute(
        tx,
      ),
    )
    const invite = (volet: 'administrative' | 'health', actor: Actor) => book(julie, { personId: who, volet, participants: [colleague(actor)] })
    expect(await refusalOf(invite('health', karim))).toBe('agenda.not_open_to_her')
    expect(await refusalOf(invite('administrative', karim))).toBe('ok')
    expect(await refusalOf(invite('health', lead))).toBe('ok')
  })
  it('is refused to a colleague with whom the person shares nothing, and to whoever opened the file exceptionally', async () => {
    const who = await someone()
    const partyId = newId<PartyId>()
    await aCirclePro(db, { personId: who, dac: dac.id, partyId, name: 'Dr Paul Humbert', volets: [] })
    await aSight(db, who, partyId, { basis: 'break_glass' })
    expect(await refusalOf(book(julie, { personId: who, participants: [{ id: newId<ParticipantId>(), kind: 'circle', partyId }] }))).toBe(
      'agenda.not_open_to_her',
    )
    expect(await refusalOf(book(julie, { personId: who, participants: [colleague(karim)] }))).toBe('ok')
    await asSystem(db, 'a silence in a test', (tx) =>
      sql`insert into persons.non_disclosure (id, person_id, kind, towards, party_id, since, recorded_by, holder_org)
        values (${newId()}, ${who}, 'no_sharing', 'Karim Belkacem', ${karim.userId}, '2026-01-01', ${julie.userId}, ${dac.id})`.execute(tx),
    )
    expect(await refusalOf(book(julie, { personId: who, participants: [colleague(karim)] }))).toBe('agenda.not_open_to_her')
  })
  it('around somebody in danger, names a structure that protects to the DAC alone', async () => {
    const who = await someone()
    const shelter = newId<PartyId>()
    await aCirclePro(db, { personId: who, dac: dac.id, partyId: shelter, name: 'Foyer L’Éclaircie', volets: ['administrative'] })
    await asSystem(db, 'somebody in danger in a test', async (tx) => {
      await sql`insert into persons.sensitive_structure (party_id, reason, since, marked_by, marked_by_name) values (${shelter}, 'Hébergement protégé', now(), ${julie.userId}, 'Julie Marchal')`.execute(
        tx,
      )
      await sql`insert into persons.non_disclosure (id, person_id, kind, towards, since, recorded_by, holder_org)
        values (${newId()}, ${who}, 'at_risk', 'Marc Perrin', '2026-01-01', ${julie.userId}, ${dac.id})`.execute(tx)
    })
    await book(julie, {
      personId: who,
      kind: 'joint_visit',
      startsAt: '2026-10-15T08:00',
      participants: [
        colleague(julie),
        ...[nurse.professionalId as PartyId, shelter].map((partyId) => ({ id: newId<ParticipantId>(), kind: 'circle' as const, partyId })),
      ],
    })
    const names = async (actor: Actor) => (await seen(actor, '2026-10-15', '2026-10-15', who))[0]?.participants.map(({ name }) => name)
    expect(await names(karim)).toEqual(['Foyer L’Éclaircie', 'Sonia Claudel', 'Julie Marchal'])
    expect(await names(nurse)).toEqual(['Sonia Claudel', 'Julie Marchal'])
    const [line] = await seen(julie, '2026-10-15', '2026-10-15', who)
    await call(paris, registry, recordVisit, julie, { occurrenceId: line?.id as never, activityId: newId() })
    expect(await look(sql`select partner from episodes.activity where person_id = ${who}`)).toEqual([{ partner: 'Sonia Claudel' }])
  })
  it('a series moved by whoever may not read the worker of the shelter takes her along, asks her again, and still does not name her', async () => {
    const who = await someone()
    const shelter = newId<PartyId>()
    // Known here by her account alone: the mark is on the service where she works.
    const home = await aService(db, { name: 'Foyer L’Éclaircie', kind: 'practice' })
    const worker = await anActor(db, {
      service: home,
      givenName: 'Inès',
      familyName: 'Roux',
      functions: ['outside_professional'],
      category: 'social',
      professionalId: shelter,
    })
    await aCirclePro(db, { personId: who, dac: dac.id, partyId: shelter, name: 'Inès Roux', volets: ['administrative'] })
    await asSystem(db, 'somebody in danger in a test', async (tx) => {
      await sql`insert into persons.sensitive_structure (party_id, reason, since, marked_by, marked_by_name) values (${home.id}, 'Hébergement protégé', now(), ${julie.userId}, 'Julie Marchal')`.execute(
        tx,
      )
      await sql`insert into persons.non_disclosure (id, person_id, kind, towards, since, recorded_by, holder_org)
        values (${newId()}, ${who}, 'at_risk', 'Marc Perrin', '2026-01-01', ${julie.userId}, ${dac.id})`.execute(tx)
    })
    // The nurse of the circle leads this care; the DAC invited the shelter to it.
    const { id } = await book(nurse, {
      personId: who,
      kind: 'care',
      volet: 'administrative',
      startsAt: '2026-10-19T08:00',
      recurrence: { frequency: 'weekly', days: ['MO'], count: 4 },
      participants: [],
    })
    await call(paris, registry, inviteParticipant, julie, { appointmentId: id, participant: { id: newId<ParticipantId>(), kind: 'circle', partyId: shelter } })
    const names = async (actor: Actor, day: string) => (await seen(actor, day, day, who))[0]?.participants.map(({ name }) => name)
    expect(await names(nurse, '2026-10-19'), 'the shelter is not named to the circle, under whichever id').not.toContain('Inès Roux')
    const [line] = await seen(nurse, '2026-10-26', '2026-10-26', who)
    await call(paris, registry, moveOccurrence, nurse, {
      occurrenceId: line?.id as never,
      baseVersion: line?.version as never,
      startsAt: '2026-10-27T09:00',
      minutes: 30,
      scope: 'following',
    })
    expect(await names(julie, '2026-10-27')).toContain('Inès Roux')
    expect(await names(nurse, '2026-10-27')).not.toContain('Inès Roux')
    expect((await seen(worker, '2026-10-27', '2026-10-27', who))[0]?.participants.find(({ mine }) => mine)).toMatchObject({ response: 'needs_action' })
    expect(await look(sql`select 1 from agenda.slot where party_id = ${shelter} and starts_at >= '2026-10-27' and starts_at < '2026-10-28'`)).toHaveLength(1)
  })
  it('can be added and withdrawn later; a partner without Jalon is noted, and her answer by whoever had her on the telephone', async () => {
    const who = await someone()
    const { id } = await book(julie, { personId: who })
    const outside = newId<ParticipantId>()
    await call(paris, registry, inviteParticipant, julie, { appointmentId: id, participant: { id: outside, kind: 'outside', name: 'M. Haxaire, bailleur' } })
    await call(paris, registry, answerInvitation, karim, { participantId: outside, response: 'accepted' })
    expect((await seen(julie, '2026-10-20', '2026-10-20', who))[0]?.participants.find(({ id }) => id === outside)).toMatchObject({ response: 'accepted' })
    await call(paris, registry, withdrawParticipant, julie, { appointmentId: id, participantId: outside })
    expect((await seen(julie, '2026-10-20', '2026-10-20', who))[0]?.participants.map(({ name }) => name)).toEqual(['Julie Marchal'])
  })
  it('offers colleagues and the circle, with the volets that each may read', async () => {
    const offered = await call(paris, registry, invitable, julie, { personId })
    expect(offered.colleagues.map(({ name, isMe }) => [name, isMe])).toContainEqual(['Julie Marchal', true])
    expect(offered.circle).toEqual([expect.objectContaining({ name: 'Sonia Claudel', volets: ['administrative', 'health', 'social'] })])
  })
})

describe('after a visit', () => {
  it('one gesture records minutes and kilometres and makes the activity', async () => {
    const who = await someone()
    await book(julie, {
      personId: who,
      startsAt: '2026-10-15T08:00',
      kind: 'joint_visit',
      participants: [colleague(julie), { id: newId<ParticipantId>(), kind: 'outside', name: 'HAD des Vosges' }],
    })
    const [line] = await seen(julie, '2026-10-15', '2026-10-15', who)
    await call(paris, registry, recordVisit, julie, {
      occurrenceId: line?.id as never,
      activityId: newId(),
      minutes: 75,
      kilometres: 32.5,
      words: 'Chute hier, sans gravité.',
    })
    expect(await look(sql`select kind, minutes, partner, words from episodes.activity where person_id = ${who}`)).toEqual([
      { kind: 'joint_home_visit', minutes: 75, partner: 'HAD des Vosges', words: 'Chute hier, sans gravité.' },
    ])
    const detail = await call(paris, registry, occurrenceDetail, karim, { id: line?.id as never })
    expect(detail).toMatchObject({ occurrence: { state: 'fulfilled' }, record: { minutes: 75, kilometres: 32.5 } })
    expect(await refusalOf(call(paris, registry, recordVisit, karim, { occurrenceId: line?.id as never, activityId: newId() }))).toBe('agenda.fulfilled')
    expect((await call(paris, registry, occurrenceDetail, nurse, { id: line?.id as never })).record).toBeNull()
  })
  it('nobody opened: it is told, and the file keeps its last contact', async () => {
    const who = await someone()
    await book(julie, { personId: who, startsAt: '2026-10-15T08:00' })
    const [line] = await seen(julie, '2026-10-15', '2026-10-15', who)
    await call(paris, registry, recordVisit, julie, { occurrenceId: line?.id as never, activityId: newId(), reached: false })
    expect((await seen(julie, '2026-10-15', '2026-10-15', who))[0]?.state).toBe('noshow')
    expect(await look(sql`select last_contact_at from episodes.episode where person_id = ${who}`)).toEqual([{ last_contact_at: null }])
  })
  it('not before it began, and not for what is no work of the DAC', async () => {
    const who = await someone()
    await book(julie, { personId: who })
    await book(julie, { personId: who, kind: 'transport', placeKind: 'other', startsAt: '2026-10-15T08:00' })
    const record = async (day: string) => {
      const [line] = await seen(julie, day, day, who)
      return refusalOf(call(paris, registry, recordVisit, julie, { occurrenceId: line?.id as never, activityId: newId() }))
    }
    expect(await record('2026-10-20')).toBe('agenda.not_yet')
    expect(await record('2026-10-15')).toBe('agenda.no_activity')
  })
})

describe('the safety note of a visit', () => {
  const write = (actor: Actor, who: PersonId, baseVersion: number, changes: object) =>
    call(paris, registry, writeSafetyNote, actor, { id: newId<SafetyNoteId>(), personId: who, baseVersion, changes })
  const read = async (actor: Actor, who: PersonId, occurrenceId: string | null = null) =>
    (await call(paris, registry, safetyNoteQuery, actor, { personId: who, occurrenceId: occurrenceId as never })).note
  it('is read by the team of the DAC, and by a partner of a joint visit only around its hour', async () => {
    const who = await someone()
    await write(julie, who, 0, { doorCode: '47B12', animals: 'Chien, à enfermer', dangers: ['aggression'], neverAlone: true })
    await book(julie, {
      personId: who,
      kind: 'joint_visit',
      startsAt: '2026-10-16T10:00',
      participants: [colleague(julie), { id: newId<ParticipantId>(), kind: 'circle', partyId: nurse.professionalId as PartyId }],
    })
    await book(julie, {
      personId: who,
      kind: 'joint_visit',
      startsAt: '2026-11-16T10:00',
      participants: [{ id: newId<ParticipantId>(), kind: 'circle', partyId: nurse.professionalId as PartyId }],
    })
    await book(julie, { personId: who, startsAt: '2026-10-16T15:00' })
    const times = await seen(nurse, '2026-10-16', '2026-11-16', who)
    expect(await read(karim, who)).toMatchObject({ doorCode: '47B12', neverAlone: true })
    expect(await read(nurse, who)).toBeNull()
    expect(times.map(({ hasSafetyNote }) => hasSafetyNote)).toEqual([true, false, false])
    expect(await read(nurse, who, times[0]?.id)).toMatchObject({ doorCode: '47B12', animals: 'Chien, à enfermer' })
    expect(await read(nurse, who, times[1]?.id)).toBeNull()
    expect(await read(nurse, who, times[2]?.id)).toBeNull()
    expect(await read(desk, who)).toBeNull()
    expect(await refusalOf(write(nurse, who, 0, { doorCode: '1' }))).toBe('forbidden')
  })
  it('stays closed to a partner of the visit who has the administrative volet only, or by an exceptional access', async () => {
    const who = await someone()
    await write(julie, who, 0, { doorCode: '47B12' })
    const partner = async (facts: { readonly volets: readonly Volet[]; readonly exceptional?: boolean }) => {
      const actor = await anActor(db, {
        service: await aService(db, { name: 'SAAD Les Hautes-Vallées', kind: 'practice' }),
        givenName: 'Anne',
        familyName: 'Thouvenin',
        functions: ['outside_professional'],
        category: 'social',
        professionalId: newId<PartyId>(),
      })
      await aCirclePro(db, { personId: who, dac: dac.id, partyId: actor.professionalId as string, name: 'Anne Thouvenin', volets: facts.volets })
      if (facts.exceptional) await aSight(db, who, actor.userId, { basis: 'break_glass' })
      const { id } = await book(julie, {
        personId: who,
        kind: 'joint_visit',
        startsAt: '2026-10-16T10:00',
        participants: [{ id: newId<ParticipantId>(), kind: 'circle', partyId: actor.professionalId as PartyId }],
      })
      const line = (await seen(actor, '2026-10-16', '2026-10-16', who)).find(({ appointmentId }) => appointmentId === id)
      return [line?.hasSafetyNote, (await read(actor, who, line?.id))?.doorCode]
    }
    expect(await partner({ volets: ['administrative', 'social'] })).toEqual([true, '47B12'])
    expect(await partner({ volets: ['administrative'] })).toEqual([false, undefined])
    expect(await partner({ volets: ['administrative'], exceptional: true })).toEqual([false, undefined])
  })
  it('is not read through the visit of somebody else: the audit would name the wrong person', async () => {
    const [who, other] = [await someone(), await someone()]
    await write(julie, who, 0, { doorCode: '47B12' })
    await book(julie, {
      personId: who,
      kind: 'joint_visit',
      startsAt: '2026-10-16T10:00',
      participants: [{ id: newId<ParticipantId>(), kind: 'circle', partyId: nurse.professionalId as PartyId }],
    })
    const visitOfHer = (await seen(nurse, '2026-10-16', '2026-10-16', who))[0]?.id
    expect(await read(nurse, who, visitOfHer)).toMatchObject({ doorCode: '47B12' })
    expect(await refusalOf(read(nurse, other, visitOfHer))).toBe('not_found')
  })
  it('two first notes at the same instant: one is kept, the other is told so', async () => {
    const who = await someone()
    const done = await Promise.all([refusalOf(write(julie, who, 0, { doorCode: '47B12' })), refusalOf(write(karim, who, 0, { doorCode: '99A' }))])
    expect(done.sort()).toEqual(['agenda.note_exists', 'ok'])
  })
  it('never takes the place of the note about somebody else', async () => {
    const [who, other] = [await someone(), await someone()]
    const id = newId<SafetyNoteId>()
    const first = (personId: PersonId, doorCode: string) =>
      call(paris, registry, writeSafetyNote, julie, { id, personId, baseVersion: 0, changes: { doorCode } })
    await first(who, '47B12')
    expect(await refusalOf(first(other, '99A'))).toBe('agenda.note_exists')
    expect(await read(julie, who)).toMatchObject({ doorCode: '47B12' })
    expect(await read(julie, other)).toBeNull()
  })
  it('written twice at once, the second reads the first; different lines both stay', async () => {
    const who = await someone()
    await write(julie, who, 0, { doorCode: '47B12' })
    expect(await refusalOf(write(karim, who, 0, { doorCode: '99A' }))).toBe('agenda.note_exists')
    await write(karim, who, 1, { animals: 'Chat' })
    expect(await read(julie, who)).toMatchObject({ doorCode: '47B12', animals: 'Chat' })
    expect(await refusalOf(write(julie, who, 1, { animals: 'Deux chats' }))).toBe('stale_version')
  })
})

describe('an absence', () => {
  const declare = (actor: Actor, more: Partial<RawInputOf<typeof declareAbsence>> = {}) =>
    call(paris, registry, declareAbsence, actor, { id: newId() as never, userId: karim.userId, from: '2026-12-21', to: '2026-12-24', ...more })
  it('is known to whoever routes an alert: from its first minute to its last, with who stands in', async () => {
    const { id } = await declare(karim, { substituteId: julie.userId })
    const at = (iso: string) => asSystem(db, 'route in a test', (tx) => isAbsent(tx, karim.userId, new Date(iso)))
    expect(await at('2026-12-20T22:59:00Z')).toBe(false)
    expect(await at('2026-12-20T23:00:00Z')).toBe(true)
    expect(await at('2026-12-24T22:59:00Z')).toBe(true)
    expect(await at('2026-12-24T23:00:00Z')).toBe(false)
    const away = await asSystem(db, 'route in a test', (tx) => absentAmong(tx, [karim.userId, julie.userId], new Date('2026-12-22T09:00:00Z')))
    expect([...away].map(([user, { substituteId }]) => [user, substituteId])).toEqual([[karim.userId, julie.userId]])
    expect(
      (await call(paris, registry, teamAgenda, desk, { from: '2026-12-21', to: '2026-12-27' })).absences.map(({ name, substituteName }) => [
        name,
        substituteName,
      ]),
    ).toEqual([['Karim Belkacem', 'Julie Marchal']])
    await call(paris, registry, cancelAbsence, karim, { id })
    expect(await at('2026-12-22T09:00:00Z')).toBe(false)
  })
  it('a substitute who is away too stands in for nobody', async () => {
    const mine = await declare(julie, { userId: julie.userId, from: '2027-01-04', to: '2027-01-04' })
    expect(await refusalOf(declare(karim, { from: '2027-01-04', to: '2027-01-05', substituteId: julie.userId }))).toBe('agenda.substitute_absent')
    await call(paris, registry, cancelAbsence, julie, { id: mine.id })
  })
  it('is declared by oneself or by whoever leads the team, for a colleague of the service', async () => {
    expect(await refusalOf(declare(julie, { from: '2027-02-01', to: '2027-02-02' }))).toBe('forbidden')
    expect(await refusalOf(declare(lead, { from: '2027-02-01', to: '2027-02-02' }))).toBe('ok')
    expect(await refusalOf(declare(lead, { userId: stranger.userId }))).toBe('not_found')
    expect(await refusalOf(declare(karim, { from: '2027-02-02', to: '2027-02-01' }))).toBe('agenda.absence_backwards')
    expect(await refusalOf(declare(karim, { from: '2027-02-02', to: '2029-02-01' }))).toBe('agenda.absence_too_long')
    expect(await refusalOf(declare(karim, { from: '2027-03-02', to: '2027-03-02', fromTime: '14:00', toTime: '12:00' }))).toBe('agenda.absence_backwards')
  })
})

describe('the day and the hours of others', () => {
  it('« Ma journée » holds today and tomorrow, without what is cancelled', async () => {
    const other = await anActor(db, { service: dac, givenName: 'Lucie', familyName: 'Morel' })
    await book(other, { startsAt: '2026-10-15T14:00', participants: [colleague(other)] })
    await book(other, { startsAt: '2026-10-16T09:00', participants: [colleague(other)] })
    await book(other, { startsAt: '2026-10-17T09:00', participants: [colleague(other)] })
    const { rows } = await call(paris, registry, agendaDay, other, {})
    expect(rows.map(({ startsAt }) => new Date(startsAt).toISOString().slice(0, 10))).toEqual(['2026-10-15', '2026-10-16'])
    await call(paris, registry, cancelOccurrence, other, { occurrenceId: rows[0]?.id as never })
    expect((await call(paris, registry, agendaDay, other, {})).rows).toHaveLength(1)
  })
  it('before one books, says who is taken and who is away; never what they do', async () => {
    const other = await anActor(db, { service: dac, givenName: 'Inès', familyName: 'Rémy' })
    await book(other, { startsAt: '2026-10-20T14:00', participants: [colleague(other)] })
    const free = await call(paris, registry, availability, julie, { partyIds: [party(other)], from: '2026-10-20T11:00:00Z', to: '2026-10-20T12:00:00Z' })
    const taken = await call(paris, registry, availability, julie, { partyIds: [party(other)], from: '2026-10-20T12:30:00Z', to: '2026-10-20T13:00:00Z' })
    expect([free.taken.length, taken.taken.length]).toEqual([0, 1])
    expect(Object.keys(taken.taken[0] as object).sort()).toEqual(['endsAt', 'id', 'partyId', 'startsAt'])
    expect(
      (await call(paris, registry, availability, stranger, { partyIds: [party(other)], from: '2026-10-20T12:30:00Z', to: '2026-10-20T13:00:00Z' })).taken,
    ).toEqual([])
  })
  it('who loses sight of a person keeps her hour, and reads nothing of it any more', async () => {
    const who = await aPerson(db, { dac: null })
    const source = await aSight(db, who, dac.id)
    await book(karim, { personId: who, startsAt: '2026-10-29T10:00', participants: [colleague(karim)] })
    await asSystem(db, 'end a sight in a test', (tx) =>
      sql`update persons.sight set ends_at = ${new Date('2026-10-15T07:41:00Z')} where source_id = ${source}`.execute(tx),
    )
    const mine = await call(paris, registry, myAgenda, karim, { from: '2026-10-29', to: '2026-10-29' })
    expect([mine.rows.length, mine.busy.length]).toEqual([0, 1])
  })
})

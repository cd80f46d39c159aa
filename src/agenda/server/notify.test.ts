import { sql } from 'kysely'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cancelConference, editConference, planConference } from '../../case-conferences/contract/actions.ts'
import type { ConferenceId, ParticipantId as GuestId } from '../../case-conferences/contract/conference.ts'
import { caseConferencesValueSets } from '../../case-conferences/contract/value-sets.ts'
import { caseConferencesHandlers } from '../../case-conferences/server/handlers.ts'
import { anEpisode, episodeLists } from '../../episodes/testing/builders.ts'
import { type NoticeMessage, noticeWords } from '../../liaison/contract/notice.ts'
import { sendNotices } from '../../liaison/server/api.ts'
import { noticesOfTheAgenda } from '../../liaison/server/events.ts'
import { aPerson } from '../../persons/testing/builders.ts'
import type { AnyAction, AnyQuery, OutputOf, RawInputOf } from '../../platform/contract/action.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PartyId, type PersonId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import type { FeedEvent } from '../../platform/server/feed.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call, testClock, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { loadValueSets } from '../../territory/server/reference.sql.ts'
import { anActor, aService, type BuiltService } from '../../territory/testing/builders.ts'
import { answerInvitation, bookAppointment, cancelOccurrence, editAppointment, moveOccurrence, withdrawParticipant } from '../contract/actions.ts'
import type { AppointmentId, ParticipantId } from '../contract/appointment.ts'
import { myAgenda } from '../contract/queries.ts'
import { aCirclePro, agendaLists } from '../testing/builders.ts'
import { agendaHandlers } from './handlers.ts'

const { db } = await testDatabase()
const clock = testClock('2026-10-15T07:42:00Z')
const gate = { ...testGate(db, clock), timeZone: 'Europe/Paris' }
const registry = registryOf([...agendaHandlers, ...caseConferencesHandlers])
const as = <C extends AnyAction | AnyQuery>(actor: Actor, contract: C, input: RawInputOf<C>): Promise<OutputOf<C>> =>
  call(gate, registry, contract, actor, input)

let dac: BuiltService
let julie: Actor
let nurse: Actor
let personId: PersonId
const addressOf = (actor: Actor): string => `${actor.userId}@exemple.fr`

/** What happened is reacted to, at the instant at which it happened. */
const follow = () =>
  asSystem(db, 'a reaction in a test', async (tx) => {
    const { rows } = await sql<Pick<FeedEvent, 'type' | 'payload'>>`delete from platform.event_inbox where type = any (${[...noticesOfTheAgenda.types]}::text[])
      returning type, payload`.execute(tx)
    const at = clock().toISOString()
    await sql`select set_config('jalon.time_zone', 'Europe/Paris', true)`.execute(tx)
    for (const event of rows) await noticesOfTheAgenda.react(tx, { seq: 1, personId: null, volet: 'administrative', audience: [], actorId: null, at, ...event })
  })

/** What leaves at a given instant: to whom, and its whole text. */
async function leaves(at: string): Promise<readonly (readonly [string, string])[]> {
  await follow()
  clock.set(at)
  const sent: NoticeMessage[] = []
  await sendNotices({
    db,
    clock,
    port: {
      ways: ['email'],
      send: async (message) => {
        sent.push(message)
        return { outcome: 'ok' }
      },
    },
  })
  return sent.map(({ to, subject, body }) => [String(to), `${subject} ${body}`] as const).toSorted()
}
const one = (actor: Actor, count = 1): readonly [string, string] => {
  const { subject, body } = noticeWords(count)
  return [addressOf(actor), `${subject} ${body}`]
}

const visit = async (startsAt: string, more: Partial<RawInputOf<typeof bookAppointment>> = {}) => {
  const id = newId<AppointmentId>()
  const guest = newId<ParticipantId>()
  await as(julie, bookAppointment, {
    id,
    personId,
    kind: 'visit',
    startsAt,
    minutes: 60,
    participants: [
      { id: newId<ParticipantId>(), kind: 'colleague', partyId: julie.userId as never },
      { id: guest, kind: 'circle', partyId: nurse.professionalId as PartyId },
    ],
    ...more,
  })
  const [row] = await asSystem(
    db,
    'look in a test',
    async (tx) =>
      (await sql<{ id: string; version: number }>`select id, version from agenda.occurrence where appointment_id = ${id} order by starts_at`.execute(tx)).rows,
  )
  return { id, guest, occurrenceId: row?.id as never }
}

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
  await asSystem(db, 'addresses in a test', async (tx) => {
    for (const actor of [julie, nurse]) await sql`update territory.user_account set email = ${addressOf(actor)} where id = ${actor.userId}`.execute(tx)
  })
  const episodeId = newId()
  personId = await aPerson(db, { dac: dac.id, episodeId })
  await anEpisode(db, { id: episodeId as never, personId, dac: dac.id, referentId: julie.userId })
  await aCirclePro(db, { personId, dac: dac.id, partyId: String(nurse.professionalId), name: 'Sonia Claudel', volets: ['administrative', 'social', 'health'] })
})

describe('whoever takes part and looks at nothing learns that something waits, without a word about anybody', () => {
  it('she is invited; whoever invites is told nothing, and a second sending tells nothing again', async () => {
    await visit('2026-10-20T10:00')
    expect(await leaves('2026-10-15T07:43:00Z')).toEqual([])
    expect(await leaves('2026-10-15T07:48:00Z')).toEqual([one(nurse)])
    expect(await leaves('2026-10-15T08:48:00Z')).toEqual([])
  })

  it('an invitation answered on the screen in the minutes that follow is told no more', async () => {
    const { guest } = await visit('2026-10-20T10:00')
    await as(nurse, answerInvitation, { participantId: guest, response: 'accepted' })
    expect(await leaves('2026-10-15T07:48:00Z')).toEqual([])
  })

  it.each<readonly [string, (of: Awaited<ReturnType<typeof visit>>) => Promise<unknown>]>([
    ['the visit moves', ({ occurrenceId }) => as(julie, moveOccurrence, { occurrenceId, baseVersion: 1, startsAt: '2026-10-21T14:00', minutes: 60 })],
    ['the visit is cancelled', ({ occurrenceId }) => as(julie, cancelOccurrence, { occurrenceId, reason: 'Hospitalisée' })],
    ['it takes place elsewhere', ({ id }) => as(julie, editAppointment, { id, baseVersion: 1, changes: { placeKind: 'other', place: 'Au DAC' } })],
    ['she is no longer expected', ({ id, guest }) => as(julie, withdrawParticipant, { appointmentId: id, participantId: guest })],
  ])('%s', async (_what, change) => {
    const booked = await visit('2026-10-20T10:00')
    expect(await leaves('2026-10-15T07:50:00Z')).toEqual([one(nurse)])
    await change(booked)
    expect(await leaves('2026-10-15T07:56:00Z')).toEqual([one(nurse)])
  })

  it('moved three times in a minute, it is told once', async () => {
    const { occurrenceId } = await visit('2026-10-20T10:00')
    await leaves('2026-10-15T07:50:00Z')
    for (const [baseVersion, startsAt] of ['2026-10-21T14:00', '2026-10-21T15:00', '2026-10-21T16:00'].entries())
      await as(julie, moveOccurrence, { occurrenceId, baseVersion: baseVersion + 1, startsAt, minutes: 60 })
    expect(await leaves('2026-10-15T07:56:00Z')).toEqual([one(nurse)])
  })

  it('nothing is told of what is over, nor of another title', async () => {
    const past = await visit('2026-10-14T10:00')
    await as(julie, cancelOccurrence, { occurrenceId: past.occurrenceId, reason: 'Noté par erreur' })
    const { id } = await visit('2026-10-20T10:00')
    await leaves('2026-10-15T07:50:00Z')
    await as(julie, editAppointment, { id, baseVersion: 1, changes: { title: 'Première visite' } })
    expect(await leaves('2026-10-15T07:56:00Z')).toEqual([])
  })

  it('at night, it waits for the end of her quiet hours, on a Sunday as on any day', async () => {
    clock.set('2026-10-17T20:30:00Z')
    await visit('2026-10-19T10:00')
    expect(await leaves('2026-10-18T05:29:00Z')).toEqual([])
    expect(await leaves('2026-10-18T05:31:00Z')).toEqual([one(nurse)])
  })
})

it('a concertation convened, moved, then cancelled is told to its guests each time, and they find it in their agenda', async () => {
  const id = newId<ConferenceId>()
  await as(julie, planConference, {
    id,
    personId,
    kind: 'rcp',
    startsAt: '2026-10-20T12:30:00Z',
    minutes: 45,
    participants: [
      { id: newId<GuestId>(), partyId: String(nurse.professionalId), name: 'Sonia Claudel' },
      { id: newId<GuestId>(), name: 'Marc Perrin', role: 'fils' },
    ],
  })
  expect(await leaves('2026-10-15T07:50:00Z')).toEqual([one(nurse)])
  await as(julie, editConference, { id, baseVersion: 1, because: 'Le médecin n’est pas libre', changes: { startsAt: '2026-10-22T08:00:00Z' } })
  expect(await leaves('2026-10-15T07:56:00Z')).toEqual([one(nurse)])
  expect((await as(nurse, myAgenda, { from: '2026-10-19', to: '2026-10-25' })).waiting).toHaveLength(1)
  await as(julie, cancelConference, { id, because: 'Hospitalisée' })
  expect(await leaves('2026-10-15T08:02:00Z')).toEqual([one(nurse)])
})

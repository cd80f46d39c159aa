import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../src/agenda/contract/actions.ts'
import type { AppointmentId, ParticipantId } from '../src/agenda/contract/appointment.ts'
import { bookedByUs, myAgenda, personAgenda } from '../src/agenda/contract/queries.ts'
import { appointmentsAfterClosure, appointmentsAfterOpposition } from '../src/agenda/server/events.ts'
import { aCirclePro, agendaLists } from '../src/agenda/testing/builders.ts'
import { registry } from '../src/app/server/registry.ts'
import { closeEpisode } from '../src/episodes/contract/actions.ts'
import { anEpisode, episodeLists } from '../src/episodes/testing/builders.ts'
import { personTimeline } from '../src/persons/contract/queries.ts'
import { aPerson } from '../src/persons/testing/builders.ts'
import type { RawInputOf } from '../src/platform/contract/action.ts'
import type { Actor } from '../src/platform/contract/actor.ts'
import { newId, type PartyId, type PersonId } from '../src/platform/contract/ids.ts'
import { asSystem } from '../src/platform/server/db.ts'
import { call, testClock, testGate } from '../src/platform/testing/gate.ts'
import { testDatabase } from '../src/platform/testing/test-database.ts'
import { anActor, aService, type BuiltService } from '../src/territory/testing/builders.ts'

const { db } = await testDatabase()
const at = '2026-10-15T07:42:00Z'
const gate = { ...testGate(db, testClock(at)), timeZone: 'Europe/Paris' }

let dac: BuiltService
let julie: Actor
let nurse: Actor
let nurseParty: PartyId

beforeAll(async () => {
  await agendaLists(db)
  await episodeLists(db)
  dac = await aService(db, { name: 'DAC Hautes-Vallées' })
  julie = await anActor(db, { service: dac })
  nurseParty = newId<PartyId>()
  nurse = await anActor(db, {
    service: await aService(db, { name: 'Cabinet infirmier', kind: 'practice' }),
    givenName: 'Sonia',
    familyName: 'Claudel',
    functions: ['outside_professional'],
    category: 'health',
    professionalId: nurseParty,
  })
})

interface Followed {
  readonly personId: PersonId
  readonly episodeId: string
}

async function someone(): Promise<Followed> {
  const episodeId = newId()
  const personId = await aPerson(db, { dac: dac.id, episodeId })
  await anEpisode(db, { id: episodeId as never, personId, dac: dac.id, referentId: julie.userId })
  await aCirclePro(db, { personId, dac: dac.id, partyId: nurseParty, name: 'Sonia Claudel', volets: ['administrative', 'social', 'health'] })
  return { personId, episodeId }
}

async function book(actor: Actor, { personId }: Followed, more: Partial<RawInputOf<typeof bookAppointment>> = {}): Promise<string> {
  const id = newId<AppointmentId>()
  await call(gate, registry, bookAppointment, actor, {
    id,
    personId,
    kind: 'visit',
    startsAt: '2026-10-20T10:00',
    minutes: 60,
    placeKind: 'home',
    participants: [{ id: newId<ParticipantId>(), kind: 'colleague', partyId: actor.userId as unknown as PartyId }],
    ...more,
  })
  return id
}

const close = ({ episodeId }: Followed, cancelAppointments: readonly string[]) =>
  call(gate, registry, closeEpisode, julie, {
    id: episodeId as never,
    baseVersion: 1,
    reason: 'stabilised',
    balance: 'better',
    objectives: null,
    relay: null,
    cancelAppointments: [...cancelAppointments],
  })

/** The agenda hears what the closing said. */
const hear = () =>
  asSystem(db, 'the feed tells in a test', async (tx) => {
    await sql`select set_config('jalon.clock', ${at}, true), set_config('jalon.time_zone', 'Europe/Paris', true)`.execute(tx)
    const { rows } = await sql<{ personId: PersonId | null; payload: Record<string, string> }>`delete from platform.event_inbox
      where type = 'episodes.episode.appointmentLeft' returning person_id as "personId", payload`.execute(tx)
    // Told to no browser: it says who left.
    expect(rows.map(({ personId }) => personId)).toEqual(rows.map(() => null))
    for (const [seq, event] of rows.entries())
      await appointmentsAfterClosure.react(tx, {
        seq,
        type: 'episodes.episode.appointmentLeft',
        volet: 'administrative',
        audience: [],
        actorId: julie.userId,
        at,
        ...event,
      })
    return rows.length
  })

/** What was told a second time, without the person. */
const again = () =>
  asSystem(
    db,
    'look in a test',
    async (tx) =>
      (
        await sql<{ audience: string[]; payload: object }>`delete from platform.event_inbox
          where type = 'agenda.appointment.cancelled' and person_id is null returning audience::text[] as audience, payload`.execute(tx)
      ).rows,
  )

const states = async ({ personId }: Followed) =>
  (await call(gate, registry, personAgenda, julie, { personId, from: '2026-10-12', to: '2026-11-30' })).rows.map(
    ({ appointmentId, state, cancelledBecause }) => [appointmentId, cancelledBecause ?? state],
  )

describe('an accompaniment closes', () => {
  it('and the visits that the team had booked are cancelled, those that it keeps and those of others go on', async () => {
    const who = await someone()
    const nurseVisit = { id: newId<ParticipantId>(), kind: 'circle' as const, partyId: nurseParty }
    const visit = await book(julie, who, { participants: [nurseVisit] })
    const series = await book(julie, who, { startsAt: '2026-10-14T14:00', recurrence: { frequency: 'weekly', days: ['WE'], count: 4 } })
    const kept = await book(julie, who, { startsAt: '2026-10-28T09:00', title: 'Passage de relais' })
    const hers = await book(nurse, who, { kind: 'care', startsAt: '2026-10-21T08:00' })

    const { rows } = await call(gate, registry, bookedByUs, julie, { personId: who.personId })
    expect(rows.map(({ appointmentId, times, others }) => [appointmentId, times, others])).toEqual([
      [visit, 1, ['Sonia Claudel']],
      [series, 3, []],
      [kept, 1, []],
    ])
    expect((await call(gate, registry, bookedByUs, nurse, { personId: who.personId })).rows.map((row) => row.appointmentId)).toEqual([hers])

    await close(
      who,
      rows.map((row) => row.appointmentId as string).filter((id) => id !== kept),
    )
    expect(await hear()).toBe(2)
    expect(new Set((await states(who)).map((one) => one.join(' ')))).toEqual(
      new Set([`${series} booked`, `${series} Accompagnement clos`, `${visit} Accompagnement clos`, `${kept} booked`, `${hers} booked`]),
    )
    expect((await states(who)).filter(([id, state]) => id === series && state === 'booked')).toHaveLength(1)
    // Her hours are free again in the calendar of the nurse, who no longer reads the file.
    const mine = await call(gate, registry, myAgenda, nurse, { from: '2026-10-19', to: '2026-10-25' })
    expect([...mine.rows, ...mine.busy].map(({ startsAt }) => new Date(startsAt).toISOString())).toEqual(['2026-10-21T06:00:00.000Z'])
    const told = await asSystem(db, 'look in a test', async (tx) =>
      (
        await sql<{
          id: string
        }>`select payload ->> 'appointmentId' as id from platform.event_inbox where type = 'agenda.appointment.cancelled' and person_id is not null order by 1`.execute(
          tx,
        )
      ).rows.map(({ id }) => id),
    )
    expect(told).toEqual([visit, series].sort())
    // The circle no longer hears of her: its open agendas are told that something changed, and nothing of whom.
    const after = await again()
    expect(after).toHaveLength(2)
    for (const { audience, payload } of after) {
      expect(audience).toContain(nurseParty)
      expect(payload).toEqual({})
    }
  })

  it('and the Fil says how many of a series go with the first', async () => {
    const who = await someone()
    const [two, three] = [
      await book(julie, who, { recurrence: { frequency: 'weekly', days: ['TU'], count: 2 } }),
      await book(julie, who, { startsAt: '2026-10-21T10:00', recurrence: { frequency: 'weekly', days: ['WE'], count: 3 } }),
    ]
    await close(who, [two, three])
    await hear()
    const { rows } = await call(gate, registry, personTimeline, julie, { personId: who.personId })
    expect(rows.filter(({ kind }) => kind === 'agenda.cancelled').map(({ title }) => title.replace(/^.*annulé/, 'annulé'))).toEqual(
      expect.arrayContaining(['annulé : 20/10/2026 à 10\u00a0h\u00a000 et le suivant', 'annulé : 21/10/2026 à 10\u00a0h\u00a000 et les 2 suivants']),
    )
  })

  it('and what the team had booked for itself alone is told to the team alone', async () => {
    const who = await someone()
    await close(who, [await book(julie, who, { isPrivate: true, title: 'Point d’équipe' })])
    await hear()
    const told = async (actor: Actor) =>
      (await call(gate, registry, personTimeline, actor, { personId: who.personId })).rows.flatMap(({ kind, title }) =>
        kind.startsWith('agenda.') && title.includes('Point d’équipe') ? [kind] : [],
      )
    expect((await told(julie)).toSorted()).toEqual(['agenda.booked', 'agenda.cancelled'])
    expect((await told(await anActor(db, { service: dac }))).toSorted()).toEqual(['agenda.booked', 'agenda.cancelled'])
  })

  it('and nothing of another person, nor of another service, is cancelled by its name', async () => {
    const [who, other] = [await someone(), await someone()]
    const elsewhere = await book(julie, other)
    const hers = await book(nurse, who, { kind: 'care' })
    await close(who, [elsewhere, hers, newId()])
    expect(await hear()).toBe(3)
    expect([...(await states(who)), ...(await states(other))]).toEqual([
      [hers, 'booked'],
      [elsewhere, 'booked'],
    ])
  })
})

describe('a person opposes', () => {
  const oppose = ({ personId }: Followed, numbers: string) =>
    asSystem(db, 'the feed tells in a test', async (tx) => {
      await sql`select set_config('jalon.clock', ${at}, true), set_config('jalon.time_zone', 'Europe/Paris', true)`.execute(tx)
      await appointmentsAfterOpposition.react(tx, {
        seq: 1,
        type: 'persons.person.opposed',
        personId,
        volet: 'administrative',
        audience: [],
        actorId: julie.userId,
        at,
        payload: { personId, numbers },
      })
    })

  it('and what the DAC had booked is cancelled in words that are true, what others booked goes on', async () => {
    const who = await someone()
    const visit = await book(julie, who)
    const hers = await book(nurse, who, { kind: 'care', startsAt: '2026-10-21T08:00' })
    const elsewhere = await someone()
    const other = await book(julie, elsewhere)
    await oppose(who, '1,2')
    expect(await states(who)).toEqual([
      [visit, 'Opposition de la personne'],
      [hers, 'booked'],
    ])
    expect(await states(elsewhere)).toEqual([[other, 'booked']])
  })

  it('to the use of her data elsewhere alone, and nothing is cancelled', async () => {
    const who = await someone()
    const visit = await book(julie, who)
    await oppose(who, '3')
    expect(await states(who)).toEqual([[visit, 'booked']])
  })
})

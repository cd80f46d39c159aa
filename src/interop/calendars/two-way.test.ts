import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StoredEvent } from '../../../simulators/calendars/calendar-store.ts'
import { type CalendarStandIn, type Fate, startCalendar } from '../../../simulators/calendars/main.ts'
import { bookAppointment, cancelOccurrence, moveOccurrence } from '../../agenda/contract/actions.ts'
import type { AppointmentId, OccurrenceId } from '../../agenda/contract/appointment.ts'
import {
  type CalendarLinkId,
  type CalendarPort,
  type CalendarProvider,
  type CalendarTokens,
  calendarLinks,
  changeCalendarLink,
  closeCalendarLink,
  openCalendarLink,
  settleCalendarDifference,
} from '../../agenda/contract/calendar-links.ts'
import { myAgenda } from '../../agenda/contract/queries.ts'
import { agendaHandlers } from '../../agenda/server/handlers.ts'
import { about } from '../../agenda/server/link-at-work.ts'
import { syncCalendars } from '../../agenda/server/sync-calendars.ts'
import { agendaLists } from '../../agenda/testing/builders.ts'
import { anEpisode, episodeLists } from '../../episodes/testing/builders.ts'
import { aPerson } from '../../persons/testing/builders.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call, testClock, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { openSeal } from '../../sign-in/server/seal.ts'
import { anActor, aService, type BuiltService } from '../../territory/testing/builders.ts'
import { openGoogle } from './server/google.ts'
import { openMicrosoft } from './server/microsoft.ts'

const { db } = await testDatabase()
const clock = testClock()
const gate = { ...testGate(db, clock), timeZone: 'Europe/Paris' }
const registry = registryOf(agendaHandlers)
const seal = openSeal('a key of thirty-two letters for tests only')

let dac: BuiltService
const look = <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> => asSystem(db, 'look in a test', async (tx) => (await query.execute(tx)).rows)
beforeAll(async () => {
  await agendaLists(db)
  await episodeLists(db)
  dac = await aService(db, { name: 'DAC Hautes-Vallées' })
})

interface World {
  readonly standIn: CalendarStandIn
  readonly port: CalendarPort
  readonly julie: Actor
  readonly linkId: CalendarLinkId
  readonly personId: PersonId
  readonly sync: () => Promise<number>
}

const opened: CalendarStandIn[] = []
afterAll(async () => void (await Promise.all(opened.map((one) => one.stop()))))

/** A référent whose calendar is linked, by the road that a browser takes. */
async function linked(provider: CalendarProvider): Promise<World> {
  const standIn = await startCalendar(provider)
  opened.push(standIn)
  const port = provider === 'google' ? openGoogle(standIn.settings) : openMicrosoft(standIn.settings)
  const julie = await anActor(db, { service: dac })
  const episodeId = newId()
  const personId = await aPerson(db, { dac: dac.id, episodeId })
  await anEpisode(db, { id: episodeId as never, personId, dac: dac.id, referentId: julie.userId })
  const verifier = 'v'.repeat(64)
  const challenge = Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))).toString('base64url')
  const redirectUri = 'https://jalon.test/api/calendriers/retour'
  const gone = await fetch(port.authorizeUrl({ state: 's', challenge, redirectUri }), { redirect: 'manual' })
  const code = new URL(String(gone.headers.get('location'))).searchParams.get('code') as string
  const tokens = (await port.exchange({ code, verifier, redirectUri })) as CalendarTokens
  const linkId = newId<CalendarLinkId>()
  const secrets = seal.close(JSON.stringify(tokens), about({ id: linkId, userId: julie.userId })).toString('base64')
  await call(gate, registry, openCalendarLink, julie, { id: linkId, provider, secrets })
  const sync = () => syncCalendars({ db, ports: [port], seal, clock, timeZone: 'Europe/Paris' })
  return { standIn, port, julie, linkId, personId, sync }
}

const occurrenceOf = async (id: AppointmentId): Promise<OccurrenceId> =>
  (await look(sql<{ id: OccurrenceId }>`select id from agenda.occurrence where appointment_id = ${id}`))[0]?.id as OccurrenceId
const own = async ({ julie }: World, startsAt: string): Promise<OccurrenceId> => {
  const id = newId<AppointmentId>()
  await call(gate, registry, bookAppointment, julie, {
    id,
    personId: null,
    kind: 'other',
    title: 'Dentiste',
    startsAt,
    minutes: 60,
    isPrivate: true,
    participants: [{ id: newId(), kind: 'colleague', partyId: julie.userId as never }],
  })
  return occurrenceOf(id)
}
const visit = async ({ julie, personId }: World, startsAt: string): Promise<OccurrenceId> => {
  const id = newId<AppointmentId>()
  await call(gate, registry, bookAppointment, julie, {
    id,
    personId,
    kind: 'visit',
    title: 'Bilan mémoire',
    startsAt,
    minutes: 60,
    placeKind: 'home',
    participants: [{ id: newId(), kind: 'colleague', partyId: julie.userId as never }],
  })
  return occurrenceOf(id)
}
const move = async ({ julie }: World, occurrenceId: OccurrenceId, startsAt: string) => {
  const [row] = await look(sql<{ version: number }>`select version from agenda.occurrence where id = ${occurrenceId}`)
  return call(gate, registry, moveOccurrence, julie, { occurrenceId, baseVersion: row?.version as number, startsAt, minutes: 60 })
}
const marked = (mark: string | null): string | null =>
  mark === null ? null : mark.startsWith('{') ? (JSON.parse(mark) as { jalon: string }).jalon : (mark.split(':')[1] ?? null)
/** On a day that its owner looks at. */
const inSight = ({ startsAt }: StoredEvent): boolean => startsAt >= '2026'
const oursThere = ({ standIn }: World): StoredEvent[] => standIn.store.live().filter(({ mark }) => mark !== null)
const theirsThere = ({ standIn }: World): StoredEvent[] => standIn.store.live().filter(({ mark }) => mark === null)
const linkOf = async ({ julie, linkId }: World) => (await call(gate, registry, calendarLinks, julie, {})).rows.find(({ id }) => id === linkId)
const later = (minutes = 3): void => clock.advance(minutes * 60_000)

describe.each(['google', 'microsoft'] as const)('a calendar of %s linked to hers', (provider) => {
  it('shows her moments there without a name, a place nor a word; the kind if she wants it', async () => {
    clock.set('2026-10-15T07:42:00Z')
    const world = await linked(provider)
    await visit(world, '2026-10-20T10:00')
    await world.sync()
    expect(oursThere(world).map(({ title, startsAt }) => [title, startsAt])).toEqual([['RDV Jalon', '2026-10-20T08:00:00.000Z']])
    expect(JSON.stringify(world.standIn.store.live())).not.toMatch(/mémoire|PERRIN|KEMPF|Marchal/)
    await call(gate, registry, changeCalendarLink, world.julie, { id: world.linkId, detail: 'kind', incoming: 'busy' })
    await world.sync()
    expect(oursThere(world).map(({ title }) => title)).toEqual(['Visite à domicile'])
  })

  it('keeps the hour of a person whom she sees no more, and loses what it was for', async () => {
    clock.set('2026-10-15T07:42:00Z')
    const world = await linked(provider)
    const sights = (suspended: string | null) =>
      look(
        sql`update persons.sight set suspended_at = ${suspended}, suspensions = case when ${suspended}::text is null then '{}' else '{opposition}'::text[] end where person_id = ${world.personId}`,
      )
    await visit(world, '2026-10-20T10:00')
    await call(gate, registry, changeCalendarLink, world.julie, { id: world.linkId, detail: 'kind', incoming: 'busy' })
    await world.sync()
    expect(oursThere(world).map(({ title }) => title)).toEqual(['Visite à domicile'])
    await sights('2026-10-15T07:43:00Z')
    later()
    await world.sync()
    expect(oursThere(world).map(({ title, startsAt }) => [title, startsAt])).toEqual([['RDV Jalon', '2026-10-20T08:00:00.000Z']])
    await sights(null)
    later()
    await world.sync()
    expect(oursThere(world).map(({ title }) => title)).toEqual(['Visite à domicile'])
  })

  it('brings in what stands there as « occupé », without its words unless she says so, and never back out', async () => {
    clock.set('2026-10-15T07:42:00Z')
    const world = await linked(provider)
    const dentist = world.standIn.store.put(null, { title: 'Dentiste', startsAt: '2026-10-21T13:00:00.000Z', endsAt: '2026-10-21T14:00:00.000Z' })
    world.standIn.store.put(null, { title: 'Libre', startsAt: '2026-10-21T15:00:00.000Z', endsAt: '2026-10-21T16:00:00.000Z', free: true })
    world.standIn.store.put(null, { title: 'Congé', startsAt: '2026-10-22T00:00:00.000Z', endsAt: '2026-10-23T00:00:00.000Z', allDay: true })
    await world.sync()
    const mine = async () =>
      (await call(gate, registry, myAgenda, world.julie, { from: '2026-10-19', to: '2026-10-25' })).rows.filter(({ state }) => state === 'booked')
    expect((await mine()).map(({ title, startsAt, allDay, isPrivate, imported }) => [title, startsAt.slice(0, 16), allDay, isPrivate, imported])).toEqual([
      [null, '2026-10-21T13:00', false, true, true],
      [null, '2026-10-21T22:00', true, true, true],
    ])
    expect(world.standIn.writes()).toBe(0)
    await call(gate, registry, changeCalendarLink, world.julie, { id: world.linkId, detail: 'minimal', incoming: 'title' })
    world.standIn.store.put(dentist.id, { startsAt: '2026-10-21T14:00:00.000Z', endsAt: '2026-10-21T15:00:00.000Z' })
    await world.sync()
    expect((await mine())[0]).toMatchObject({ title: 'Dentiste' })
    const titles = () => look(sql`select a.title from agenda.appointment a where a.organizer_id = ${world.julie.userId} and a.imported and a.title is not null`)
    await call(gate, registry, changeCalendarLink, world.julie, { id: world.linkId, detail: 'minimal', incoming: 'busy' })
    expect(await titles()).toEqual([])
    await call(gate, registry, changeCalendarLink, world.julie, { id: world.linkId, detail: 'minimal', incoming: 'title' })
    world.standIn.store.put(dentist.id, { title: 'Dentiste\u0000 à Remiremont' })
    await world.sync()
    expect(await titles()).toEqual([{ title: 'Dentiste  à Remiremont' }])
    world.standIn.store.delete(dentist.id)
    later()
    await world.sync()
    expect((await mine()).map(({ allDay }) => allDay)).toEqual([true])
    expect(await titles()).toEqual([])
    expect(world.standIn.writes()).toBe(0)
  })

  it('that cannot be read does not keep the next one waiting; its owner is told, and it is tried again later', async () => {
    clock.set('2026-10-15T07:42:00Z')
    const [broken, sound] = [await linked(provider), await linked(provider)]
    sound.standIn.store.put(null, { startsAt: '2026-10-21T08:00:00.000Z', endsAt: '2026-10-21T09:00:00.000Z', title: 'Dentiste' })
    let turn = 0
    const port: CalendarPort = {
      ...sound.port,
      changes: (...asked) => {
        turn += 1
        if (turn === 1) throw new RangeError('a date without a year')
        return sound.port.changes(...asked)
      },
    }
    await look(sql`update agenda.calendar_link set next_at = '2026-10-15T06:00:00Z' where id = ${broken.linkId}`)
    expect(await syncCalendars({ db, ports: [port], seal, clock, timeZone: 'Europe/Paris' })).toBe(2)
    const linkOf = async ({ julie }: World) => (await call(gate, registry, calendarLinks, julie, {})).rows[0]
    expect(await linkOf(broken)).toMatchObject({ problem: 'fault' })
    expect(await linkOf(sound)).toMatchObject({ problem: null })
    later()
    await broken.sync()
    expect(await linkOf(broken)).toMatchObject({ problem: null })
  })

  it('one of ours that she moves there waits for her word, and holds as she says', async () => {
    clock.set('2026-10-15T07:42:00Z')
    const world = await linked(provider)
    const [first, second, third] = [await own(world, '2026-10-20T10:00'), await own(world, '2026-10-21T10:00'), await own(world, '2026-10-22T10:00')]
    await world.sync()
    const there = (id: string) => oursThere(world).find(({ mark }) => marked(mark) === id)
    for (const [id, day] of [
      [first, 20],
      [second, 21],
    ] as const)
      world.standIn.store.put(String(there(id)?.id), { startsAt: `2026-10-${day}T14:00:00.000Z`, endsAt: `2026-10-${day}T15:00:00.000Z` })
    world.standIn.store.delete(String(there(third)?.id))
    later()
    await world.sync()
    expect((await linkOf(world))?.differs.map(({ occurrenceId, theirStartsAt }) => [occurrenceId, theirStartsAt?.slice(0, 16) ?? null])).toEqual([
      [first, '2026-10-20T14:00'],
      [second, '2026-10-21T14:00'],
      [third, null],
    ])
    expect(there(first)?.startsAt, 'nothing is written over meanwhile').toBe('2026-10-20T14:00:00.000Z')
    await call(gate, registry, settleCalendarDifference, world.julie, { linkId: world.linkId, occurrenceId: first, keep: 'jalon' })
    await move(world, second, '2026-10-21T16:00')
    await call(gate, registry, settleCalendarDifference, world.julie, { linkId: world.linkId, occurrenceId: third, keep: 'jalon' })
    later()
    await world.sync()
    expect((await linkOf(world))?.differs).toEqual([])
    expect([first, second, third].map((id) => there(id)?.startsAt.slice(0, 16))).toEqual(['2026-10-20T08:00', '2026-10-21T14:00', '2026-10-22T08:00'])
  })

  it('one of ours that she deletes before Jalon heard that it was made does not come back: she is asked', async () => {
    clock.set('2026-10-15T07:42:00Z')
    const world = await linked(provider)
    const id = await own(world, '2026-10-20T10:00')
    // What is read is heard, what is written arrives and its answer is lost: of the making, then of the placing.
    world.standIn.fate((method) => (method === 'GET' ? 'well' : 'answer_lost'))
    for (let turn = 0; turn < 4 && !oursThere(world).some(inSight); turn += 1) {
      await world.sync()
      later(70)
    }
    expect(oursThere(world).map(({ startsAt }) => startsAt)).toEqual(['2026-10-20T08:00:00.000Z'])
    world.standIn.store.delete(String(oursThere(world)[0]?.id))
    world.standIn.fate(() => 'well')
    for (let calm = 0; calm < 3; calm += 1) {
      later(70)
      await world.sync()
    }
    expect(oursThere(world)).toEqual([])
    expect((await linkOf(world))?.differs).toMatchObject([{ occurrenceId: id, theirStartsAt: null }])
    await call(gate, registry, settleCalendarDifference, world.julie, { linkId: world.linkId, occurrenceId: id, keep: 'jalon' })
    later()
    await world.sync()
    expect(oursThere(world).map(({ startsAt }) => startsAt)).toEqual(['2026-10-20T08:00:00.000Z'])
  })

  it('unlinked, what Jalon wrote is taken back, what came in goes, and its keys are forgotten', async () => {
    clock.set('2026-10-15T07:42:00Z')
    const world = await linked(provider)
    await own(world, '2026-10-20T10:00')
    world.standIn.store.put(null, { title: 'Dentiste', startsAt: '2026-10-21T13:00:00.000Z', endsAt: '2026-10-21T14:00:00.000Z' })
    await world.sync()
    await call(gate, registry, closeCalendarLink, world.julie, { id: world.linkId })
    await world.sync()
    expect(oursThere(world)).toEqual([])
    expect(theirsThere(world)).toHaveLength(1)
    expect(
      (await call(gate, registry, myAgenda, world.julie, { from: '2026-10-21', to: '2026-10-21' })).rows.filter(({ state }) => state === 'booked'),
    ).toEqual([])
    expect(await look(sql`select state, secrets, cursor from agenda.calendar_link where id = ${world.linkId}`)).toEqual([
      { state: 'closed', secrets: null, cursor: null },
    ])
  })

  it('says so when its owner took her agreement back there; its keys are sealed, of this link and this user alone', async () => {
    clock.set('2026-10-15T07:42:00Z')
    const world = await linked(provider)
    const [row] = await look(sql<{ secrets: Buffer }>`select secrets from agenda.calendar_link where id = ${world.linkId}`)
    expect(row?.secrets.toString('latin1')).not.toMatch(/access|refresh/)
    expect(seal.open(row?.secrets as Buffer, about({ id: newId(), userId: world.julie.userId }))).toBeNull()
    world.standIn.agreement.revoke()
    await world.sync()
    expect(await linkOf(world)).toMatchObject({ state: 'broken', problem: 'revoked' })
  })

  it('a key that ends is renewed before it is used', async () => {
    clock.set('2027-01-15T07:42:00Z')
    const world = await linked(provider)
    await own(world, '2027-01-20T10:00')
    await world.sync()
    expect(oursThere(world)).toHaveLength(1)
    expect(await linkOf(world)).toMatchObject({ state: 'open', problem: null, shown: 1 })
  })

  it('is nobody else’s to read nor to close', async () => {
    clock.set('2026-10-15T07:42:00Z')
    const world = await linked(provider)
    const karim = await anActor(db, { service: dac, givenName: 'Karim', familyName: 'Belkacem' })
    expect((await call(gate, registry, calendarLinks, karim, {})).rows).toEqual([])
    await expect(call(gate, registry, closeCalendarLink, karim, { id: world.linkId })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('200 rounds of changes on both sides, with lost answers, replays and late arrivals: nothing doubled, no change lost', { timeout: 300_000 }, async () => {
    clock.set('2026-10-15T07:42:00Z')
    const world = await linked(provider)
    const random = dice(provider === 'google' ? 7 : 11)
    const { standIn, julie, linkId } = world
    const wall = (): string => `2026-10-${24 + random(7)}T${String(8 + random(10)).padStart(2, '0')}:${String(random(60)).padStart(2, '0')}`
    const span = (): { startsAt: string; endsAt: string } => {
      const start = Date.parse(`${wall()}:00Z`)
      return { startsAt: new Date(start).toISOString(), endsAt: new Date(start + 3_600_000).toISOString() }
    }
    const local = new Map<OccurrenceId, string>()
    /** Her changes there to ours that nobody settled: the hour, or null for a deletion. */
    const waiting = new Map<string, string | null>()
    const pick = <T>(list: readonly T[]): T | undefined => list[random(list.length)]
    const changeOursThere = (): void => {
      const event = pick(oursThere(world).filter(inSight))
      if (event === undefined) return
      const to = span()
      standIn.store.put(event.id, to)
      waiting.set(String(marked(event.mark)), to.startsAt)
    }
    const instantOf = async (id: string): Promise<string> => {
      const [row] = await look(sql<{ at: string }>`select starts_at as at from agenda.occurrence where id = ${id}`)
      return new Date(String(row?.at)).toISOString()
    }
    const settle = async (id: OccurrenceId, keep: 'jalon' | 'hide'): Promise<void> => {
      await call(gate, registry, settleCalendarDifference, julie, { linkId, occurrenceId: id, keep })
      waiting.delete(id)
    }
    const gestures: (() => Promise<void> | void)[] = [
      async () => {
        const id = random(2) === 0 ? await own(world, wall()) : await visit(world, wall())
        local.set(id, await instantOf(id))
      },
      async () => {
        const id = pick([...local.keys()])
        if (id === undefined) return
        await move(world, id, wall())
        local.set(id, await instantOf(id))
      },
      async () => {
        const id = local.size > 12 ? pick([...local.keys()]) : undefined
        if (id === undefined) return
        await call(gate, registry, cancelOccurrence, julie, { occurrenceId: id })
        local.delete(id)
        waiting.delete(id)
      },
      () => void standIn.store.put(null, { title: 'Chez elle', ...span(), free: random(6) === 0 }),
      () => {
        const event = pick(theirsThere(world))
        if (event !== undefined) standIn.store.put(event.id, span())
      },
      () => {
        const event = pick(theirsThere(world))
        if (event !== undefined) standIn.store.delete(event.id)
      },
      changeOursThere,
      async () => {
        const event = pick(oursThere(world).filter(inSight))
        if (event === undefined) return
        standIn.store.delete(event.id)
        waiting.set(String(marked(event.mark)), null)
      },
      async () => {
        const one = pick((await linkOf(world))?.differs ?? [])
        if (one === undefined) return
        // Only what the screen shows is settled: what she changed there since is another change.
        if (one.theirStartsAt !== null && waiting.get(one.occurrenceId) !== new Date(one.theirStartsAt).toISOString()) return
        if (one.theirStartsAt === null && waiting.get(one.occurrenceId) !== null) return
        if (one.theirStartsAt === null || random(2) === 0) await settle(one.occurrenceId, 'jalon')
        else {
          await settle(one.occurrenceId, 'jalon')
          await move(world, one.occurrenceId, wallParis(one.theirStartsAt))
          local.set(one.occurrenceId, await instantOf(one.occurrenceId))
        }
      },
      () => {
        if (random(12) === 0) standIn.store.forgetCursors()
      },
    ]
    const fates: readonly Fate[] = ['well', 'well', 'well', 'well', 'answer_lost', 'nothing', 'twice', 'late']
    const noDouble = (): void => {
      const marks = oursThere(world).map(({ mark }) => marked(mark))
      expect(marks.length, 'one of ours stands there once').toBe(new Set(marks).size)
    }
    for (let round = 1; round <= 200; round += 1) {
      for (let gesture = random(3); gesture >= 0; gesture -= 1) await pick(gestures)?.()
      standIn.fate(() => {
        if (random(40) === 0) changeOursThere()
        return pick(fates) as Fate
      })
      later(2 + random(20))
      await world.sync()
      noDouble()
      if (round % 10 !== 0) continue
      standIn.fate(() => 'well')
      for (let calm = 0; calm < 4; calm += 1) {
        later(70)
        await world.sync()
      }
      noDouble()
      const there = new Map(oursThere(world).map((event) => [String(marked(event.mark)), event.startsAt]))
      const differs = new Map(
        ((await linkOf(world))?.differs ?? []).map((one) => [
          one.occurrenceId as string,
          one.theirStartsAt === null ? null : new Date(one.theirStartsAt).toISOString(),
        ]),
      )
      for (const [id, at] of local) {
        expect(await instantOf(id), 'what was said here holds here').toBe(at)
        const change = waiting.get(id)
        if (change === undefined) expect([there.get(id), differs.has(id)], `round ${round}: ${id} stands there at our hour`).toEqual([at, false])
        else if (change === at) expect(there.get(id)).toBe(at)
        else expect([differs.get(id), there.get(id) ?? null], `round ${round}: her change of ${id} is shown`).toEqual([change, change])
      }
      expect(
        [...there.keys()].filter((id) => !local.has(id as OccurrenceId)),
        'nothing of ours is left behind',
      ).toEqual([])
      const came = await look(
        sql<{
          at: string
        }>`select o.starts_at as at from agenda.appointment a join agenda.occurrence o on o.appointment_id = a.id where a.organizer_id = ${julie.userId} and a.imported and o.state = 'booked' order by 1`,
      )
      const expected = theirsThere(world).flatMap(({ free, startsAt }) => (free ? [] : [startsAt]))
      expect(came.map(({ at }) => new Date(at).toISOString()).sort(), `round ${round}: theirs are here once`).toEqual(expected.sort())
    }
    expect(local.size).toBeGreaterThan(5)
  })
})

/** The clock of the installation, as the booking says it. */
function wallParis(instant: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' })
    .format(new Date(instant))
    .replace(' ', 'T')
}

/** The same numbers for the same seed: mulberry32. */
function dice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return sides === 0 ? 0 : ((mixed ^ (mixed >>> 14)) >>> 0) % sides
  }
}

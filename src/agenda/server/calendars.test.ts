import { createHash } from 'node:crypto'
import Fastify from 'fastify'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { endMember } from '../../care-team/contract/actions.ts'
import { careTeamValueSets } from '../../care-team/contract/value-sets.ts'
import { careTeamHandlers } from '../../care-team/server/handlers.ts'
import { collectNonOppositions, recordSilence } from '../../persons/contract/actions.ts'
import { personsValueSets } from '../../persons/contract/value-sets.ts'
import { personsHandlers } from '../../persons/server/handlers.ts'
import { aPerson } from '../../persons/testing/builders.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PartyId, type PersonId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call, testClock, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { loadValueSets } from '../../territory/server/reference.sql.ts'
import { anActor, aService, type BuiltService } from '../../territory/testing/builders.ts'
import { bookAppointment, cancelOccurrence, moveOccurrence } from '../contract/actions.ts'
import type { AppointmentId, ParticipantId } from '../contract/appointment.ts'
import { type FeedId, feeds, importCalendar, openFeed, revokeFeed } from '../contract/calendars.ts'
import { myAgenda, personAgenda, teamAgenda } from '../contract/queries.ts'
import { aCirclePro, agendaLists } from '../testing/builders.ts'
import { agendaHandlers } from './handlers.ts'
import { addAgendaFeeds } from './routes.ts'

const { db } = await testDatabase()
const gate = { ...testGate(db, testClock('2026-10-15T07:42:00Z')), timeZone: 'Europe/Paris' }
const registry = registryOf([...agendaHandlers, ...personsHandlers, ...careTeamHandlers])
const http = Fastify()
addAgendaFeeds(http, { gate, registry })

let dac: BuiltService
let julie: Actor
let karim: Actor
let personId: PersonId

beforeAll(async () => {
  await agendaLists(db)
  await asSystem(db, 'lists for a test', (tx) => loadValueSets(tx, [...personsValueSets, ...careTeamValueSets]))
  dac = await aService(db, { name: 'DAC Hautes-Vallées' })
  julie = await anActor(db, { service: dac })
  karim = await anActor(db, { service: dac, givenName: 'Karim', familyName: 'Belkacem' })
  personId = await aPerson(db, { dac: dac.id })
})

async function address(actor: Actor, detail: 'minimal' | 'kind' = 'minimal'): Promise<{ id: FeedId; url: string }> {
  const secret = createHash('sha256').update(newId()).digest('base64url')
  const id = newId<FeedId>()
  await call(gate, registry, openFeed, actor, { id, label: 'Téléphone', detail, secretHash: createHash('sha256').update(secret).digest('hex') })
  return { id, url: `/api/agenda/${secret}.ics` }
}
const read = async (url: string): Promise<string> => (await http.inject({ url })).body
const book = (actor: Actor, more: object = {}) =>
  call(gate, registry, bookAppointment, actor, {
    id: newId<AppointmentId>(),
    personId,
    kind: 'visit',
    title: 'Chez PERRIN, pansement',
    startsAt: '2026-10-20T10:00',
    minutes: 60,
    placeKind: 'home',
    words: 'Diabète',
    participants: [{ id: newId<ParticipantId>(), kind: 'colleague', partyId: actor.userId as unknown as PartyId }],
    ...more,
  })
const refusalOf = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  )
const importing = (actor: Actor, text: string) => call(gate, registry, importCalendar, actor, { text })

it('the address of an agenda gives hours and no name, no word, no place, whatever its detail', async () => {
  await book(julie)
  for (const detail of ['minimal', 'kind'] as const) {
    const text = await read((await address(julie, detail)).url)
    expect(text).toContain('DTSTART;VALUE=DATE-TIME;TZID=Europe/Paris:20261020T100000')
    expect(text).not.toMatch(/perrin|kempf|odile|pansement|diab/i)
    expect(text).toContain(detail === 'minimal' ? 'SUMMARY:RDV Jalon' : 'SUMMARY:visit')
  }
})

it('a closed, a wrong and an unknown address answer alike; so does that of a colleague who left', async () => {
  const { id, url } = await address(karim)
  expect((await http.inject({ url })).statusCode).toBe(200)
  expect((await call(gate, registry, feeds, karim, {})).rows.map(({ lastReadAt }) => lastReadAt !== null)).toEqual([true])
  await call(gate, registry, revokeFeed, karim, { id })
  const wrong = `/api/agenda/${'A'.repeat(43)}.ics`
  for (const asked of [url, wrong, '/api/agenda/x.ics']) expect(JSON.parse((await http.inject({ url: asked })).body)).toMatchObject({ code: 'not_found' })
  const gone = await anActor(db, { service: dac, givenName: 'Luc', familyName: 'Parti' })
  const left = await address(gone)
  await asSystem(db, 'leave in a test', (tx) => sql`update territory.membership set ends_on = '2026-10-01' where user_id = ${gone.userId}`.execute(tx))
  expect((await http.inject({ url: left.url })).body).toContain('not_found')
})

it('a moved time keeps its UID with a higher SEQUENCE, a cancelled one leaves the series; read ten times, nothing doubles', async () => {
  const reader = await anActor(db, { service: dac, givenName: 'Inès', familyName: 'Rémy' })
  const { url } = await address(reader)
  const { id } = await book(reader, { recurrence: { frequency: 'weekly', days: ['TU'], count: 4 } })
  const times = (await call(gate, registry, personAgenda, reader, { personId, from: '2026-10-20', to: '2026-11-30' })).rows.filter(
    ({ appointmentId }) => appointmentId === id,
  )
  await call(gate, registry, moveOccurrence, reader, { occurrenceId: times[1]?.id as never, baseVersion: 1, startsAt: '2026-10-28T15:00', minutes: 60 })
  await call(gate, registry, cancelOccurrence, reader, { occurrenceId: times[2]?.id as never })
  const texts = new Set<string>()
  for (let time = 0; time < 10; time++) texts.add(await read(url))
  expect(texts.size).toBe(1)
  const [text = ''] = texts
  expect(text.match(/UID:/g)).toHaveLength(2)
  expect(text).toContain(`UID:${id}@jalon`)
  expect(text).toMatch(/SEQUENCE:[2-9]/)
  expect(text).toContain('EXDATE;VALUE=DATE-TIME;TZID=Europe/Paris:20261103T100000')
  expect(text).toContain('RECURRENCE-ID;VALUE=DATE-TIME;TZID=Europe/Paris:20261027T100000')
  const { ours, added } = await importing(reader, text)
  expect([ours, added]).toEqual([2, 0])
  const first = await http.inject({ url })
  expect((await http.inject({ url, headers: { 'if-none-match': String(first.headers['etag']) } })).statusCode).toBe(304)
})

const outlook = (more = ''): string =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN\r\nBEGIN:VEVENT\r\nUID:course@outlook.test\r\nDTSTAMP:20261001T080000Z\r\nSEQUENCE:1\r\nDTSTART;TZID="Romance Standard Time":20261020T140000\r\nDTEND;TZID="Romance Standard Time":20261020T150000\r\nRRULE:FREQ=WEEKLY;BYDAY=TU\r\nSUMMARY:Cours d’anglais\r\nEND:VEVENT\r\n${more}END:VCALENDAR\r\n`
const moved = `BEGIN:VEVENT\r\nUID:course@outlook.test\r\nDTSTAMP:20261002T080000Z\r\nSEQUENCE:2\r\nRECURRENCE-ID;TZID=Europe/Paris:20261027T140000\r\nDTSTART;TZID=Europe/Paris:20261029T170000\r\nDURATION:PT1H\r\nSUMMARY:Cours d’anglais\r\nEND:VEVENT\r\n`

it('the same file brought in ten times makes one appointment; its moves and removals follow, for colleagues it is « occupé »', async () => {
  const reader = await anActor(db, { service: dac, givenName: 'Lucie', familyName: 'Morel' })
  const outcomes = []
  for (let time = 0; time < 10; time++) outcomes.push(await importing(reader, outlook()))
  expect(outcomes.map(({ added, same }) => [added, same])).toEqual([[1, 0], ...Array.from({ length: 9 }, () => [0, 1])])
  const week = async (from: string, to: string) => (await call(gate, registry, myAgenda, reader, { from, to })).rows
  expect((await week('2026-10-20', '2026-10-27')).map(({ title, imported }) => [title, imported])).toEqual([
    ['Cours d’anglais', true],
    ['Cours d’anglais', true],
  ])
  const team = await call(gate, registry, teamAgenda, karim, { from: '2026-10-20', to: '2026-10-20' })
  expect(JSON.stringify(team)).not.toContain('anglais')
  expect(team.busy.filter(({ partyId }) => partyId === reader.userId)).toHaveLength(1)
  expect(await importing(reader, outlook(moved))).toMatchObject({ added: 0, changed: 1 })
  expect((await week('2026-10-26', '2026-11-01')).map(({ startsAt }) => new Date(startsAt).toISOString())).toEqual(['2026-10-29T16:00:00.000Z'])
  expect(await importing(reader, outlook(moved))).toMatchObject({ same: 1 })
  const empty = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n'
  expect(await importing(reader, empty)).toMatchObject({ cancelled: 1 })
  expect((await week('2026-10-20', '2026-11-30')).filter(({ state }) => state !== 'cancelled')).toEqual([])
  const { url } = await address(reader)
  expect(await read(url)).not.toContain('course@outlook.test')
})

it('a file that is no calendar is refused, and changes nothing', async () => {
  await expect(importing(julie, 'Bonjour')).rejects.toMatchObject({ code: 'input_invalid' })
})

it('a calendar made of endless series is refused before it weighs on the others; what is long over is left aside', async () => {
  const reader = await anActor(db, { service: dac, givenName: 'Paul', familyName: 'Mangin' })
  const event = (uid: string, day: string, rule = ''): string =>
    `BEGIN:VEVENT\r\nUID:${uid}@outlook.test\r\nDTSTAMP:20261001T080000Z\r\nDTSTART:${day}T080000Z\r\nDTEND:${day}T090000Z\r\n${rule}SUMMARY:x\r\nEND:VEVENT\r\n`
  const calendar = (events: readonly string[]): string => `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n${events.join('')}END:VCALENDAR\r\n`
  const endless = Array.from({ length: 60 }, (_, at) => event(`s${at}`, '20261001', 'RRULE:FREQ=DAILY;COUNT=730\r\n'))
  expect(await refusalOf(importing(reader, calendar(endless)))).toBe('agenda.calendar_too_large')
  expect((await call(gate, registry, feeds, reader, {})).rows).toEqual([])
  const old = Array.from({ length: 3000 }, (_, at) => event(`o${at}`, '20190301'))
  const done = await importing(reader, calendar([...old, event('ended', '20180101', 'RRULE:FREQ=WEEKLY;UNTIL=20181231T000000Z\r\n'), event('new', '20261105')]))
  expect([done.added, done.past]).toEqual([1, 3001])
})

describe('a nurse of the circle who sees the person no more keeps her hours, and neither her page nor her calendar says what for', () => {
  const oppose = (number: 1 | 2) => (of: PersonId) =>
    call(gate, registry, collectNonOppositions, julie, {
      id: newId(),
      personId: of,
      answers: [{ number, state: 'opposition' }],
      collectedOn: '2026-10-15',
      mode: 'oral_present',
    })
  it.each<readonly [string, (of: PersonId, nurse: Actor) => Promise<unknown>]>([
    ['an opposition to being accompanied', oppose(1)],
    ['an opposition to what is kept of her', oppose(2)],
    [
      'a word that nothing is shared with this nurse',
      (of, nurse) =>
        call(gate, registry, recordSilence, julie, {
          id: newId(),
          personId: of,
          kind: 'no_sharing',
          towards: 'Sonia Claudel',
          partyId: nurse.professionalId,
          since: '2026-10-15',
        }),
    ],
    [
      'the end of her part in the circle',
      async (of, nurse) => {
        const [row] = await asSystem(
          db,
          'look in a test',
          async (tx) =>
            (await sql<{ id: string }>`select id from care_team.member where person_id = ${of} and party_id = ${nurse.professionalId}`.execute(tx)).rows,
        )
        await call(gate, registry, endMember, julie, { id: row?.id as never, personId: of, reason: 'replaced' })
      },
    ],
  ])('after %s', async (_what, end) => {
    const professionalId = newId<PartyId>()
    const nurse = await anActor(db, {
      service: await aService(db, { name: 'Cabinet infirmier', kind: 'practice' }),
      givenName: 'Sonia',
      familyName: 'Claudel',
      functions: ['outside_professional'],
      category: 'health',
      professionalId,
    })
    const of = await aPerson(db, { dac: dac.id })
    await aCirclePro(db, { personId: of, dac: dac.id, partyId: professionalId, name: 'Sonia Claudel', volets: ['administrative', 'social', 'health'] })
    await book(nurse, { personId: of, participants: [{ id: newId<ParticipantId>(), kind: 'circle', partyId: professionalId }] })
    const { url } = await address(nurse, 'kind')
    const week = () => call(gate, registry, myAgenda, nurse, { from: '2026-10-19', to: '2026-10-25' })
    expect((await week()).rows.map(({ title }) => title)).toEqual(['Chez PERRIN, pansement'])
    expect(await read(url)).toContain('SUMMARY:visit')
    await end(of, nurse)
    const after = await week()
    expect([after.rows, after.waiting, after.busy.map(({ startsAt }) => startsAt.slice(0, 16))]).toEqual([[], [], ['2026-10-20T08:00']])
    expect(await read(url)).toContain('SUMMARY:RDV Jalon')
    expect(await read(url)).toContain('20261020T100000')
    expect(await read(url)).not.toMatch(/visit/)
  })
})

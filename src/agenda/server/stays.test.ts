import { sql } from 'kysely'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { anEpisode, episodeLists } from '../../episodes/testing/builders.ts'
import { markSensitiveStructure } from '../../persons/contract/access-actions.ts'
import { recordSilence } from '../../persons/contract/actions.ts'
import { personTimeline } from '../../persons/contract/queries.ts'
import { personsHandlers } from '../../persons/server/handlers.ts'
import { aPerson } from '../../persons/testing/builders.ts'
import type { RawInputOf } from '../../platform/contract/action.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PartyId, type PersonId } from '../../platform/contract/ids.ts'
import { asJob } from '../../platform/server/as-job.ts'
import { asSystem } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call, testClock, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { anActor, aService, type BuiltService } from '../../territory/testing/builders.ts'
import { bookAppointment } from '../contract/actions.ts'
import type { AppointmentId, ParticipantId } from '../contract/appointment.ts'
import { agendaDay, myAgenda, personAgenda, teamAgenda } from '../contract/queries.ts'
import { cancelStay, editStay, noteExit, personStays, recordStay, type StayId, settleStay } from '../contract/stay.ts'
import { aCirclePro, agendaLists } from '../testing/builders.ts'
import { placeToldStay } from './api.ts'
import { appointmentsAfterDeath } from './events.ts'
import { agendaHandlers } from './handlers.ts'
import type { ToldStay } from './stay.sql.ts'

const { db } = await testDatabase()
// Thursday 15 October 2026, 9 h 42 in Paris.
const clock = testClock('2026-10-15T07:42:00Z')
const gate = { ...testGate(db, clock), timeZone: 'Europe/Paris' }
const registry = registryOf([...personsHandlers, ...agendaHandlers])

let dac: BuiltService
let julie: Actor
let desk: Actor
let nurse: Actor
let social: Actor
let stranger: Actor
let personId: PersonId

beforeAll(async () => {
  await agendaLists(db)
  await episodeLists(db)
  dac = await aService(db, { name: 'DAC Hautes-Vallées' })
  julie = await anActor(db, { service: dac })
  desk = await anActor(db, { service: dac, givenName: 'Nadia', familyName: 'Ferry', functions: ['front_desk'] })
  stranger = await anActor(db, { service: await aService(db, { name: 'DAC Meurthe et Mortagne' }), givenName: 'Luc', familyName: 'Simon' })
  const outside = (familyName: string, category: 'health' | 'social', service: BuiltService) =>
    anActor(db, { service, givenName: 'Sonia', familyName, functions: ['outside_professional'], category, professionalId: newId<PartyId>() })
  nurse = await outside('Claudel', 'health', await aService(db, { name: 'Cabinet infirmier', kind: 'practice' }))
  social = await outside('Aubry', 'social', await aService(db, { name: 'CCAS', kind: 'ccas' }))
})
beforeEach(async () => {
  clock.set('2026-10-15T07:42:00Z')
  const id = newId()
  personId = await aPerson(db, { dac: dac.id, episodeId: id })
  await anEpisode(db, { id: id as never, personId, dac: dac.id, referentId: julie.userId })
  for (const [who, volets] of [
    [nurse, ['administrative', 'social', 'health']],
    [social, ['administrative', 'social']],
  ] as const)
    await aCirclePro(db, { personId, dac: dac.id, partyId: who.professionalId as string, name: who.displayName, volets })
})

const october = { from: '2026-10-01', to: '2026-11-10' }
const record = (actor: Actor, more: Partial<RawInputOf<typeof recordStay>> = {}) =>
  call(gate, registry, recordStay, actor, {
    id: newId<StayId>(),
    personId,
    establishmentName: 'CH de Remiremont',
    startsOn: '2026-10-20',
    expectedOn: '2026-10-24',
    ...more,
  })
const bands = async (actor: Actor, span = october) => (await call(gate, registry, personAgenda, actor, { personId, ...span })).stays
const told = async (more: Partial<ToldStay> = {}): Promise<string> => {
  const id = more.id ?? newId()
  await asJob(db, 'a stay told in a test', { now: clock(), timeZone: 'Europe/Paris' }, (context) =>
    placeToldStay(context, {
      id,
      personId,
      holderOrg: dac.id,
      establishmentName: 'Centre hospitalier de Remiremont',
      kind: 'inpatient',
      startsOn: '2026-10-19',
      admittedAt: '2026-10-19T12:00:00Z',
      expectedOn: null,
      endedOn: null,
      dischargedAt: null,
      cancelledBecause: null,
      ...more,
    }),
  )
  return id
}
const visit = (on: string, more: Partial<RawInputOf<typeof bookAppointment>> = {}) =>
  call(gate, registry, bookAppointment, julie, {
    id: newId<AppointmentId>(),
    personId,
    kind: 'visit',
    startsAt: `${on}T10:00`,
    minutes: 60,
    placeKind: 'home',
    participants: [{ id: newId<ParticipantId>(), kind: 'colleague', partyId: julie.userId as unknown as PartyId }],
    ...more,
  })
const refusalOf = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(() => 'ok').catch((error: { code?: string }) => error.code ?? String(error))
const look = <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> => asSystem(db, 'look in a test', async (tx) => (await query.execute(tx)).rows)

describe('an entry in hospital that the team is told by telephone', () => {
  it('stands in the agenda of the person, of her référent and of the team, with its establishment, its days and its reason', async () => {
    await record(julie, { reason: 'Prothèse de hanche.' })
    expect(await bands(julie)).toMatchObject([
      {
        toldBy: 'hand',
        establishmentName: 'CH de Remiremont',
        startsOn: '2026-10-20',
        until: '2026-10-24',
        reason: 'Prothèse de hanche.',
        recordedByName: 'Julie Marchal',
      },
    ])
    const ofHer = (rows: readonly { person: { personId: string } }[]) => rows.filter(({ person }) => person.personId === personId)
    expect(ofHer((await call(gate, registry, myAgenda, julie, october)).stays)).toHaveLength(1)
    expect(ofHer((await call(gate, registry, teamAgenda, julie, october)).stays)).toHaveLength(1)
    expect(await look(sql<{ title: string }>`select title from persons.timeline_item where person_id = ${personId} and kind = 'hospital'`)).toEqual([
      { title: 'Hospitalisation prévue' },
    ])
  })
  it('is read by those who read her health volet, and by nobody else', async () => {
    await record(julie)
    expect(await bands(nurse)).toHaveLength(1)
    for (const who of [desk, social]) expect(await bands(who)).toEqual([])
    expect((await call(gate, registry, teamAgenda, desk, october)).stays).toEqual([])
    expect(await refusalOf(bands(stranger))).toBe('not_found')
  })
  it('is noted by the DAC and the circle, in a volet that is open to them', async () => {
    expect(await refusalOf(record(nurse))).toBe('ok')
    for (const who of [desk, social]) expect(await refusalOf(record(who))).toBe('forbidden')
    expect(await refusalOf(record(stranger))).toBe('not_found')
  })
  it('open-ended, it goes on until somebody notes that she is out, which is never a day to come', async () => {
    const { id } = await record(julie, { startsOn: '2026-10-10', expectedOn: null })
    expect(await bands(julie, { from: '2026-11-01', to: '2026-11-10' })).toMatchObject([{ until: null }])
    expect(await refusalOf(call(gate, registry, editStay, julie, { id, baseVersion: 1, changes: { endedOn: '2026-10-16' } }))).toBe('agenda.stay_not_over')
    expect(await refusalOf(call(gate, registry, editStay, julie, { id, baseVersion: 1, changes: { endedOn: '2026-10-09' } }))).toBe('agenda.stay_backwards')
    await call(gate, registry, editStay, julie, { id, baseVersion: 1, changes: { endedOn: '2026-10-14' } })
    expect(await bands(julie, { from: '2026-10-15', to: '2026-11-10' })).toEqual([])
    expect(await bands(julie)).toMatchObject([{ until: '2026-10-14' }])
  })
  it('refuses an exit before the entry, a year mistyped, and an appointment in its place', async () => {
    expect(await refusalOf(record(julie, { expectedOn: '2026-10-19' }))).toBe('input_invalid')
    expect(await refusalOf(record(julie, { startsOn: '0202-10-20', expectedOn: null }))).toMatch(/input_invalid|agenda.year_unlikely/)
    expect(await refusalOf(visit('2026-10-20', { kind: 'hospital', placeKind: 'other' }))).toBe('agenda.hospital_is_a_stay')
  })
  it('without an exit known lets the one be noted that was planned there weeks later, whichever came first', async () => {
    const planned = { startsOn: '2026-11-05', expectedOn: '2026-11-08' }
    const { id } = await record(julie, planned)
    const { id: urgent } = await record(julie, { startsOn: '2026-10-14', expectedOn: null })
    expect((await bands(julie)).map((one) => one.id)).toEqual([urgent, id])
    await call(gate, registry, cancelStay, julie, { id })
    const { id: again } = await record(julie, planned)
    expect((await bands(julie)).map((one) => one.id)).toEqual([urgent, again])
    expect(await refusalOf(record(julie, { startsOn: '2026-10-15', expectedOn: null }))).toBe('agenda.stay_there_already')
  })
  it('written by two at once, it stands once: the second is shown that it is there', async () => {
    const results = await Promise.all([refusalOf(record(julie)), refusalOf(record(nurse, { establishmentName: 'Centre Hospitalier de Remiremont' }))])
    expect(results.toSorted()).toEqual(['agenda.stay_there_already', 'ok'])
    expect(await bands(julie)).toHaveLength(1)
    // Elsewhere, or later, it is another one.
    expect(await refusalOf(record(julie, { establishmentName: 'Clinique des Trois Épis' }))).toBe('ok')
    expect(await refusalOf(record(julie, { startsOn: '2026-11-02', expectedOn: null }))).toBe('ok')
  })
  it('two who correct it at once are shown both dates', async () => {
    const { id } = await record(julie)
    const edit = (expectedOn: string) => call(gate, registry, editStay, julie, { id, baseVersion: 1, changes: { expectedOn } })
    await edit('2026-10-26')
    expect(await refusalOf(edit('2026-10-28'))).toBe('stale_version')
    expect(await bands(julie)).toMatchObject([{ until: '2026-10-26', version: 2 }])
  })
  it('is changed by the DAC and by the service that wrote it; cancelled, it leaves the calendars and stays said in the Fil', async () => {
    const { id } = await record(julie)
    expect(await refusalOf(call(gate, registry, cancelStay, nurse, { id }))).toBe('forbidden')
    expect(await refusalOf(call(gate, registry, cancelStay, social, { id }))).toBe('not_found')
    await call(gate, registry, cancelStay, julie, { id, reason: 'Reportée par le service' })
    expect(await bands(julie)).toEqual([])
    expect(await refusalOf(call(gate, registry, editStay, julie, { id, baseVersion: 2, changes: { reason: 'x' } }))).toBe('agenda.stay_cancelled')
  })
})

it('around somebody in danger, where she is sheltered is said to the DAC alone, in the agenda as in the Fil, whether the place was marked before or after', async () => {
  const regional = await anActor(db, {
    service: await aService(db, { name: 'GRADeS', kind: 'grades' }),
    functions: ['regional_admin'],
    category: 'administrative',
  })
  const mark = (partyId: string) =>
    call(gate, registry, markSensitiveStructure, regional, { partyId: partyId as PartyId, sensitive: true, reason: 'Hébergement protégé' })
  const aPlace = async (label: string): Promise<PartyId> => {
    const partyId = newId<PartyId>()
    await look(sql`insert into directory.entry (party_id, kind, facet, label, detail, sort_key, words, category)
      values (${partyId}, 'structure', 'hospital', ${label}, '', ${label}, ''::tsvector, 'health')`)
    return partyId
  }
  const stayAt = (establishmentId: PartyId, establishmentName: string) =>
    record(julie, { establishmentId, establishmentName, startsOn: '2026-10-12', expectedOn: null })
  const readBy = async (actor: Actor) => ({
    agenda: (await bands(actor)).map(({ establishmentName }) => establishmentName).toSorted(),
    fil: (await call(gate, registry, personTimeline, actor, { personId })).rows
      .flatMap(({ kind, summary }) => (kind === 'hospital' ? [summary?.split('\u00a0:')[0]] : []))
      .toSorted(),
  })
  const both = ['Foyer L’Éclaircie', 'Unité Mathilde']
  const [shelter, unit] = [await aPlace('Foyer L’Éclaircie'), await aPlace('Unité Mathilde')]
  await mark(shelter)
  await call(gate, registry, recordSilence, julie, {
    id: newId(),
    personId,
    kind: 'at_risk',
    towards: 'Marc Perrin',
    partyId: null,
    since: '2026-10-15',
  } as never)
  const { id } = await stayAt(shelter, 'Foyer L’Éclaircie')
  await stayAt(unit, 'Unité Mathilde')
  expect(await readBy(julie)).toEqual({ agenda: both, fil: both })
  expect(
    (await bands(julie)).map(({ establishmentName, namedOpenly }) => [establishmentName, namedOpenly]).toSorted(),
    'what is printed names no shelter',
  ).toEqual([
    ['Foyer L’Éclaircie', false],
    ['Unité Mathilde', true],
  ])
  expect(await readBy(nurse)).toEqual({ agenda: ['Unité Mathilde'], fil: ['Unité Mathilde'] })
  await call(gate, registry, editStay, julie, { id, baseVersion: 1, changes: { endedOn: '2026-10-14' } })
  await call(gate, registry, cancelStay, julie, { id })
  expect((await readBy(nurse)).fil).toEqual(['Unité Mathilde'])
  expect(await look(sql`select protection from platform.field_history where record_id = ${id}`)).toEqual([{ protection: 'org_private' }])
  await mark(unit)
  await look(sql`select care_team.withdraw_sensitive_names(null)`)
  expect(await readBy(nurse)).toEqual({ agenda: [], fil: [] })
  expect((await readBy(julie)).fil).toContain('Unité Mathilde')
})

it('a death takes back the stay that was planned after it and ends the one under way, and gives both back when it was recorded by mistake', async () => {
  const left = (await told({ establishmentName: 'Hôpital de Vittel', startsOn: '2026-10-12' })) as StayId
  await call(gate, registry, noteExit, julie, { id: left, baseVersion: 1, leftOn: '2026-10-13' })
  await told({ establishmentName: 'Centre hospitalier d’Épinal', startsOn: '2026-10-13' })
  await record(julie)
  await record(julie, { establishmentName: 'Clinique des Trois Épis', startsOn: '2026-10-14', expectedOn: null })
  const tell = (type: string) =>
    asSystem(db, 'the feed tells in a test', async (tx) => {
      await sql`select set_config('jalon.clock', '2026-10-15T08:00:00Z', true), set_config('jalon.time_zone', 'Europe/Paris', true)`.execute(tx)
      await appointmentsAfterDeath.react(tx, {
        seq: 7,
        type,
        personId,
        volet: 'administrative',
        audience: [],
        payload: {},
        actorId: null,
        at: '2026-10-15T08:00:00Z',
      })
    })
  await tell('persons.person.died')
  const days = async () => (await bands(julie)).map(({ establishmentName, until, left }) => [establishmentName, until, left?.byName])
  expect(await days()).toEqual([
    ['Hôpital de Vittel', '2026-10-13', 'Julie Marchal'],
    ['Centre hospitalier d’Épinal', '2026-10-15', null],
    ['Clinique des Trois Épis', '2026-10-15', null],
  ])
  await tell('persons.person.deathWithdrawn')
  expect(await days()).toEqual([
    ['Hôpital de Vittel', '2026-10-13', 'Julie Marchal'],
    ['Centre hospitalier d’Épinal', null, undefined],
    ['Clinique des Trois Épis', null, undefined],
    ['CH de Remiremont', '2026-10-24', undefined],
  ])
})

describe('a stay that an establishment tells', () => {
  it('stands from its entry to its exit, is changed by nobody here, and told again changes nothing', async () => {
    const id = await told()
    expect(await bands(julie)).toMatchObject([{ id, toldBy: 'hospital', startsOn: '2026-10-19', until: null }])
    const [before] = await look(
      sql<{ n: number }>`select count(*)::int as n from platform.event where type = 'agenda.stay.changed' and person_id = ${personId}`,
    )
    await told({ id })
    expect(
      await look(sql<{ n: number }>`select count(*)::int as n from platform.event where type = 'agenda.stay.changed' and person_id = ${personId}`),
    ).toEqual([before])
    await told({ id, endedOn: '2026-10-22', dischargedAt: '2026-10-22T09:00:00Z' })
    expect(await bands(julie)).toMatchObject([{ until: '2026-10-22' }])
    expect(await refusalOf(call(gate, registry, editStay, julie, { id: id as StayId, baseVersion: 2, changes: { endedOn: '2026-10-12' } }))).toBe('forbidden')
    expect(await refusalOf(call(gate, registry, cancelStay, julie, { id: id as StayId }))).toBe('forbidden')
  })
  it('its exit, which the establishment never tells, is noted by the team, taken back, and gives way to what it tells later', async () => {
    const id = (await told({ startsOn: '2026-10-08' })) as StayId
    const note = (actor: Actor, baseVersion: number, leftOn: string | null) => refusalOf(call(gate, registry, noteExit, actor, { id, baseVersion, leftOn }))
    expect(await note(julie, 1, '2026-10-07')).toBe('agenda.stay_backwards')
    expect(await note(julie, 1, '2026-10-16')).toBe('agenda.exit_to_come')
    for (const who of [desk, social, stranger]) expect(await note(who, 1, '2026-10-12')).toBe('not_found')
    expect(await note(nurse, 1, '2026-10-12')).toBe('ok')
    // Somebody who had not seen it is shown both days.
    expect(await note(julie, 1, '2026-10-13')).toBe('stale_version')
    expect(await bands(julie)).toMatchObject([
      { until: '2026-10-12', outOn: '2026-10-12', endedOn: null, left: { on: '2026-10-12', byName: 'Sonia Claudel', overtakenAt: null } },
    ])
    expect(await bands(julie, { from: '2026-10-13', to: '2026-11-10' })).toEqual([])
    expect(await note(julie, 2, null)).toBe('ok')
    expect(await bands(julie)).toMatchObject([{ until: null, outOn: null, left: null }])
    expect(await note(julie, 3, '2026-10-12')).toBe('ok')
    // It tells that she is there still: she is, and the note can be written again.
    await told({ id, startsOn: '2026-10-08', expectedOn: '2026-10-20' })
    expect(await bands(julie)).toMatchObject([{ until: '2026-10-20', outOn: null, left: { on: '2026-10-12' } }])
    expect((await bands(julie))[0]?.left?.overtakenAt).not.toBeNull()
    expect(await note(julie, 5, '2026-10-12')).toBe('ok')
    await told({ id, startsOn: '2026-10-08', expectedOn: '2026-10-20', endedOn: '2026-10-14', dischargedAt: '2026-10-14T09:00:00Z' })
    expect(await bands(julie)).toMatchObject([{ until: '2026-10-14', outOn: '2026-10-14', left: { on: '2026-10-12' } }])
    expect(await note(julie, 7, '2026-10-13')).toBe('agenda.exit_told')
    expect(
      (await look(sql<{ title: string }>`select title from persons.timeline_item where person_id = ${personId} and source = 'agenda.stay' order by at, id`))
        .map(({ title }) => title)
        .toSorted(),
    ).toEqual(['Sortie d’hôpital', 'Sortie d’hôpital', 'Sortie d’hôpital', 'Sortie d’hôpital retirée'])
  })
  it('what the team plans there after an exit that it noted is another stay', async () => {
    const id = (await told({ startsOn: '2026-10-08' })) as StayId
    await call(gate, registry, noteExit, julie, { id, baseVersion: 1, leftOn: '2026-10-12' })
    await record(julie, { startsOn: '2026-10-18' })
    expect((await bands(julie)).map(({ startsOn, until }) => [startsOn, until])).toEqual([
      ['2026-10-08', '2026-10-12'],
      ['2026-10-18', '2026-10-24'],
    ])
  })
  it('an exit that was foreseen and did not come is today, until the establishment says more', async () => {
    await told({ startsOn: '2026-10-08', expectedOn: '2026-10-12' })
    expect(await bands(julie)).toMatchObject([{ expectedOn: '2026-10-12', until: '2026-10-15' }])
  })
  it('and that the team had noted is one band, with what the team knew; its entry cancelled, what the team knew is back', async () => {
    const { id: written } = await record(julie, { reason: 'Prothèse de hanche.' })
    const id = await told()
    expect(await bands(julie)).toMatchObject([{ id, behind: [{ id: written, reason: 'Prothèse de hanche.', recordedByName: 'Julie Marchal' }] }])
    await told({ id, cancelledBecause: 'Entrée annulée par l’établissement' })
    expect(await bands(julie)).toMatchObject([{ id: written, toldBy: 'hand' }])
    await told({ id })
    expect(await bands(julie)).toMatchObject([{ id }])
  })
  it('without an exit yet hides nothing that is planned there later, and lets it be noted', async () => {
    const id = await told({ startsOn: '2026-10-13' })
    expect(await refusalOf(record(julie, { startsOn: '2026-10-20' }))).toBe('agenda.stay_there_already')
    const { id: planned } = await record(julie, { startsOn: '2026-11-05', expectedOn: '2026-11-08' })
    expect((await bands(julie)).map((one) => one.id)).toEqual([id, planned])
    await told({ id, startsOn: '2026-10-13', endedOn: '2026-11-06', dischargedAt: '2026-11-06T09:00:00Z' })
    expect(await bands(julie)).toMatchObject([{ id, behind: [{ id: planned }] }])
  })
  it('elsewhere, or at other days, is another one, until somebody says that it is the same; and the contrary', async () => {
    const { id: written } = await record(julie, { establishmentName: 'Clinique des Trois Épis' })
    const id = (await told()) as StayId
    expect((await bands(julie)).map(({ beside }) => beside.length)).toEqual([1, 1])
    await call(gate, registry, settleStay, julie, { id: written, toldId: id, same: true })
    expect(await bands(julie)).toMatchObject([{ id, behind: [{ id: written }] }])
    await call(gate, registry, settleStay, julie, { id: written, toldId: id, same: false })
    expect((await bands(julie)).map((one) => [one.id, one.beside.length])).toEqual([
      [id, 0],
      [written, 0],
    ])
    expect(await refusalOf(call(gate, registry, settleStay, julie, { id: written, toldId: newId<StayId>(), same: true }))).toBe('not_found')
    expect(await refusalOf(call(gate, registry, settleStay, nurse, { id: written, toldId: id, same: true }))).toBe('forbidden')
  })
  it('that ended before the one that is planned hides nothing', async () => {
    const { id: written } = await record(julie)
    const id = await told({ kind: 'emergency', startsOn: '2026-10-14', endedOn: '2026-10-14' })
    expect((await bands(julie)).map((one) => one.id)).toEqual([id, written])
  })
})

describe('a visit on a day when she is in hospital', () => {
  const hint = async (actor: Actor, on: string) => (await call(gate, registry, personAgenda, actor, { personId, from: on, to: on })).rows[0]?.inHospital ?? null
  it('says so, whichever came first, and says no more once the stay is gone', async () => {
    await visit('2026-10-21')
    expect(await hint(julie, '2026-10-21')).toBeNull()
    const id = await told({ expectedOn: '2026-10-23' })
    expect(await hint(julie, '2026-10-21')).toEqual({
      establishmentName: 'Centre hospitalier de Remiremont',
      startsOn: '2026-10-19',
      until: '2026-10-23',
      leavesThatDay: false,
    })
    await visit('2026-10-23')
    expect(await hint(julie, '2026-10-23')).toMatchObject({ leavesThatDay: true })
    await visit('2026-10-24')
    expect(await hint(julie, '2026-10-24')).toBeNull()
    await told({ id, cancelledBecause: 'Ce n’était pas elle' })
    expect(await hint(julie, '2026-10-21')).toBeNull()
  })
  it('says it to nobody who does not read the health volet, in no calendar', async () => {
    await visit('2026-10-15')
    await told({ startsOn: '2026-10-13' })
    expect(await hint(julie, '2026-10-15')).not.toBeNull()
    for (const who of [desk, social]) expect(await hint(who, '2026-10-15')).toBeNull()
    const hers = (rows: readonly { person: { personId: string } | null; inHospital: unknown }[]) => rows.filter(({ person }) => person?.personId === personId)
    expect(hers((await call(gate, registry, agendaDay, julie, {})).rows).map(({ inHospital }) => inHospital !== null)).toEqual([true])
    expect(hers((await call(gate, registry, teamAgenda, desk, { from: '2026-10-15', to: '2026-10-15' })).rows).map(({ inHospital }) => inHospital)).toEqual([
      null,
    ])
  })
  it('a consultation at the hospital itself says nothing; whoever books reads the stays to come', async () => {
    await told()
    await visit('2026-10-21', { kind: 'consultation', placeKind: 'other', volet: 'health' })
    expect(await hint(julie, '2026-10-21')).toBeNull()
    expect((await call(gate, registry, personStays, julie, { personId, from: '2026-10-15' })).rows).toHaveLength(1)
    expect((await call(gate, registry, personStays, desk, { personId, from: '2026-10-15' })).rows).toEqual([])
  })
})

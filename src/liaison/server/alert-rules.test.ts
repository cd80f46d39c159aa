import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { EpisodeId } from '../../episodes/contract/episode.ts'
import { episodesHandlers } from '../../episodes/server/handlers.ts'
import { anEpisode, episodeLists } from '../../episodes/testing/builders.ts'
import { aPerson, aSight } from '../../persons/testing/builders.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PersonId, type UserId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call, testClock, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { anActor, aService, type BuiltService } from '../../territory/testing/builders.ts'
import {
  addNoteFile,
  markAllRead,
  muteAlertRule,
  openItem,
  setOpeningHours,
  settleAlert,
  takeAlert,
  unmuteAlertRule,
  writeAlertRule,
  writeNote,
} from '../contract/actions.ts'
import type { AlertRuleId } from '../contract/alert-rule.ts'
import type { AlertId, AlertMuteId, NoteFileId, NoteId } from '../contract/note.ts'
import {
  alertRulePreview,
  alertRules,
  alertRuleVersions,
  askedOpinions,
  dayNews,
  fileNews,
  noteFile,
  noteThread,
  personFiles,
  teamAlerts,
} from '../contract/queries.ts'
import { climbAlerts } from './climb.ts'
import { liaisonHandlers } from './handlers.ts'
import { alertOnSilence } from './silence.ts'

const { db } = await testDatabase()
// Thursday 15 October 2026, 9 h 42 in Paris.
const thursday = '2026-10-15T07:42:00Z'
const clock = testClock(thursday)
const gate = testGate(db, clock)
const registry = registryOf([...episodesHandlers, ...liaisonHandlers])
const timeZone = gate.timeZone
const fallRule = '01930000-0000-7000-8000-000000000002' as AlertRuleId

let dac: BuiltService
let julie: Actor
let karim: Actor
let lead: Actor
let doctor: Actor
let admin: Actor

beforeAll(async () => {
  await episodeLists(db)
  dac = await aService(db, { name: 'DAC Hautes-Vallées' })
  julie = await anActor(db, { service: dac })
  karim = await anActor(db, { service: dac, givenName: 'Karim', familyName: 'Belkacem' })
  lead = await anActor(db, { service: dac, givenName: 'Claire', familyName: 'Aubert', functions: ['team_lead'] })
  doctor = await anActor(db, {
    givenName: 'Anne-Laure',
    familyName: 'Fritsch',
    category: 'health',
    functions: ['outside_professional'],
    professionalId: newId(),
    service: await aService(db, { kind: 'practice', name: 'Cabinet Fritsch' }),
  })
  admin = await anActor(db, {
    givenName: 'Paul',
    familyName: 'Ménard',
    functions: ['regional_admin'],
    service: await aService(db, { kind: 'grades', name: 'GRADeS' }),
  })
})

const seen = <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> => asSystem(db, 'look in a test', async (tx) => (await query.execute(tx)).rows)

async function aFollowedPerson(binomeId: UserId | null = karim.userId): Promise<{ personId: PersonId; episodeId: EpisodeId }> {
  const episodeId = newId<EpisodeId>()
  const personId = await aPerson(db, { dac: dac.id, episodeId })
  await anEpisode(db, { id: episodeId, personId, dac: dac.id, referentId: julie.userId, binomeId })
  await aSight(db, personId, String(doctor.professionalId), { basis: 'care_team' })
  return { personId, episodeId }
}

const wish = (personId: PersonId, more: object = {}) => ({
  id: newId<NoteId>(),
  personId,
  type: 'observation' as const,
  body: 'Elle va mieux ce matin.',
  volet: 'health' as const,
  ...more,
})
const openAlerts = async (actor: Actor, personId: PersonId) =>
  (await call(gate, registry, dayNews, actor, {})).alerts.filter((alert) => alert.personId === personId)
const away = (userId: UserId, substituteId: UserId | null = null): Promise<unknown[]> =>
  seen(sql`insert into territory.absence (id, user_id, service_id, starts_at, ends_at, substitute_id, recorded_by, recorded_at)
    values (${newId()}, ${userId}, ${dac.id}, '2026-10-15T00:00:00Z', '2026-10-20T00:00:00Z', ${substituteId}, ${userId}, '2026-10-14T00:00:00Z')`)
const back = (): Promise<unknown[]> => seen(sql`delete from territory.absence where service_id = ${dac.id}`)

describe('a rule', () => {
  it('raises one alert from what a note tells, without anybody asking; the note is its author’s words', async () => {
    const { personId } = await aFollowedPerson()
    await call(gate, registry, writeNote, doctor, wish(personId, { event: 'fall', body: 'Chute hier soir. Relevée seule, pas de plaie.' }))
    expect(await openAlerts(julie, personId)).toMatchObject([
      { title: 'Chute hier soir', event: 'fall', rule: { id: fallRule, title: 'Chute' }, routedBecause: 'referent', raisedByName: 'Anne-Laure Fritsch' },
    ])
    await call(gate, registry, writeNote, doctor, wish(personId))
    expect(await openAlerts(julie, personId)).toHaveLength(1)
  })

  it('gives one alert to a note that sets several rules off and asks for an answer', async () => {
    const { personId } = await aFollowedPerson()
    await call(gate, registry, writeNote, doctor, wish(personId, { event: 'care_refusal', urgent: true, body: 'Elle refuse la toilette.' }))
    expect(await openAlerts(julie, personId)).toMatchObject([{ title: 'Réponse rapide demandée', event: 'care_refusal' }])
  })

  it('is written by those who lead the team, read by the team; every version stays, and two who change it at once do not overwrite each other', async () => {
    const id = newId<AlertRuleId>()
    const rule = { id, baseVersion: 0, title: 'Fugue', when: { trigger: 'note' as const, words: ['fugue', 'introuvable'] }, escalateAfter: 60, active: true }
    await expect(call(gate, registry, writeAlertRule, julie, rule)).rejects.toMatchObject({
      details: { reason: 'Les règles d’un DAC sont écrites par ses responsables d’équipe.' },
    })
    await expect(call(gate, registry, writeAlertRule, lead, { ...rule, ofRegion: true })).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(call(gate, registry, writeAlertRule, lead, { ...rule, when: { trigger: 'note' } })).rejects.toMatchObject({ code: 'input_invalid' })
    expect(await call(gate, registry, writeAlertRule, lead, rule)).toEqual({ id, version: 1 })
    const change = { ...rule, baseVersion: 1, title: 'Fugue ou disparition' }
    const both = await Promise.allSettled([
      call(gate, registry, writeAlertRule, lead, change),
      call(gate, registry, writeAlertRule, lead, { ...change, title: 'Disparition' }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'liaison.rule_changed' } })
    expect((await call(gate, registry, alertRuleVersions, julie, { id })).rows.map(({ version }) => version)).toEqual([2, 1])
    const { personId } = await aFollowedPerson()
    await call(gate, registry, writeNote, doctor, wish(personId, { body: 'M. Thomas est INTROUVABLE depuis midi.' }))
    expect(await openAlerts(julie, personId)).toHaveLength(1)
    await expect(db.kysely.transaction().execute((tx) => sql`update liaison.alert_rule_version set title = 'autre'`.execute(tx))).rejects.toMatchObject({
      code: '42501',
    })
    await call(gate, registry, writeAlertRule, lead, { ...rule, baseVersion: 2, active: false })
    const { personId: another } = await aFollowedPerson()
    await call(gate, registry, writeNote, doctor, wish(another, { body: 'Introuvable depuis midi.' }))
    expect(await openAlerts(julie, another)).toEqual([])
  })

  it('of the region is adapted by a DAC for itself; the region changes its own', async () => {
    const mine = {
      id: newId<AlertRuleId>(),
      baseVersion: 0,
      title: 'Aidant à bout, sans alerte',
      when: { trigger: 'event' as const, events: ['caregiver_exhausted'] },
      escalateAfter: null,
      active: false,
    }
    const replaces = '01930000-0000-7000-8000-000000000004' as AlertRuleId
    await call(gate, registry, writeAlertRule, lead, { ...mine, replaces })
    await expect(call(gate, registry, writeAlertRule, lead, { ...mine, id: newId(), replaces })).rejects.toMatchObject({ code: 'liaison.rule_already_adapted' })
    const { personId } = await aFollowedPerson()
    await call(gate, registry, writeNote, doctor, wish(personId, { event: 'caregiver_exhausted' }))
    expect(await openAlerts(julie, personId)).toEqual([])
    const regional = { ...mine, id: replaces, baseVersion: 1, title: 'Aidant à bout', active: true, escalateAfter: 120 }
    await expect(call(gate, registry, writeAlertRule, lead, regional)).rejects.toMatchObject({ kind: 'forbidden' })
    expect(await call(gate, registry, writeAlertRule, admin, regional)).toEqual({ id: replaces, version: 2 })
  })

  it('is tried on what was written these last 90 days before it acts', async () => {
    const { personId } = await aFollowedPerson()
    for (const body of ['Canicule : elle boit peu.', 'CANICULE, volets fermés.', 'Temps doux.'])
      await call(gate, registry, writeNote, julie, wish(personId, { body }))
    await call(gate, registry, writeNote, julie, wish(personId, { body: 'Canicule de cet été.', at: '2026-06-20T08:00:00Z' }))
    const preview = await call(gate, registry, alertRulePreview, lead, { when: { trigger: 'note', words: ['canicule'] } })
    expect(preview).toMatchObject({ times: 2, files: 1 })
    expect(preview.examples.map(({ person }) => person.personId)).toEqual([personId, personId])
    expect(await call(gate, registry, alertRulePreview, lead, { when: { trigger: 'plan_term', days: 0 } })).toMatchObject({ times: null })
    await expect(call(gate, registry, alertRulePreview, julie, { when: { trigger: 'event', events: ['fall'] } })).rejects.toMatchObject({ kind: 'forbidden' })
  })

  it('is muted for one person, with the reason, until a day; what somebody asks herself is never muted', async () => {
    const { personId } = await aFollowedPerson()
    const fall = () => wish(personId, { event: 'fall' })
    const first = fall()
    await call(gate, registry, writeNote, doctor, first)
    const mute = {
      id: newId<AlertMuteId>(),
      alertId: first.id as unknown as AlertId,
      until: '2026-11-15',
      reason: 'Chutes quotidiennes connues, plan en place.',
    }
    await expect(call(gate, registry, muteAlertRule, julie, { ...mute, until: '2028-01-01' })).rejects.toMatchObject({ code: 'liaison.mute_too_long' })
    await expect(call(gate, registry, muteAlertRule, doctor, mute)).rejects.toMatchObject({ kind: 'forbidden' })
    await call(gate, registry, muteAlertRule, julie, mute)
    expect((await call(gate, registry, alertRules, julie, {})).mutes).toMatchObject([
      { id: mute.id, ruleId: fallRule, until: '2026-11-15', mutedByName: 'Julie Marchal' },
    ])
    await call(gate, registry, writeNote, doctor, fall())
    expect(await openAlerts(julie, personId)).toHaveLength(1)
    await call(gate, registry, writeNote, doctor, { ...fall(), urgent: true })
    expect(await openAlerts(julie, personId)).toHaveLength(2)
    await call(gate, registry, unmuteAlertRule, julie, { id: mute.id })
    await call(gate, registry, writeNote, doctor, fall())
    expect(await openAlerts(julie, personId)).toHaveLength(3)
    expect((await call(gate, registry, alertRules, julie, {})).mutes).toEqual([])
  })

  it('tells of a file without news, once, and again only when as long has passed since it was settled', async () => {
    const { personId, episodeId } = await aFollowedPerson()
    const silent = async (now: string) => {
      await alertOnSilence(db, { now: new Date(now), timeZone })
      return seen(sql<{ id: AlertId }>`select id from liaison.alert where person_id = ${personId} order by raised_at`)
    }
    await seen(sql`update episodes.episode set last_contact_at = '2026-08-30T08:00:00Z' where id = ${episodeId}`)
    expect(await silent('2026-10-15T04:40:00Z')).toHaveLength(0)
    const [alert] = await silent('2026-11-03T05:40:00Z')
    expect(await openAlerts(julie, personId)).toMatchObject([{ summary: 'Dernier contact noté le 30/08/2026.', raisedByName: 'Jalon' }])
    expect(await silent('2026-11-04T05:40:00Z')).toHaveLength(1)
    await call(gate, registry, settleAlert, julie, { id: alert?.id as AlertId, outcome: 'Appelée.' })
    expect(await silent('2026-11-05T05:40:00Z')).toHaveLength(1)
    expect(await silent('2027-01-10T05:40:00Z')).toHaveLength(2)
  })

  it('tells nothing of the silence of somebody who died', async () => {
    const { personId, episodeId } = await aFollowedPerson()
    await seen(sql`update episodes.episode set last_contact_at = '2026-08-30T08:00:00Z' where id = ${episodeId}`)
    await seen(sql`update persons.person set deceased_on = '2026-09-01' where person_id = ${personId}`)
    await alertOnSilence(db, { now: new Date('2026-11-03T05:40:00Z'), timeZone })
    expect(await seen(sql`select id from liaison.alert where person_id = ${personId}`)).toEqual([])
  })
})

describe('an alert goes', () => {
  it('to the référent; away, to who stands in, else to the binôme, else to those who lead the team', async () => {
    const route = async (binome: UserId | null) => {
      const { personId } = await aFollowedPerson(binome)
      const { id } = await call(gate, registry, writeNote, doctor, wish(personId, { urgent: true }))
      return (await seen(sql<{ addressees: UserId[]; routed_because: string }>`select addressees, routed_because from liaison.alert where id = ${id}`))[0]
    }
    expect(await route(karim.userId)).toEqual({ addressees: [julie.userId], routed_because: 'referent' })
    await away(julie.userId)
    expect(await route(karim.userId)).toEqual({ addressees: [karim.userId], routed_because: 'binome' })
    expect(await route(null)).toEqual({ addressees: [lead.userId], routed_because: 'team' })
    await away(karim.userId)
    expect(await route(karim.userId)).toEqual({ addressees: [lead.userId], routed_because: 'team' })
    await back()
    await away(julie.userId, lead.userId)
    expect(await route(karim.userId)).toEqual({ addressees: [lead.userId], routed_because: 'substitute' })
    await back()
  })

  it('to the binôme where who was to stand in has left the service', async () => {
    const gone = await anActor(db, { service: dac, givenName: 'Luc', familyName: 'Parti', functions: ['referent'] })
    await away(julie.userId, gone.userId)
    const { personId } = await aFollowedPerson(karim.userId)
    await seen(sql`update territory.membership set ends_on = '2026-10-01' where user_id = ${gone.userId}`)
    const { id } = await call(gate, registry, writeNote, doctor, wish(personId, { urgent: true }))
    expect(await seen(sql`select addressees, routed_because from liaison.alert where id = ${id}`)).toEqual([
      { addressees: [karim.userId], routed_because: 'binome' },
    ])
    await back()
  })

  it('further when nobody takes it in two hours of opening: the binôme, then the team; never at night nor on Sunday', async () => {
    const { personId } = await aFollowedPerson()
    // Friday 17 h 30: half an hour of opening is left.
    clock.set('2026-10-16T15:30:00Z')
    const { id } = await call(gate, registry, writeNote, doctor, wish(personId, { urgent: true }))
    const at = async (now: string) => {
      await climbAlerts(db, { now: new Date(now), timeZone })
      return (await seen(sql<{ escalation: number; addressees: UserId[] }>`select escalation, addressees from liaison.alert where id = ${id}`))[0]
    }
    expect(await at('2026-10-16T18:00:00Z')).toMatchObject({ escalation: 0 })
    expect(await at('2026-10-18T10:00:00Z')).toMatchObject({ escalation: 0 })
    expect(await at('2026-10-19T07:55:00Z')).toMatchObject({ escalation: 0 })
    expect(await at('2026-10-19T08:01:00Z')).toEqual({ escalation: 1, addressees: [julie.userId, karim.userId] })
    expect(await at('2026-10-19T08:05:00Z')).toMatchObject({ escalation: 1 })
    expect(await openAlerts(lead, personId)).toEqual([])
    expect(await at('2026-10-19T10:30:00Z')).toEqual({ escalation: 2, addressees: [julie.userId, karim.userId, lead.userId] })
    clock.set('2026-10-19T10:31:00Z')
    expect(await openAlerts(lead, personId)).toMatchObject([{ id, escalation: 2 }])
    // Two servers look at the same time: nothing happens twice.
    await Promise.all([climbAlerts(db, { now: clock(), timeZone }), climbAlerts(db, { now: clock(), timeZone })])
    expect(await at('2026-10-25T10:30:00Z')).toMatchObject({ escalation: 2 })
    await call(gate, registry, takeAlert, lead, { id: id as unknown as AlertId })
    clock.set(thursday)
  })

  it('further to those who lead the team at once where there is no binôme, or where the binôme has it already', async () => {
    const twoHoursLater = async (binome: UserId | null) => {
      const { personId } = await aFollowedPerson(binome)
      const { id } = await call(gate, registry, writeNote, doctor, wish(personId, { urgent: true }))
      await climbAlerts(db, { now: new Date('2026-10-15T09:43:00Z'), timeZone })
      const [alert] = await seen(sql<{ escalation: number; addressees: UserId[] }>`select escalation, addressees from liaison.alert where id = ${id}`)
      await call(gate, registry, takeAlert, lead, { id: id as unknown as AlertId })
      return alert
    }
    expect(await twoHoursLater(null)).toEqual({ escalation: 1, addressees: [julie.userId, lead.userId] })
    await away(julie.userId)
    expect(await twoHoursLater(karim.userId)).toEqual({ escalation: 1, addressees: [karim.userId, lead.userId] })
    await back()
    await away(karim.userId)
    expect(await twoHoursLater(karim.userId)).toEqual({ escalation: 1, addressees: [julie.userId, lead.userId] })
    await back()
  })

  it('nowhere further once somebody took it', async () => {
    const { personId } = await aFollowedPerson()
    const { id } = await call(gate, registry, writeNote, doctor, wish(personId, { urgent: true }))
    await call(gate, registry, takeAlert, julie, { id: id as unknown as AlertId })
    await climbAlerts(db, { now: new Date('2026-10-15T15:00:00Z'), timeZone })
    expect(await seen(sql`select escalation from liaison.alert where id = ${id}`)).toEqual([{ escalation: 0 }])
  })

  it('by the hours that the DAC keeps', async () => {
    const mornings = [[], [[480, 720]], [[480, 720]], [[480, 720]], [[480, 720]], [[480, 720]], []] as [number, number][][]
    await expect(call(gate, registry, setOpeningHours, julie, { week: mornings })).rejects.toMatchObject({ kind: 'forbidden' })
    await call(gate, registry, setOpeningHours, lead, { week: mornings })
    const { personId } = await aFollowedPerson()
    const { id } = await call(gate, registry, writeNote, doctor, wish(personId, { urgent: true }))
    const [alert] = await seen(sql<{ at: string }>`select escalate_at as at from liaison.alert where id = ${id}`)
    expect(new Date(String(alert?.at)).toISOString()).toBe('2026-10-15T09:42:00.000Z')
    expect((await call(gate, registry, fileNews, doctor, { personId })).calendar).toMatchObject({ serviceName: 'DAC Hautes-Vallées', week: mornings })
    // 9 h to 11 h, then 14 h to 17 h: written at 9 h 42, two hours of opening end at 14 h 42.
    const day: [number, number][] = [
      [540, 660],
      [840, 1020],
    ]
    await call(gate, registry, setOpeningHours, lead, { week: [[], day, day, day, day, day, []] })
    const around = await call(gate, registry, writeNote, doctor, wish(personId, { urgent: true }))
    const [later] = await seen(sql<{ at: string }>`select escalate_at as at from liaison.alert where id = ${around.id}`)
    expect(new Date(String(later?.at)).toISOString()).toBe('2026-10-15T12:42:00.000Z')
    await climbAlerts(db, { now: new Date('2026-10-15T11:30:00Z'), timeZone })
    expect(await seen(sql`select escalation from liaison.alert where id = ${around.id}`)).toEqual([{ escalation: 0 }])
    await climbAlerts(db, { now: new Date('2026-10-15T12:43:00Z'), timeZone })
    expect(await seen(sql`select escalation from liaison.alert where id = ${around.id}`)).toEqual([{ escalation: 1 }])
    const crossed: [number, number][] = [
      [540, 720],
      [700, 1020],
    ]
    await expect(call(gate, registry, setOpeningHours, lead, { week: [[], crossed, day, day, day, day, []] })).rejects.toMatchObject({ code: 'input_invalid' })
    await expect(call(gate, registry, setOpeningHours, lead, { week: [[], [], [], [], [], [], []] })).rejects.toMatchObject({ code: 'input_invalid' })
    await call(gate, registry, setOpeningHours, lead, { week: [[], [[510, 1080]], [[510, 1080]], [[510, 1080]], [[510, 1080]], [[510, 1080]], []] })
  })
})

describe('an opinion is asked', () => {
  it('of a member who reads the volet, who finds it first; of nobody who could not answer', async () => {
    const { personId } = await aFollowedPerson()
    const asked = wish(personId, { type: 'opinion_request', title: 'Anticoagulant : on continue ?', askedOf: doctor.userId })
    await call(gate, registry, writeNote, julie, asked)
    expect((await call(gate, registry, askedOpinions, doctor, {})).rows.filter((row) => row.person.personId === personId)).toMatchObject([
      { noteId: asked.id, ofMe: true },
    ])
    expect((await call(gate, registry, noteThread, julie, { id: asked.id })).notes[0]).toMatchObject({ askedOfName: 'Anne-Laure Fritsch' })
    // The binôme, from whom the person keeps the volet by name, would read an empty question.
    const { personId: kept } = await aFollowedPerson(karim.userId)
    await seen(sql`insert into persons.withheld_volet (id, person_id, withholds, from_party_id, from_party_name, since, mode, given_by, recorded_at, recorded_by, recorded_by_name, holder_org)
      values (${newId()}, ${kept}, 'health', ${karim.userId}, 'Karim Belkacem', '2026-09-01', 'oral_present', 'person', '2026-09-01', ${julie.userId}, 'Julie Marchal', ${dac.id})`)
    await expect(call(gate, registry, writeNote, julie, wish(kept, { type: 'opinion_request', volet: 'health', askedOf: karim.userId }))).rejects.toMatchObject(
      {
        code: 'liaison.asked_not_reader',
      },
    )
    await expect(call(gate, registry, writeNote, julie, wish(personId, { type: 'opinion_request', askedOf: admin.userId }))).rejects.toMatchObject({
      code: 'liaison.asked_not_reader',
    })
    await expect(call(gate, registry, writeNote, julie, wish(personId, { askedOf: doctor.userId }))).rejects.toMatchObject({ code: 'liaison.asked_of_nobody' })
  })

  it('« lu par » names who opened the note among those who were told, and who did not yet', async () => {
    const { personId } = await aFollowedPerson()
    const note = wish(personId)
    await call(gate, registry, writeNote, doctor, note)
    const read = async () => call(gate, registry, noteThread, doctor, { id: note.id })
    expect(await read()).toMatchObject({ openedBy: [], notYet: [{ name: 'Julie Marchal' }, { name: 'Karim Belkacem' }] })
    const [item] = await seen(sql<{ id: string }>`select id from persons.timeline_item where source_id = ${note.id}`)
    const itemId = String(item?.id)
    await call(gate, registry, openItem, julie, { itemId })
    expect(await read()).toMatchObject({ openedBy: [{ name: 'Julie Marchal' }], notYet: [{ name: 'Karim Belkacem' }] })
    // « Tout marquer comme lu » opens nothing, nor does coming into the file afterwards; opening it then does.
    await call(gate, registry, markAllRead, karim, { itemIds: [itemId] })
    const newcomer = await anActor(db, {
      givenName: 'Thomas',
      familyName: 'Noël',
      category: 'health',
      functions: ['outside_professional'],
      professionalId: newId(),
      service: await aService(db, { kind: 'practice', name: 'Cabinet Noël' }),
    })
    await aSight(db, personId, String(newcomer.professionalId), { basis: 'care_team' })
    expect(await read()).toMatchObject({ openedBy: [{ name: 'Julie Marchal' }], notYet: [] })
    await call(gate, registry, openItem, newcomer, { itemId })
    await call(gate, registry, openItem, admin, { itemId })
    expect((await read()).openedBy.map(({ name }) => name)).toEqual(['Julie Marchal', 'Thomas Noël'])
    await call(gate, registry, openItem, karim, { itemId })
    expect((await read()).openedBy.map(({ name }) => name)).toEqual(['Julie Marchal', 'Karim Belkacem', 'Thomas Noël'])
    expect(await seen(sql`select user_id from liaison.opened where user_id = ${admin.userId}`)).toEqual([])
  })
})

describe('a file', () => {
  const bytes = Buffer.from('Ordonnance du 14 octobre.').toString('base64')
  const sent = (personId: PersonId, more: object = {}) => ({
    id: newId<NoteFileId>(),
    personId,
    volet: 'health' as const,
    name: 'ordonnance.txt',
    content: bytes,
    ...more,
  })

  it('goes with its note, is read by whoever reads it and by nobody before; it serves once', async () => {
    const { personId } = await aFollowedPerson()
    const file = sent(personId)
    await call(gate, registry, addNoteFile, doctor, file)
    await expect(call(gate, registry, noteFile, julie, { id: file.id })).rejects.toMatchObject({ kind: 'not_found' })
    const note = wish(personId, { files: [file.id] })
    await call(gate, registry, writeNote, doctor, note)
    expect((await call(gate, registry, noteThread, julie, { id: note.id })).notes[0]?.files).toMatchObject([
      { id: file.id, name: 'ordonnance.txt', mediaType: 'text/plain' },
    ])
    expect(await call(gate, registry, noteFile, julie, { id: file.id })).toMatchObject({ content: bytes })
    await expect(call(gate, registry, noteFile, admin, { id: file.id })).rejects.toMatchObject({ kind: 'not_found' })
    await expect(call(gate, registry, writeNote, doctor, wish(personId, { files: [file.id] }))).rejects.toMatchObject({ code: 'attachment_missing' })
    const another = await aFollowedPerson()
    const elsewhere = sent(personId)
    await call(gate, registry, addNoteFile, doctor, elsewhere)
    await expect(call(gate, registry, writeNote, doctor, wish(another.personId, { files: [elsewhere.id] }))).rejects.toMatchObject({
      code: 'attachment_missing',
    })
  })

  it('is refused when its bytes are not what it may be, whatever its name', async () => {
    const { personId } = await aFollowedPerson()
    const program = Buffer.from([0x4d, 0x5a, 0x90, 0x00, 0x03, 0x00, 0xff, 0xfe]).toString('base64')
    await expect(call(gate, registry, addNoteFile, doctor, sent(personId, { name: 'photo.jpg', content: program }))).rejects.toMatchObject({ kind: 'invalid' })
  })

  it('stands among those of her notebook for whoever reads its note, page by page, and for nobody else', async () => {
    const { personId } = await aFollowedPerson()
    const shared = sent(personId)
    await call(gate, registry, addNoteFile, doctor, shared)
    const waiting = sent(personId, { name: 'pas encore.txt' })
    await call(gate, registry, addNoteFile, doctor, waiting)
    const note = wish(personId, { files: [shared.id] })
    await call(gate, registry, writeNote, doctor, note)
    const kept = sent(personId, { name: 'privé.txt', isPrivate: true })
    await call(gate, registry, addNoteFile, julie, kept)
    await call(gate, registry, writeNote, julie, wish(personId, { title: 'Entre nous', isPrivate: true, files: [kept.id] }))
    const names = async (reader: typeof julie) => (await call(gate, registry, personFiles, reader, { personId })).rows.map(({ name }) => name)
    expect(await names(doctor)).toEqual(['ordonnance.txt'])
    expect(await names(julie)).toEqual(['privé.txt', 'ordonnance.txt'])
    const first = await call(gate, registry, personFiles, julie, { personId, limit: 1 })
    expect(first.rows).toMatchObject([{ name: 'privé.txt', isPrivate: true, noteTitle: 'Entre nous', authorName: julie.displayName }])
    const second = await call(gate, registry, personFiles, julie, { personId, limit: 1, cursor: first.next })
    expect(second).toMatchObject({ rows: [{ id: shared.id, noteId: note.id, isPrivate: false, volet: 'health', authorName: doctor.displayName }], next: null })
    await expect(call(gate, registry, personFiles, admin, { personId })).rejects.toMatchObject({ kind: 'not_found' })
  })

  it('of the private room never leaves the DAC', async () => {
    const { personId } = await aFollowedPerson()
    const file = sent(personId, { isPrivate: true })
    await call(gate, registry, addNoteFile, julie, file)
    await call(gate, registry, writeNote, julie, wish(personId, { isPrivate: true, files: [file.id] }))
    expect(await call(gate, registry, noteFile, karim, { id: file.id })).toMatchObject({ name: 'ordonnance.txt' })
    await expect(call(gate, registry, noteFile, doctor, { id: file.id })).rejects.toMatchObject({ kind: 'not_found' })
  })
})

it('the team sees the alerts of all its files', async () => {
  expect((await call(gate, registry, teamAlerts, lead, {})).rows.length).toBeGreaterThan(0)
})

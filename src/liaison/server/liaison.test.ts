import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { closeEpisode } from '../../episodes/contract/actions.ts'
import type { EpisodeId } from '../../episodes/contract/episode.ts'
import { day } from '../../episodes/contract/queries.ts'
import { episodesHandlers } from '../../episodes/server/handlers.ts'
import { anEpisode, episodeLists } from '../../episodes/testing/builders.ts'
import { hiddenItems } from '../../persons/contract/access-queries.ts'
import { personsHandlers } from '../../persons/server/handlers.ts'
import { aPerson, aSight } from '../../persons/testing/builders.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call, testClock, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { anActor, aService, type BuiltService } from '../../territory/testing/builders.ts'
import { amendNote, markAllRead, openItem, recordVisit, replyToNote, settleAlert, takeAlert, writeNote } from '../contract/actions.ts'
import type { AlertId, NoteId } from '../contract/note.ts'
import { askedOpinions, dayNews, fileNews, noteThread, teamAlerts, timeline, unreadCount, unreadItems } from '../contract/queries.ts'
import { endAlertsAtClosure } from './events.ts'
import { liaisonHandlers } from './handlers.ts'

const { db } = await testDatabase()
const clock = testClock('2026-10-15T07:42:00Z')
const gate = testGate(db, clock)
const registry = registryOf([...personsHandlers, ...episodesHandlers, ...liaisonHandlers])

let dac: BuiltService
let julie: Actor
let karim: Actor
let desk: Actor
let stranger: Actor
let doctor: Actor
let nurse: Actor
let curator: Actor

beforeAll(async () => {
  await episodeLists(db)
  dac = await aService(db, { name: 'DAC Hautes-Vallées' })
  julie = await anActor(db, { service: dac })
  karim = await anActor(db, { service: dac, givenName: 'Karim', familyName: 'Belkacem' })
  desk = await anActor(db, { service: dac, givenName: 'Nadia', familyName: 'Ferry', functions: ['front_desk'] })
  stranger = await anActor(db, { givenName: 'Luc', familyName: 'Simon', service: await aService(db, { name: 'DAC Meurthe et Mortagne' }) })
  const outside = async (givenName: string, familyName: string, category: 'health' | 'social') =>
    anActor(db, {
      givenName,
      familyName,
      category,
      functions: ['outside_professional'],
      professionalId: newId(),
      service: await aService(db, { kind: 'practice', name: `Cabinet ${familyName}` }),
    })
  doctor = await outside('Anne-Laure', 'Fritsch', 'health')
  nurse = await outside('Thomas', 'Noël', 'health')
  curator = await outside('Alain', 'Colin', 'social')
})

const seen = <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> => asSystem(db, 'look in a test', async (tx) => (await query.execute(tx)).rows)

/** Mme Perrin, followed by Julie and Karim, with her doctor and her curator in the équipe de soins. */
async function aFollowedPerson(): Promise<{ personId: PersonId; episodeId: EpisodeId }> {
  const episodeId = newId<EpisodeId>()
  const personId = await aPerson(db, { dac: dac.id, episodeId })
  await anEpisode(db, { id: episodeId, personId, dac: dac.id, referentId: julie.userId, binomeId: karim.userId })
  await aSight(db, personId, String(doctor.professionalId), { basis: 'care_team' })
  await aSight(db, personId, String(curator.professionalId), { basis: 'care_team', volets: ['administrative', 'social'] })
  return { personId, episodeId }
}

const wish = (personId: PersonId, more: object = {}) => ({
  id: newId<NoteId>(),
  personId,
  type: 'observation' as const,
  body: 'Chute hier soir. Relevée seule, pas de plaie.',
  volet: 'health' as const,
  ...more,
})
const titles = async (actor: Actor, personId: PersonId) => (await call(gate, registry, timeline, actor, { personId })).rows.map((row) => row.title)
const unreadOf = async (actor: Actor, personId: PersonId) => (await call(gate, registry, timeline, actor, { personId, unreadOnly: true })).rows.length

describe('the notebook', () => {
  it('is read by the circle according to the volet: the health note never reaches the social worker', async () => {
    const { personId } = await aFollowedPerson()
    await call(gate, registry, writeNote, julie, wish(personId))
    await call(gate, registry, writeNote, julie, wish(personId, { volet: 'social', body: 'Téléassistance demandée. Sylvie ne dort plus.' }))
    expect(await titles(doctor, personId)).toEqual(['Téléassistance demandée', 'Chute hier soir'])
    expect(await titles(curator, personId)).toEqual(['Téléassistance demandée'])
    expect(await titles(desk, personId)).toEqual([])
    await expect(call(gate, registry, timeline, nurse, { personId })).rejects.toMatchObject({ kind: 'not_found' })
    await expect(call(gate, registry, timeline, stranger, { personId })).rejects.toMatchObject({ kind: 'not_found' })
  })

  it('never shows the private room of the DAC to the circle: not the note, not its number, not even an event', async () => {
    const { personId } = await aFollowedPerson()
    const { id } = await call(
      gate,
      registry,
      writeNote,
      karim,
      wish(personId, { isPrivate: true, body: 'À vérifier avant la concertation. Le curateur n’a pas répondu.' }),
    )
    expect(await titles(julie, personId)).toEqual(['À vérifier avant la concertation'])
    for (const outside of [doctor, curator]) {
      expect(await call(gate, registry, timeline, outside, { personId })).toMatchObject({ rows: [], unread: 0 })
      await expect(call(gate, registry, noteThread, outside, { id })).rejects.toMatchObject({ kind: 'not_found' })
      await expect(call(gate, registry, replyToNote, outside, { id: newId<NoteId>(), noteId: id, body: 'Je réponds' })).rejects.toMatchObject({
        kind: 'not_found',
      })
    }
    const [event] = await seen(
      sql<{
        person_id: string | null
        audience: string[]
      }>`select person_id, audience from platform.event_inbox where type = 'liaison.note.written' and payload ->> 'noteId' = ${id}`,
    )
    expect(event).toEqual({ person_id: null, audience: [dac.id] })
    expect(await seen(sql`select 1 from liaison.unread where user_id in (${doctor.userId}, ${curator.userId}) and person_id = ${personId}`)).toEqual([])
  })

  it('lets an outside professional write in her volets, never in the private room', async () => {
    const { personId } = await aFollowedPerson()
    await call(gate, registry, writeNote, doctor, wish(personId))
    await expect(call(gate, registry, writeNote, curator, wish(personId))).rejects.toMatchObject({
      kind: 'forbidden',
      details: { reason: 'Ce volet ne vous est pas ouvert.' },
    })
    await expect(call(gate, registry, writeNote, doctor, wish(personId, { isPrivate: true }))).rejects.toMatchObject({
      kind: 'forbidden',
      details: { reason: 'L’espace privé est celui de l’équipe du DAC.' },
    })
    await expect(call(gate, registry, writeNote, nurse, wish(personId))).rejects.toMatchObject({ kind: 'not_found' })
    expect(await seen(sql`select 1 from liaison.note where person_id = ${personId}`)).toHaveLength(1)
  })

  it('is append-only: the author completes, others reply, in the same room; the database refuses a change', async () => {
    const { personId } = await aFollowedPerson()
    const { id } = await call(gate, registry, writeNote, doctor, wish(personId))
    await call(gate, registry, replyToNote, julie, { id: newId<NoteId>(), noteId: id, body: 'Je passe demain.' })
    await call(gate, registry, amendNote, doctor, { id: newId<NoteId>(), noteId: id, body: 'Jambe gauche, non droite.' })
    await expect(call(gate, registry, amendNote, julie, { id: newId<NoteId>(), noteId: id, body: 'Je corrige' })).rejects.toMatchObject({ kind: 'forbidden' })
    const thread = await call(gate, registry, noteThread, julie, { id })
    expect(thread.notes.map((note) => [note.relation, note.body, note.authorName])).toEqual([
      [null, 'Chute hier soir. Relevée seule, pas de plaie.', 'Anne-Laure Fritsch'],
      ['reply', 'Je passe demain.', 'Julie Marchal'],
      ['addendum', 'Jambe gauche, non droite.', 'Anne-Laure Fritsch'],
    ])
    await expect(db.kysely.transaction().execute((tx) => sql`update liaison.note set body = 'autre'`.execute(tx))).rejects.toMatchObject({ code: '42501' })
    expect(await titles(curator, personId)).toEqual([])
  })

  it('the same note sent twice is one note', async () => {
    const { personId } = await aFollowedPerson()
    const key = newId()
    const note = wish(personId)
    const first = await call(gate, registry, writeNote, julie, note, key)
    expect(await call(gate, registry, writeNote, julie, note, key)).toEqual(first)
    expect(await titles(julie, personId)).toHaveLength(1)
    await expect(call(gate, registry, writeNote, julie, { ...note, body: 'Autre chose' }, key)).rejects.toMatchObject({ code: 'idempotency_mismatch' })
    await expect(call(gate, registry, writeNote, julie, wish(personId, { at: '2026-10-16T08:00:00Z' }))).rejects.toMatchObject({
      code: 'liaison.in_the_future',
    })
  })

  it('pages the Fil without losing or repeating a line, even when lines share an instant', async () => {
    const { personId } = await aFollowedPerson()
    for (let n = 0; n < 7; n += 1) await call(gate, registry, writeNote, julie, wish(personId, { body: `Ligne ${n}. Suite.` }))
    const all: string[] = []
    let cursor: string | null = null
    do {
      const page: { rows: { title: string }[]; next: string | null } = await call(gate, registry, timeline, doctor, { personId, limit: 3, cursor })
      all.push(...page.rows.map((row) => row.title))
      cursor = page.next
    } while (cursor !== null)
    expect(all.sort()).toEqual([0, 1, 2, 3, 4, 5, 6].map((n) => `Ligne ${n}`))
    expect((await call(gate, registry, timeline, doctor, { personId, volet: 'social' })).rows).toEqual([])
    expect((await call(gate, registry, timeline, doctor, { personId, source: 'liaison' })).rows).toHaveLength(7)
  })

  it('says how many items are not shown, without saying what they are', async () => {
    const { personId } = await aFollowedPerson()
    await call(gate, registry, writeNote, julie, wish(personId))
    await call(gate, registry, writeNote, julie, wish(personId, { volet: 'administrative' }))
    expect((await call(gate, registry, hiddenItems, curator, { personId })).total).toBe(1)
    expect((await call(gate, registry, hiddenItems, doctor, { personId })).total).toBe(0)
    expect((await call(gate, registry, fileNews, curator, { personId })).openVolets).toEqual(['administrative', 'social'])
  })

  it('says who reads it', async () => {
    const { personId } = await aFollowedPerson()
    expect((await call(gate, registry, fileNews, julie, { personId })).readers).toMatchObject([
      { name: 'Alain Colin', volets: ['administrative', 'social'] },
      { name: 'Anne-Laure Fritsch', volets: ['administrative', 'health', 'social'] },
    ])
  })
})

describe('unread marks', () => {
  it('go to référent, binôme and the circle according to the volet, never to the author, and equal their lists', async () => {
    const { personId } = await aFollowedPerson()
    const before = await call(gate, registry, unreadCount, karim, {})
    await call(gate, registry, writeNote, doctor, wish(personId))
    expect([
      await unreadOf(julie, personId),
      await unreadOf(karim, personId),
      await unreadOf(doctor, personId),
      await unreadOf(curator, personId),
      await unreadOf(desk, personId),
    ]).toEqual([1, 1, 0, 0, 0])
    await call(gate, registry, writeNote, julie, wish(personId, { volet: 'social' }))
    expect([await unreadOf(julie, personId), await unreadOf(karim, personId), await unreadOf(doctor, personId), await unreadOf(curator, personId)]).toEqual([
      1, 2, 1, 1,
    ])
    const after = await call(gate, registry, unreadCount, karim, {})
    expect(after).toEqual({ unread: before.unread + 2, files: before.files + 1 })
    expect((await call(gate, registry, unreadItems, karim, {})).total).toBe(after.unread)
    expect((await call(gate, registry, dayNews, karim, {})).unread).toBe(after.unread)
  })

  it('are cleared by opening the item, with its thread, for me alone', async () => {
    const { personId } = await aFollowedPerson()
    const { id, itemId } = await call(gate, registry, writeNote, doctor, wish(personId))
    await call(gate, registry, amendNote, doctor, { id: newId<NoteId>(), noteId: id, body: 'Jambe gauche.' })
    expect(await unreadOf(julie, personId)).toBe(2)
    expect(await call(gate, registry, openItem, julie, { itemId })).toEqual({ cleared: 2 })
    expect([await unreadOf(julie, personId), await unreadOf(karim, personId)]).toEqual([0, 2])
  })

  it('« tout marquer comme lu » clears what the list held, not what came meanwhile', async () => {
    const { personId } = await aFollowedPerson()
    await call(gate, registry, writeNote, doctor, wish(personId))
    const { unreadIds } = await call(gate, registry, fileNews, julie, { personId })
    await call(gate, registry, writeNote, doctor, wish(personId, { body: 'Arrivée entre-temps. À voir.' }))
    expect(await call(gate, registry, markAllRead, julie, { itemIds: unreadIds })).toEqual({ cleared: 1 })
    expect((await call(gate, registry, fileNews, julie, { personId })).rows.map((row) => row.title)).toEqual(['Arrivée entre-temps'])
  })

  it('vanish from lists and counters at once with the right to see', async () => {
    const { personId, episodeId } = await aFollowedPerson()
    const before = (await call(gate, registry, unreadCount, doctor, {})).unread
    await call(gate, registry, writeNote, julie, wish(personId, { type: 'opinion_request' }))
    expect((await call(gate, registry, unreadCount, doctor, {})).unread).toBe(before + 1)
    expect((await call(gate, registry, askedOpinions, doctor, {})).rows.map((row) => row.person.personId)).toContain(personId)
    await call(gate, registry, closeEpisode, julie, { id: episodeId, baseVersion: 1, reason: 'stabilised', balance: 'better' })
    expect((await call(gate, registry, unreadCount, doctor, {})).unread).toBe(before)
    expect((await call(gate, registry, askedOpinions, doctor, {})).rows.map((row) => row.person.personId)).not.toContain(personId)
    await expect(call(gate, registry, timeline, doctor, { personId })).rejects.toMatchObject({ kind: 'not_found' })
  })

  it('a visit of half an hour is one visit: « depuis votre visite du » names the one before', async () => {
    const { personId } = await aFollowedPerson()
    const at = (iso: string) => testGate(db, testClock(iso))
    await call(at('2026-10-13T08:00:00Z'), registry, recordVisit, julie, { personId })
    await call(at('2026-10-15T07:00:00Z'), registry, recordVisit, julie, { personId })
    await call(at('2026-10-15T07:20:00Z'), registry, recordVisit, julie, { personId })
    const { since } = await call(at('2026-10-15T07:25:00Z'), registry, fileNews, julie, { personId })
    expect(new Date(String(since)).toISOString()).toBe('2026-10-13T08:00:00.000Z')
  })
})

describe('a flagged note', () => {
  const flagged = (personId: PersonId) => wish(personId, { urgent: true })

  it('waits in Ma journée of référent and binôme; one takes it in one gesture, the other is told so', async () => {
    const { personId } = await aFollowedPerson()
    const { id } = await call(gate, registry, writeNote, doctor, flagged(personId))
    const alertOf = async (actor: Actor) => (await call(gate, registry, dayNews, actor, {})).alerts.find((alert) => alert.personId === personId)
    expect(await alertOf(julie)).toMatchObject({
      id,
      title: 'Chute hier soir',
      raisedByName: 'Anne-Laure Fritsch',
      state: 'to_take',
      referentName: 'Julie Marchal',
    })
    expect(await alertOf(karim)).toMatchObject({ id })
    const alertId = id as unknown as AlertId
    const both = await Promise.allSettled([call(gate, registry, takeAlert, julie, { id: alertId }), call(gate, registry, takeAlert, karim, { id: alertId })])
    expect(both.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find((result) => result.status === 'rejected')).toMatchObject({ reason: { code: 'liaison.alert_taken' } })
    const taker = both[0].status === 'fulfilled' ? julie : karim
    expect(await alertOf(taker === julie ? karim : julie)).toBeUndefined()
    expect(await alertOf(taker)).toMatchObject({ state: 'taken' })
    await call(gate, registry, settleAlert, taker, {
      id: alertId,
      outcome: 'Appelée : elle va bien.',
      nextStep: { title: 'Rappeler demain', dueOn: '2026-10-16' },
    })
    expect(await alertOf(taker)).toBeUndefined()
    expect((await call(gate, registry, day, taker, {})).tasks.map((task) => task.title)).toContain('Rappeler demain')
    expect(await titles(doctor, personId)).toContain('Traité · Chute hier soir')
    await expect(call(gate, registry, takeAlert, julie, { id: alertId })).rejects.toMatchObject({ code: 'liaison.alert_settled' })
  })

  it('is not taken by the circle nor by the front desk, and is refused when nobody would take it', async () => {
    const { personId, episodeId } = await aFollowedPerson()
    const { id } = await call(gate, registry, writeNote, doctor, flagged(personId))
    await expect(call(gate, registry, takeAlert, doctor, { id: id as unknown as AlertId })).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(call(gate, registry, takeAlert, desk, { id: id as unknown as AlertId })).rejects.toMatchObject({ kind: 'not_found' })
    await call(gate, registry, closeEpisode, julie, { id: episodeId, baseVersion: 1, reason: 'stabilised', balance: 'same' })
    await expect(call(gate, registry, writeNote, julie, flagged(personId))).rejects.toMatchObject({ code: 'liaison.nobody_to_alert' })
    expect((await call(gate, registry, teamAlerts, julie, {})).rows.some((alert) => alert.personId === personId)).toBe(true)
    await asSystem(db, 'the feed tells of the closure', (tx) =>
      endAlertsAtClosure.react(tx, {
        seq: 1,
        type: 'episodes.episode.closed',
        personId,
        volet: 'administrative',
        audience: [],
        payload: { serviceId: dac.id },
        actorId: null,
        at: '2026-10-15T07:42:00Z',
      }),
    )
    expect((await call(gate, registry, teamAlerts, julie, {})).rows.some((alert) => alert.personId === personId)).toBe(false)
  })
})

it('an outside professional finds the opinions that are asked of her, until somebody answers', async () => {
  const { personId } = await aFollowedPerson()
  const { id } = await call(
    gate,
    registry,
    writeNote,
    julie,
    wish(personId, { type: 'opinion_request', title: 'Anticoagulant : on continue ?', body: 'Deux chutes ce mois-ci.' }),
  )
  const mine = async () => (await call(gate, registry, askedOpinions, doctor, {})).rows.filter((row) => row.person.personId === personId)
  expect(await mine()).toMatchObject([{ noteId: id, title: 'Anticoagulant : on continue ?', authorName: 'Julie Marchal' }])
  await call(gate, registry, replyToNote, doctor, { id: newId<NoteId>(), noteId: id, body: 'Oui, à demi-dose.' })
  expect(await mine()).toEqual([])
})

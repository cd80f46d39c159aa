import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { anEpisode, aTask, episodeLists } from '../../episodes/testing/builders.ts'
import { aPerson, aSight } from '../../persons/testing/builders.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call, testClock, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { anActor, aService, type BuiltService } from '../../territory/testing/builders.ts'
import {
  addFile,
  addParticipants,
  leaveThread,
  linkOutcome,
  openProfessionalThread,
  openThread,
  readThread,
  removeParticipant,
  sendMessage,
} from '../contract/actions.ts'
import { file, messages, professionals, reachable, search, thread, threads, unread } from '../contract/queries.ts'
import type { FileId, MessageId, ThreadId } from '../contract/thread.ts'
import { destroyUnsentFiles } from './circle.sql.ts'
import { conversationsFollowTheCircle, endPartsOfThoseWhoLeft } from './events.ts'
import { conversationsHandlers } from './handlers.ts'

const { db, owner } = await testDatabase()
const clock = testClock('2026-10-15T07:42:00Z')
const gate = testGate(db, clock)
const registry = registryOf(conversationsHandlers)

let dac: BuiltService
let julie: Actor
let karim: Actor
let stranger: Actor
let doctor: Actor
let nurse: Actor
let curator: Actor

beforeAll(async () => {
  await episodeLists(db)
  dac = await aService(db, { name: 'DAC Hautes-Vallées' })
  julie = await anActor(db, { service: dac })
  karim = await anActor(db, { service: dac, givenName: 'Karim', familyName: 'Belkacem' })
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

/** Mme Perrin, followed by Julie; her doctor (every volet) and her curator (not health) in the équipe de soins. */
async function aFollowedPerson(): Promise<PersonId> {
  const episodeId = newId()
  const personId = await aPerson(db, { dac: dac.id, episodeId })
  await anEpisode(db, { id: episodeId as never, personId, dac: dac.id, referentId: julie.userId })
  await aSight(db, personId, String(doctor.professionalId), { basis: 'care_team' })
  await aSight(db, personId, String(curator.professionalId), { basis: 'care_team', volets: ['administrative', 'social'] })
  return personId
}

async function aThread(personId: PersonId, more: object = {}, by: Actor = julie): Promise<ThreadId> {
  const id = newId<ThreadId>()
  await call(gate, registry, openThread, by, {
    id,
    personId,
    subject: 'Sortie d’hôpital',
    reach: 'chosen',
    volet: 'health',
    participants: [doctor.userId],
    ...more,
  })
  return id
}

async function aProfessionalThread(others: readonly Actor[] = [doctor, nurse], by: Actor = julie): Promise<ThreadId> {
  const id = newId<ThreadId>()
  await call(gate, registry, openProfessionalThread, by, { id, subject: 'Tour de garde', participants: others.map(({ userId }) => userId) })
  return id
}

const send = (actor: Actor, threadId: ThreadId, body: string, more: object = {}, key?: string) => {
  clock.advance(1000)
  return call(gate, registry, sendMessage, actor, { id: newId<MessageId>(), threadId, body, ...more }, key)
}
const bodies = async (actor: Actor, threadId: ThreadId) => (await call(gate, registry, messages, actor, { threadId })).rows.map(({ body }) => body)
const unreadOf = (actor: Actor) => call(gate, registry, unread, actor, {})
const absent = { kind: 'not_found' }

/** What the circle's events lead to, as the subscriber does once told. */
const circleChanged = (personId: PersonId) =>
  asSystem(db, 'tell of the circle in a test', (tx) =>
    conversationsFollowTheCircle.react(tx, {
      seq: 1,
      type: 'persons.sight.ended',
      personId,
      volet: null,
      audience: [],
      payload: {},
      actorId: null,
      at: clock().toISOString(),
    }),
  )
const sights = (personId: PersonId, set: string, party: Actor) =>
  owner.query(`update persons.sight set ${set} where person_id = $1 and party_id = any ($2)`, [personId, [party.userId, party.professionalId]])

describe('a conversation about a person', () => {
  it('opens with those named, each message reaches them in its order, and counts as unread until read', async () => {
    const personId = await aFollowedPerson()
    const id = await aThread(personId)
    await send(julie, id, 'Elle sort jeudi. Qui passe vendredi ?')
    await send(doctor, id, 'Je passe à 9 h.')
    expect(await bodies(julie, id)).toEqual(['Elle sort jeudi. Qui passe vendredi ?', 'Je passe à 9 h.'])
    expect(await unreadOf(julie)).toMatchObject({ threads: 1, messages: 1 })
    await call(gate, registry, readThread, julie, { threadId: id, number: 2 })
    expect(await unreadOf(julie)).toMatchObject({ threads: 0, messages: 0 })
  })

  it('is absent for colleagues and members of the circle who take no part, even the référent’s own service', async () => {
    const id = await aThread(await aFollowedPerson())
    await send(julie, id, 'Entre nous deux.')
    for (const other of [karim, curator, nurse, stranger]) {
      await expect(call(gate, registry, thread, other, { id })).rejects.toMatchObject(absent)
      await expect(call(gate, registry, messages, other, { threadId: id })).rejects.toMatchObject(absent)
      await expect(send(other, id, 'Bonjour')).rejects.toMatchObject(absent)
      expect((await call(gate, registry, threads, other, {})).rows.map((row) => row.id)).not.toContain(id)
      expect((await call(gate, registry, search, other, { words: 'entre nous' })).rows).toEqual([])
    }
  })

  it('is refused with somebody who may not read its volet', async () => {
    const personId = await aFollowedPerson()
    await expect(aThread(personId, { participants: [curator.userId] })).rejects.toMatchObject({ code: 'conversations.not_reachable' })
    await expect(aThread(personId, { participants: [stranger.userId] })).rejects.toMatchObject({ code: 'conversations.not_reachable' })
    const { rows } = await call(gate, registry, reachable, julie, { personId })
    expect(rows.find(({ userId }) => userId === curator.userId)?.volets).toEqual(['administrative', 'social'])
    expect(rows.find(({ userId }) => userId === karim.userId)).toMatchObject({ follows: false })
    await expect(call(gate, registry, reachable, stranger, { personId })).rejects.toMatchObject(absent)
  })

  it('addresses the whole circle in a volet: the curator is in the social one, not in that of health', async () => {
    const personId = await aFollowedPerson()
    const social = await aThread(personId, { reach: 'circle', volet: 'social', participants: [] })
    const health = await aThread(personId, { reach: 'circle', volet: 'health', participants: [] })
    const names = async (id: ThreadId) => (await call(gate, registry, thread, julie, { id })).participants.map(({ name }) => name).toSorted()
    expect(await names(social)).toEqual(['Alain Colin', 'Anne-Laure Fritsch', 'Julie Marchal'])
    expect(await names(health)).toEqual(['Anne-Laure Fritsch', 'Julie Marchal'])
  })

  it('says who has read up to where, and marks who is named', async () => {
    const id = await aThread(await aFollowedPerson(), { participants: [doctor.userId, karim.userId] })
    const { number } = await send(julie, id, '@Anne-Laure Fritsch pouvez-vous renouveler ?', { mentions: [doctor.userId, stranger.userId] })
    expect(await unreadOf(doctor)).toMatchObject({ mentions: 1 })
    expect((await unreadOf(karim)).mentions).toBe(0)
    await call(gate, registry, readThread, doctor, { threadId: id, number })
    const head = await call(gate, registry, thread, julie, { id })
    expect(head.participants.map(({ name, seenNumber }) => [name, seenNumber])).toEqual(
      expect.arrayContaining([
        ['Anne-Laure Fritsch', 1],
        ['Julie Marchal', 1],
        ['Karim Belkacem', 0],
      ]),
    )
    // Never back, never beyond what was written.
    await call(gate, registry, readThread, doctor, { threadId: id, number: 0 })
    await call(gate, registry, readThread, karim, { threadId: id, number: 999 })
    const after = await call(gate, registry, thread, julie, { id })
    expect(after.participants.map(({ seenNumber }) => seenNumber)).toEqual([1, 1, 1])
  })

  it('answers a message with its beginning quoted; another conversation’s cannot be answered', async () => {
    const personId = await aFollowedPerson()
    const id = await aThread(personId)
    const first = newId<MessageId>()
    await call(gate, registry, sendMessage, julie, { id: first, threadId: id, body: 'Qui a les clés ?' })
    await send(doctor, id, 'La voisine.', { replyTo: first })
    const { rows } = await call(gate, registry, messages, julie, { threadId: id })
    expect(rows[1]?.replyTo).toMatchObject({ number: 1, excerpt: 'Qui a les clés ?' })
    await expect(send(julie, await aThread(personId), 'Ici aussi', { replyTo: first })).rejects.toMatchObject({ code: 'conversations.reply_elsewhere' })
  })

  it('ends for her who leaves the circle: nothing of what comes after, what she wrote remains', async () => {
    const personId = await aFollowedPerson()
    const id = await aThread(personId, { participants: [doctor.userId, karim.userId] })
    await send(doctor, id, 'Tension à 15.')
    await sights(personId, `ends_at = '${clock().toISOString()}'`, doctor)
    await send(julie, id, 'Le docteur Fritsch ne la suit plus.')
    await expect(bodies(doctor, id)).rejects.toMatchObject(absent)
    await circleChanged(personId)
    const head = await call(gate, registry, thread, julie, { id })
    expect(head.participants.find(({ userId }) => userId === doctor.userId)).toMatchObject({ leftBecause: 'circle', untilNumber: 1 })
    expect(await bodies(julie, id)).toEqual(['Tension à 15.', 'Le docteur Fritsch ne la suit plus.'])
    // She comes back: what was hers then, and nothing of what was said without her.
    await aSight(db, personId, String(doctor.professionalId), { basis: 'care_team' })
    expect(await bodies(doctor, id)).toEqual(['Tension à 15.'])
    await expect(send(doctor, id, 'Bonjour')).rejects.toMatchObject({ kind: 'forbidden' })
    await call(gate, registry, addParticipants, julie, { threadId: id, participants: [doctor.userId] })
    await send(julie, id, 'De nouveau avec nous.')
    expect(await bodies(doctor, id)).toEqual(['Tension à 15.', 'De nouveau avec nous.'])
  })

  it('is suspended by an opposition, and comes back when it is lifted', async () => {
    const personId = await aFollowedPerson()
    const id = await aThread(personId)
    await send(julie, id, 'Avant.')
    await sights(personId, `suspended_at = now(), suspensions = '{opposition}'`, doctor)
    await circleChanged(personId)
    await expect(bodies(doctor, id)).rejects.toMatchObject(absent)
    expect((await call(gate, registry, threads, doctor, { only: 'unread' })).rows.map((row) => row.id)).not.toContain(id)
    const before = (await owner.query(`select audience from platform.event_inbox where type = 'conversations.message.sent'`)).rowCount ?? 0
    await send(julie, id, 'Pendant.')
    const { rows } = await owner.query(`select audience from platform.event_inbox where type = 'conversations.message.sent' order by at, id`)
    expect(rows.slice(before).map((row) => row.audience)).toEqual([[julie.userId]])
    await sights(personId, `suspended_at = null, suspensions = '{}'`, doctor)
    expect(await bodies(doctor, id)).toEqual(['Avant.', 'Pendant.'])
  })

  it('closes to the colleague from whom the person keeps her health, by name, though her service sees it', async () => {
    const personId = await aFollowedPerson()
    const id = await aThread(personId, { participants: [karim.userId] })
    await send(julie, id, 'Avant.')
    await owner.query(
      `insert into persons.withheld_volet (id, person_id, withholds, from_party_id, since, mode, given_by, recorded_at, recorded_by, recorded_by_name, holder_org)
        values ($1, $2, 'health', $3, current_date, 'oral', 'person', now(), $4, 'Julie Marchal', $5)`,
      [newId(), personId, karim.userId, julie.userId, dac.id],
    )
    await expect(bodies(karim, id)).rejects.toMatchObject(absent)
    await send(julie, id, 'Après.')
    const { rows } = await owner.query(`select audience from platform.event_inbox where type = 'conversations.message.sent' order by at desc, id desc limit 1`)
    expect(rows[0].audience).toEqual([julie.userId])
    expect(await bodies(julie, id)).toEqual(['Avant.', 'Après.'])
  })

  it('ends for her who leaves her service, though nothing of the person says it; what was said while she was away stays closed when she is back', async () => {
    const personId = await aFollowedPerson()
    const lea = await anActor(db, { givenName: 'Léa', familyName: 'Humbert', service: dac })
    // A right of her own that ended before she took part says nothing of when she left.
    await aSight(db, personId, lea.userId, { basis: 'care_team', since: '2026-01-01T08:00:00Z', until: '2026-02-01T08:00:00Z' })
    const id = await aThread(personId, { participants: [doctor.userId, lea.userId] })
    await send(julie, id, 'Avec Léa.')
    const leaves = (on: string | null) => owner.query('update territory.membership set ends_on = $2 where user_id = $1', [lea.userId, on])
    const present = async () => (await call(gate, registry, thread, julie, { id })).participants.filter(({ leftAt }) => leftAt === null).map(({ name }) => name)
    await sights(personId, `suspended_at = now(), suspensions = '{opposition}'`, doctor)
    await endPartsOfThoseWhoLeft(db, clock())
    expect((await present()).toSorted()).toEqual(['Anne-Laure Fritsch', 'Julie Marchal', 'Léa Humbert'])
    await leaves('2021-12-31')
    clock.advance(1000)
    expect(await endPartsOfThoseWhoLeft(db, clock())).toBe(1)
    expect(await endPartsOfThoseWhoLeft(db, clock())).toBe(0)
    // Whoever is suspended by the person stays: it comes back when she lifts it.
    expect((await present()).toSorted()).toEqual(['Anne-Laure Fritsch', 'Julie Marchal'])
    await send(julie, id, 'Sans Léa.')
    await leaves(null)
    expect(await bodies(lea, id)).toEqual(['Avec Léa.'])
  })

  it('of the whole circle welcomes a newcomer from her arrival on', async () => {
    const personId = await aFollowedPerson()
    const id = await aThread(personId, { reach: 'circle', participants: [] })
    await send(julie, id, 'Avant elle.')
    await aSight(db, personId, String(nurse.professionalId), { basis: 'care_team' })
    await circleChanged(personId)
    await circleChanged(personId)
    await send(doctor, id, 'Avec elle.')
    expect(await bodies(nurse, id)).toEqual(['Avec elle.'])
    const head = await call(gate, registry, thread, nurse, { id })
    expect(head.participants.filter(({ userId }) => userId === nurse.userId)).toHaveLength(1)
  })

  it('around a person in danger, names nobody of a sensitive structure to the circle, and brings nobody of it in with the whole circle', async () => {
    const personId = await aFollowedPerson()
    const refuge = await aService(db, { kind: 'other', name: 'Foyer L’Éclaircie', finess: '880000111' })
    const worker = { category: 'social', functions: ['outside_professional'] } as const
    const ofTheRefuge = await anActor(db, { ...worker, givenName: 'Inès', familyName: 'Roux', professionalId: newId(), service: refuge })
    const byHerCard = await anActor(db, { ...worker, givenName: 'Paul', familyName: 'Adam', professionalId: newId() })
    for (const one of [ofTheRefuge, byHerCard])
      await aSight(db, personId, String(one.professionalId), { basis: 'care_team', volets: ['administrative', 'social'] })
    const listed = async (by: Actor) => (await call(gate, registry, reachable, by, { personId })).rows.map(({ name }) => name)
    expect(await listed(doctor)).toEqual(expect.arrayContaining(['Inès Roux', 'Paul Adam', 'Julie Marchal']))
    await owner.query(
      `with marked as (insert into persons.sensitive_structure (party_id, reason, since, marked_by, marked_by_name)
          select p, 'Hébergement protégé', now(), $1, 'X' from unnest(array[territory.party_id('finess:880000111'), $2::uuid]) p)
        insert into persons.non_disclosure (id, person_id, kind, towards, since, recorded_by, holder_org) values (gen_random_uuid(), $3, 'at_risk', 'Marc Perrin', '2026-10-01', $1, $4)`,
      [julie.userId, byHerCard.professionalId, personId, dac.id],
    )
    expect(await listed(doctor)).toEqual(expect.arrayContaining(['Alain Colin', 'Julie Marchal', 'Karim Belkacem']))
    expect((await listed(doctor)).join()).not.toMatch(/Roux|Adam/)
    expect(await listed(byHerCard)).not.toContain('Inès Roux')
    // Those who answer for the person know all of her circle.
    const { rows } = await call(gate, registry, reachable, julie, { personId })
    expect(rows.filter(({ userId }) => [ofTheRefuge.userId, byHerCard.userId].includes(userId)).map(({ follows }) => follows)).toEqual([false, false])
    const id = await aThread(personId, { reach: 'circle', volet: 'social', participants: [] })
    await circleChanged(personId)
    const present = (await call(gate, registry, thread, doctor, { id })).participants.map(({ name }) => name)
    expect(present.toSorted()).toEqual(['Alain Colin', 'Anne-Laure Fritsch', 'Julie Marchal'])
    await expect(aThread(personId, { volet: 'social', participants: [ofTheRefuge.userId] }, doctor)).rejects.toMatchObject({
      code: 'conversations.not_reachable',
    })
    await aThread(personId, { volet: 'social', participants: [ofTheRefuge.userId] })
  })

  it('whoever was in a conversation before the danger was known is named there no more, but to those who answer for the person and to herself', async () => {
    const personId = await aFollowedPerson()
    const worker = await anActor(db, {
      category: 'social',
      functions: ['outside_professional'],
      givenName: 'Léa',
      familyName: 'Vidal',
      professionalId: newId(),
    })
    await aSight(db, personId, String(worker.professionalId), { basis: 'care_team', volets: ['administrative', 'social'] })
    const id = await aThread(personId, { volet: 'social', participants: [worker.userId, doctor.userId] })
    await send(worker, id, 'Elle dort ici.')
    const read = async (by: Actor) => {
      const head = await call(gate, registry, thread, by, { id })
      const said = await call(gate, registry, messages, by, { threadId: id })
      return JSON.stringify([head, said])
    }
    expect(await read(doctor)).toContain('Vidal')
    await owner.query(
      `with marked as (insert into persons.sensitive_structure (party_id, reason, since, marked_by, marked_by_name) values ($2, 'Hébergement protégé', now(), $1, 'X'))
        insert into persons.non_disclosure (id, person_id, kind, towards, since, recorded_by, holder_org) values (gen_random_uuid(), $3, 'at_risk', 'Marc Perrin', '2026-10-01', $1, $4)`,
      [julie.userId, worker.professionalId, personId, dac.id],
    )
    const after = await read(doctor)
    expect(after).toContain('Elle dort ici.')
    expect(after).not.toContain('Vidal')
    expect(after).toContain('Un membre du cercle')
    for (const by of [julie, worker]) expect(await read(by)).toContain('Vidal')
  })

  it('says nothing of who answers a message from before one came', async () => {
    const personId = await aFollowedPerson()
    const id = await aThread(personId)
    const old = newId<MessageId>()
    await call(gate, registry, sendMessage, julie, { id: old, threadId: id, body: 'Ancien secret.' })
    await call(gate, registry, addParticipants, julie, { threadId: id, participants: [karim.userId] })
    await send(doctor, id, 'Je réponds.', { replyTo: old })
    const { rows } = await call(gate, registry, messages, karim, { threadId: id })
    expect(rows.map(({ body, replyTo }) => [body, replyTo?.excerpt])).toEqual([['Je réponds.', null]])
    expect((await call(gate, registry, search, karim, { words: 'secret' })).rows).toEqual([])
  })
})

describe('participants', () => {
  it('are changed by the DAC or by whoever opened; others are told why not', async () => {
    const personId = await aFollowedPerson()
    const id = await aThread(personId)
    await expect(call(gate, registry, addParticipants, doctor, { threadId: id, participants: [karim.userId] })).rejects.toMatchObject({ kind: 'forbidden' })
    await call(gate, registry, addParticipants, julie, { threadId: id, participants: [karim.userId], withPast: true })
    await expect(call(gate, registry, addParticipants, julie, { threadId: id, participants: [karim.userId] })).rejects.toMatchObject({
      code: 'conversations.already_there',
    })
    await call(gate, registry, removeParticipant, karim, { threadId: id, userId: doctor.userId })
    await expect(call(gate, registry, removeParticipant, karim, { threadId: id, userId: doctor.userId })).rejects.toMatchObject({
      code: 'conversations.not_there',
    })
    await expect(send(doctor, id, 'Encore là ?')).rejects.toMatchObject({ kind: 'forbidden' })
  })

  it('are given with « ce qui précède » what the giver has herself, and nothing from before her', async () => {
    const id = await aThread(await aFollowedPerson())
    await send(doctor, id, 'Avant Karim.')
    await call(gate, registry, addParticipants, julie, { threadId: id, participants: [karim.userId] })
    await send(julie, id, 'Avec Karim.')
    const lea = await anActor(db, { givenName: 'Léa', familyName: 'Humbert', service: dac })
    await call(gate, registry, addParticipants, karim, { threadId: id, participants: [lea.userId], withPast: true })
    expect(await bodies(lea, id)).toEqual(['Avec Karim.'])
    const sara = await anActor(db, { givenName: 'Sara', familyName: 'Klein', service: dac })
    await call(gate, registry, addParticipants, julie, { threadId: id, participants: [sara.userId], withPast: true })
    expect(await bodies(sara, id)).toEqual(['Avant Karim.', 'Avec Karim.'])
  })

  it('who leave keep what they read, and nothing that follows: neither words, nor names, nor the time of the last message', async () => {
    const id = await aProfessionalThread([doctor, nurse])
    await send(julie, id, 'Avant.')
    clock.advance(60_000)
    await call(gate, registry, leaveThread, nurse, { threadId: id })
    const left = clock().toISOString()
    clock.advance(60_000)
    await call(gate, registry, addParticipants, julie, { threadId: id, participants: [karim.userId] })
    await send(julie, id, 'Après.')
    expect(await bodies(nurse, id)).toEqual(['Avant.'])
    const head = await call(gate, registry, thread, nurse, { id })
    expect(head).toMatchObject({ mine: null, lastNumber: 1 })
    expect(head.participants.map(({ userId }) => userId)).not.toContain(karim.userId)
    const line = (await call(gate, registry, threads, nurse, {})).rows.find((row) => row.id === id)
    expect(line).toMatchObject({ present: false, unread: 0, lastAt: left, last: { excerpt: 'Avant.' } })
  })

  it('one who is removed while she writes: her message is refused, none of it is left behind', async () => {
    const id = await aProfessionalThread([doctor, nurse])
    const outcomes = await Promise.allSettled([
      send(nurse, id, 'Je réponds'),
      call(gate, registry, removeParticipant, julie, { threadId: id, userId: nurse.userId }),
    ])
    expect(outcomes[1]?.status).toBe('fulfilled')
    const until = (await owner.query('select until_number from conversations.participant where thread_id = $1 and user_id = $2', [id, nurse.userId])).rows[0]
    expect(until.until_number).toBe(outcomes[0]?.status === 'fulfilled' ? 1 : 0)
  })
})

describe('a conversation outside any file', () => {
  it('is found by names, whatever accents and capitals', async () => {
    const { rows } = await call(gate, registry, professionals, julie, { words: 'noel' })
    expect(rows.map(({ name }) => name)).toEqual(['Thomas Noël'])
    expect((await call(gate, registry, professionals, julie, { words: 'cabinet fritsch' })).rows.map(({ name }) => name)).toEqual(['Anne-Laure Fritsch'])
  })

  it('is opened among professionals only, never with the account of somebody who is followed, nor of whoever works nowhere any more', async () => {
    const service = await aService(db, { kind: 'other', name: 'Espace des personnes' })
    const followed = await anActor(db, { givenName: 'Odile', familyName: 'Perrin', functions: ['person'], category: 'administrative', service })
    const gone = await anActor(db, { givenName: 'Jean', familyName: 'Claudel', service: dac, endsOn: '2021-12-31' })
    const id = await aProfessionalThread()
    for (const one of [followed, gone]) {
      await expect(aProfessionalThread([doctor, one])).rejects.toMatchObject({ code: 'conversations.not_reachable' })
      await expect(call(gate, registry, addParticipants, julie, { threadId: id, participants: [one.userId] })).rejects.toMatchObject({
        code: 'conversations.not_reachable',
      })
    }
  })

  it('warns when a message names somebody of the caseload, and lets through what she says names nobody', async () => {
    await aFollowedPerson()
    const id = await aProfessionalThread()
    await expect(send(julie, id, 'Mme Perrin est sortie.')).rejects.toMatchObject({ code: 'conversations.names_somebody', details: { names: ['PERRIN'] } })
    await expect(send(julie, id, 'Matricule 2 41 03 88 123 456 : qui la suit ?')).rejects.toMatchObject({ code: 'conversations.names_somebody' })
    await send(julie, id, 'La rue Perrin est barrée.', { namesNobody: true })
    // Whoever does not see Mme Perrin learns nothing of whether she is followed.
    const newcomer = await anActor(db, { givenName: 'Léa', familyName: 'Humbert', functions: ['outside_professional'], service: dac })
    await call(gate, registry, addParticipants, julie, { threadId: id, participants: [newcomer.userId] })
    await send(newcomer, id, 'Perrin, c’est qui ?')
    await send(julie, id, 'Le Dr Fritsch sera absent.')
    expect(await bodies(julie, id)).toHaveLength(3)
  })

  it('knows a name whatever its accents, hyphens and case, as it is typed in the file and in the message', async () => {
    for (const [usedName, birthName] of [
      ['Wurtz', 'Müller'],
      ['de La Tour', 'Gérard-Lévêque'],
      ['Schœnberg', 'STRAUẞ'],
    ] as const) {
      const personId = await aFollowedPerson()
      await owner.query('update persons.person set used_name = $2, birth_name = $3 where person_id = $1', [personId, usedName, birthName])
    }
    const id = await aProfessionalThread()
    for (const [words, name] of [
      ['Mme Wurtz est sortie.', 'WURTZ'],
      ['Elle est née Müller.', 'MULLER'],
      ['De La Tour est sortie.', 'DE LA TOUR'],
      ['Gérard Lévêque appelle.', 'GERARD LEVEQUE'],
      ['Mme Gérard-Lévêque appelle.', 'GERARD-LEVEQUE'],
      ['Mme Schoenberg dort.', 'SCHOENBERG'],
    ] as const)
      await expect(send(julie, id, words)).rejects.toMatchObject({ code: 'conversations.names_somebody', details: { names: [name] } })
    await send(julie, id, 'Le Tour de garde est fait.')
  })
})

describe('messages', () => {
  it('sent twice by a weak network are written once', async () => {
    const id = await aProfessionalThread()
    const message = newId<MessageId>()
    const once = await call(gate, registry, sendMessage, julie, { id: message, threadId: id, body: 'Bonjour' }, message)
    const again = await call(gate, registry, sendMessage, julie, { id: message, threadId: id, body: 'Bonjour' }, message)
    expect(again).toEqual(once)
    expect(await bodies(doctor, id)).toEqual(['Bonjour'])
  })

  it('written by everybody at once are numbered without a gap, each once', async () => {
    const id = await aProfessionalThread()
    const writers = [julie, doctor, nurse]
    await Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        call(gate, registry, sendMessage, writers[i % 3] as Actor, { id: newId<MessageId>(), threadId: id, body: `n° ${i}` }),
      ),
    )
    const { rows } = await call(gate, registry, messages, julie, { threadId: id, limit: 200 })
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1))
    expect(new Set(rows.map(({ body }) => body)).size).toBe(60)
  })

  it('empty, too long, or in a conversation that does not exist, are refused', async () => {
    const id = await aProfessionalThread()
    await expect(send(julie, id, '   ')).rejects.toMatchObject({ code: 'conversations.empty' })
    await expect(send(julie, id, 'a'.repeat(4001))).rejects.toMatchObject({ code: 'input_invalid' })
    await expect(send(julie, newId<ThreadId>(), 'Bonjour')).rejects.toMatchObject(absent)
  })

  it('are read page by page, backwards, and from where one had stopped', async () => {
    const id = await aProfessionalThread()
    for (let i = 1; i <= 12; i += 1) await send(julie, id, `n° ${i}`)
    const last = await call(gate, registry, messages, doctor, { threadId: id, limit: 5 })
    expect([last.rows.map(({ number }) => number), last.more]).toEqual([[8, 9, 10, 11, 12], true])
    const before = await call(gate, registry, messages, doctor, { threadId: id, before: 3, limit: 5 })
    expect([before.rows.map(({ number }) => number), before.more]).toEqual([[1, 2], false])
    const missed = await call(gate, registry, messages, doctor, { threadId: id, after: 9, limit: 5 })
    expect([missed.rows.map(({ number }) => number), missed.more]).toEqual([[10, 11, 12], false])
  })

  it('are found by their words, without accents, in my conversations', async () => {
    const id = await aProfessionalThread()
    await send(julie, id, 'Réunion à l’hôpital d’Épinal : 14 h, 100 % des équipes')
    expect((await call(gate, registry, search, doctor, { words: 'epinal HOPITAL' })).rows).toHaveLength(1)
    expect((await call(gate, registry, search, doctor, { words: '100 %' })).rows).toHaveLength(1)
    expect((await call(gate, registry, search, doctor, { words: 'épinal gare' })).rows).toEqual([])
  })

  it('cannot be changed nor taken away by the application', async () => {
    await expect(
      db.kysely.transaction().execute(async (tx) => {
        await sql`update conversations.message set body = 'autre'`.execute(tx)
      }),
    ).rejects.toThrow(/permission denied/)
  })

  it('become a note or a task once, and say it to those who read them', async () => {
    const personId = await aFollowedPerson()
    const id = await aThread(personId)
    const message = newId<MessageId>()
    await call(gate, registry, sendMessage, julie, { id: message, threadId: id, body: 'Commander un lit.' })
    const target = await aTask(db, { dac: dac.id, assigneeId: julie.userId, personId })
    await call(gate, registry, linkOutcome, julie, { id: newId(), messageId: message, kind: 'task', targetId: target })
    await call(gate, registry, linkOutcome, julie, { id: newId(), messageId: message, kind: 'task', targetId: target })
    const { rows } = await call(gate, registry, messages, doctor, { threadId: id })
    expect(rows[0]?.outcomes).toEqual([{ kind: 'task', targetId: target, madeByName: 'Julie Marchal' }])
    await expect(call(gate, registry, linkOutcome, karim, { id: newId(), messageId: message, kind: 'note', targetId: newId() })).rejects.toMatchObject(absent)
  })

  it('say what they became of the same person only, and to those who still take part', async () => {
    const personId = await aFollowedPerson()
    const id = await aThread(personId, { participants: [doctor.userId, karim.userId] })
    const message = newId<MessageId>()
    await call(gate, registry, sendMessage, julie, { id: message, threadId: id, body: 'Commander un lit.' })
    const link = (by: Actor, targetId: string, kind: 'task' | 'note' = 'task') =>
      call(gate, registry, linkOutcome, by, { id: newId(), messageId: message, kind, targetId })
    const task = (of: PersonId | null) => aTask(db, { dac: dac.id, assigneeId: julie.userId, personId: of })
    for (const elsewhere of [await task(await aFollowedPerson()), await task(null), newId()]) await expect(link(julie, elsewhere)).rejects.toMatchObject(absent)
    const hers = await task(personId)
    // Of the DAC alone: the doctor does not see the task.
    await expect(link(doctor, hers)).rejects.toMatchObject(absent)
    await expect(link(julie, hers, 'note')).rejects.toMatchObject(absent)
    await call(gate, registry, removeParticipant, julie, { threadId: id, userId: karim.userId })
    await expect(link(karim, hers)).rejects.toMatchObject({ code: 'conversations.you_left' })
    await link(julie, hers)
  })
})

describe('files', () => {
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

  it('go with a message, and open to those who read it', async () => {
    const id = await aProfessionalThread()
    const picture = newId<FileId>()
    await call(gate, registry, addFile, julie, { id: picture, threadId: id, name: 'plan.jpg', content: png.toString('base64') })
    await expect(call(gate, registry, file, doctor, { id: picture })).rejects.toMatchObject(absent)
    await send(julie, id, '', { files: [picture] })
    const { rows } = await call(gate, registry, messages, doctor, { threadId: id })
    expect(rows[0]?.files).toMatchObject([{ id: picture, name: 'plan.jpg.png', mediaType: 'image/png', width: 1, height: 1 }])
    const opened = await call(gate, registry, file, doctor, { id: picture })
    expect(Buffer.from(opened.content, 'base64').subarray(1, 4).toString()).toBe('PNG')
    await expect(call(gate, registry, file, stranger, { id: picture })).rejects.toMatchObject(absent)
  })

  it('of somebody else, sent already, or gone, are refused with the message', async () => {
    const id = await aProfessionalThread()
    const hers = newId<FileId>()
    await call(gate, registry, addFile, doctor, { id: hers, threadId: id, name: 'a.png', content: png.toString('base64') })
    await expect(send(julie, id, 'Voici', { files: [hers] })).rejects.toMatchObject({ code: 'attachment_missing' })
    await send(doctor, id, 'Voici', { files: [hers] })
    await expect(send(doctor, id, 'Encore', { files: [hers] })).rejects.toMatchObject({ code: 'attachment_missing' })
    expect(await bodies(julie, id)).toEqual(['Voici'])
  })

  it('never sent are destroyed after a day', async () => {
    const id = await aProfessionalThread()
    const left = newId<FileId>()
    await call(gate, registry, addFile, julie, { id: left, threadId: id, name: 'a.png', content: png.toString('base64') })
    const purge = (hours: number) => asSystem(db, 'purge in a test', (tx) => destroyUnsentFiles(tx, new Date(clock().getTime() + hours * 3_600_000)))
    await purge(23)
    expect(await call(gate, registry, file, julie, { id: left })).toMatchObject({ name: 'a.png' })
    await purge(25)
    await expect(call(gate, registry, file, julie, { id: left })).rejects.toMatchObject(absent)
  })
})

describe('volume', () => {
  it('counts and lists what is mine among many conversations without reading the others’', async () => {
    const others = (await unreadOf(karim)).threads
    await owner.query(
      `with t as (insert into conversations.thread (id, subject, reach, last_number, last_at, created_at, created_by, created_by_name, volet, holder_org)
          select gen_random_uuid(), 'Fil ' || i, 'chosen', 40, now(), now(), $1, 'X', 'administrative', $3 from generate_series(1, 500) i returning id),
        p as (insert into conversations.participant (id, thread_id, user_id, name, from_number, seen_number, joined_at, volet, holder_org)
          select gen_random_uuid(), t.id, u, 'X', 1, 39, now(), 'administrative', $3 from t cross join unnest(array[$1, $2]::uuid[]) u)
        insert into conversations.message (id, thread_id, number, author_id, author_name, body, sent_at, search_key, volet, holder_org)
          select gen_random_uuid(), t.id, n, $1, 'X', 'Message ' || n, now(), 'message ' || n, 'administrative', $3 from t, generate_series(1, 40) n`,
      [stranger.userId, karim.userId, dac.id],
    )
    await owner.query('analyze conversations.thread; analyze conversations.participant; analyze conversations.message')
    const timed = async (work: () => Promise<unknown>) => {
      const start = performance.now()
      await work()
      return performance.now() - start
    }
    const own = await aProfessionalThread([doctor])
    await send(julie, own, 'Bonjour')
    const of = (actor: Actor) => async () => {
      await unreadOf(actor)
      await call(gate, registry, threads, actor, { limit: 40 })
    }
    await of(karim)()
    expect(await timed(of(karim))).toBeLessThan(400)
    expect((await unreadOf(karim)).threads).toBe(500 + others)
    expect(await timed(() => call(gate, registry, search, karim, { words: 'message 39' }))).toBeLessThan(800)
  })
})

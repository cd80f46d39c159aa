import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../src/agenda/contract/actions.ts'
import { agendaLists } from '../src/agenda/testing/builders.ts'
import { personTables } from '../src/app/server/person-data.ts'
import { registry } from '../src/app/server/registry.ts'
import { startAssessment } from '../src/assessments/contract/actions.ts'
import type { EpisodeId } from '../src/episodes/contract/episode.ts'
import { anEpisode, episodeLists } from '../src/episodes/testing/builders.ts'
import { changeReading, wipeDevice } from '../src/offline/contract/actions.ts'
import { type Envelope, sealEnvelope } from '../src/offline/contract/envelope.ts'
import { leftBehind, myDevices, reading, tour } from '../src/offline/contract/queries.ts'
import type { Terms } from '../src/offline/contract/terms.ts'
import { tellOfDeposits } from '../src/offline/server/announce-deposits.ts'
import { insertDeposit } from '../src/offline/server/offline.sql.ts'
import { addOfflineRoutes } from '../src/offline/server/routes.ts'
import { aPerson } from '../src/persons/testing/builders.ts'
import type { Actor } from '../src/platform/contract/actor.ts'
import { newId, type PersonId } from '../src/platform/contract/ids.ts'
import { asSystem } from '../src/platform/server/db.ts'
import { createHttp } from '../src/platform/server/http.ts'
import { createLog } from '../src/platform/server/log.ts'
import { createMetrics } from '../src/platform/server/metrics.ts'
import { openSession } from '../src/platform/server/sessions.ts'
import { call, testClock, testGate } from '../src/platform/testing/gate.ts'
import { testDatabase } from '../src/platform/testing/test-database.ts'
import { applyRetention } from '../src/privacy/server/retention.ts'
import { openCallers } from '../src/territory/server/callers.ts'
import { anActor, aService, type BuiltService } from '../src/territory/testing/builders.ts'

const { db } = await testDatabase()
const clock = testClock('2026-10-15T07:42:00Z')
const gate = testGate(db, clock)
const publicUrl = 'http://localhost:8000'

let http: FastifyInstance
let dac: BuiltService
let julie: Actor
let karim: Actor
let personId: PersonId
beforeAll(async () => {
  await episodeLists(db)
  await agendaLists(db)
  dac = await aService(db, { name: 'DAC Hautes-Vallées' })
  julie = await anActor(db, { service: dac })
  karim = await anActor(db, { service: dac, givenName: 'Karim', familyName: 'Belkacem' })
  const episodeId = newId<EpisodeId>()
  personId = await aPerson(db, { dac: dac.id, episodeId })
  await anEpisode(db, { id: episodeId, personId, dac: dac.id, referentId: julie.userId, binomeId: karim.userId })
  const { identify } = openCallers(db, { publicUrl, timeZone: 'Europe/Paris', clock })
  http = await createHttp({ gate, registry, log: createLog('silent'), metrics: createMetrics(), publicUrl, trustProxy: false, identify })
  addOfflineRoutes(http, { gate, registry, publicUrl, sealingKeys: ['a secret of the tests, of no installation'], identify })
})
afterAll(() => http.close())

async function signIn(actor: Actor): Promise<string> {
  const membershipId = (
    await asSystem(db, 'her membership', (tx) => sql<{ id: string }>`select id from territory.membership where user_id = ${actor.userId}`.execute(tx))
  ).rows[0]?.id as string
  return (await openSession(db, { userId: actor.userId, membershipId, now: clock(), absoluteMinutes: 600 })).token
}
async function post<T>(path: string, body: object, token?: string): Promise<{ readonly status: number; readonly body: T }> {
  const answer = await http.inject({
    method: 'POST',
    url: `/api/offline/${path}`,
    headers: { 'x-jalon': '1', 'content-type': 'application/json', ...(token === undefined ? {} : { cookie: `jalon=${token}` }) },
    payload: JSON.stringify(body),
  })
  return { status: answer.statusCode, body: answer.json() as T }
}
const aDeviceSecret = () => ({ device: newId() as string, secret: randomBytes(32).toString('base64url') })
const aNote = async (terms: Terms, actor: Actor, body: string): Promise<Envelope> =>
  sealEnvelope(
    terms.seal,
    { id: newId(), userId: actor.userId, action: 'liaison.note.write', writtenAt: clock().toISOString() },
    { input: { id: newId(), personId, type: 'observation', body, volet: 'social' }, key: newId(), token: terms.token },
  )
const notes = async (body: string): Promise<number> =>
  (await asSystem(db, 'look in a test', (tx) => sql<{ n: number }>`select count(*)::int as n from liaison.note where body = ${body}`.execute(tx))).rows[0]?.n ??
  -1
const termsOf = async (token: string, carries: object | null = null): Promise<Terms> => (await post<Terms>('terms', { carries }, token)).body

describe('the keys of a session', () => {
  it('open the copies of that session only, until the hour of the region, never past its end', async () => {
    const [one, other] = [await signIn(julie), await signIn(julie)]
    const terms = await termsOf(one)
    expect((await termsOf(one)).readSecret).toBe(terms.readSecret)
    expect((await termsOf(other)).readSecret).not.toBe(terms.readSecret)
    // Twelve hours for the region, ten for a session.
    expect(terms.readUntil).toBe('2026-10-15T17:42:00.000Z')
    await asSystem(db, 'the region decides', (tx) =>
      sql`update platform.setting set value = '{"hours": 4, "reopening": false}' where key = 'offline.reading'`.execute(tx),
    )
    expect(await termsOf(one)).toMatchObject({ readUntil: '2026-10-15T11:42:00.000Z', reopening: false })
    expect((await post('terms', { carries: null })).status).toBe(401)
  })

  it('follow what the region decides for files taken before: at the next contact, counted from the hour at which they were taken', async () => {
    const admin = await anActor(db, { service: dac, functions: ['regional_admin'] })
    const token = await signIn(julie)
    const device = aDeviceSecret()
    const decide = async (hours: number) => {
      const { version } = await call(gate, registry, reading, admin, {})
      return call(gate, registry, changeReading, admin, {
        baseVersion: version,
        hours,
        reopening: true,
        justification: 'Une demi-journée de visites suffit ici.',
      })
    }
    await decide(8)
    const taken = await termsOf(token, device)
    expect(taken.readUntil).toBe('2026-10-15T15:42:00.000Z')
    await decide(2)
    clock.advance(1_800_000)
    const held = async (holds: object, session = token): Promise<string> => (await post<Terms>('terms', { carries: null, holds }, session)).body.readUntil
    expect(new Date(await held(device)).toISOString()).toBe('2026-10-15T09:42:00.000Z')
    const rows = (await call(gate, registry, myDevices, julie, {})).rows
    expect(rows.find(({ id }) => id === device.device)?.readUntil).toMatch(/09:42/)
    // Another secret, or another session, holds nothing of that device.
    expect(await held({ ...device, secret: aDeviceSecret().secret })).toBe('2026-10-15T10:12:00.000Z')
    expect(await held(device, await signIn(julie))).toBe('2026-10-15T10:12:00.000Z')
    clock.advance(-1_800_000)
  })

  it('are bounded and explained: nobody but the region, one to twenty-four hours, a written reason, no version lost', async () => {
    const admin = await anActor(db, { service: dac, functions: ['regional_admin'] })
    const { version, history } = await call(gate, registry, reading, admin, {})
    const justification = 'Les tournées de montagne durent la journée entière.'
    const change = (input: object) =>
      call(gate, registry, changeReading, admin, { baseVersion: version, hours: 10, reopening: false, justification, ...input } as never)
    for (const hours of [0, 25, 1.5]) await expect(change({ hours })).rejects.toMatchObject({ code: 'input_invalid' })
    await expect(change({ justification: 'Trop court.' })).rejects.toMatchObject({ code: 'input_invalid' })
    await expect(call(gate, registry, changeReading, julie, { baseVersion: version, hours: 10, reopening: false, justification })).rejects.toMatchObject({
      kind: 'forbidden',
    })
    await change({})
    await expect(change({ hours: 5 })).rejects.toMatchObject({ code: 'setting_changed' })
    const after = await call(gate, registry, reading, admin, {})
    expect(after).toMatchObject({ hours: 10, reopening: false, version: version + 1, sessionMinutes: 600 })
    expect(after.history.slice(1)).toEqual(history)
    expect(after.history[0]).toMatchObject({ words: '10\u00a0h, sans réouverture', justification, changedBy: admin.displayName })
  })
})

describe('an envelope', () => {
  it('is merged once however often it is sent, by the ordinary action', async () => {
    const token = await signIn(julie)
    const envelope = await aNote(await termsOf(token), julie, 'Vue à domicile, sans réseau.')
    const [first, again] = [await post('deliver', { envelope }, token), await post('deliver', { envelope }, token)]
    expect(first).toMatchObject({ status: 200 })
    expect(again).toEqual(first)
    expect(await notes('Vue à domicile, sans réseau.')).toBe(1)
  })

  it('survives the month and the secret under which it was sealed', async () => {
    const token = await signIn(julie)
    const envelope = await aNote(await termsOf(token), julie, 'Écrite en octobre.')
    const later = await createHttp({
      gate,
      registry,
      log: createLog('silent'),
      metrics: createMetrics(),
      publicUrl,
      trustProxy: false,
      identify: async () => null,
    })
    addOfflineRoutes(later, {
      gate,
      registry,
      publicUrl,
      sealingKeys: ['another secret of the tests, a newer one', 'a secret of the tests, of no installation'],
      identify: openCallers(db, { publicUrl, timeZone: 'Europe/Paris', clock }).identify,
    })
    const answer = await later.inject({
      method: 'POST',
      url: '/api/offline/deliver',
      headers: { 'x-jalon': '1', 'content-type': 'application/json', cookie: `jalon=${token}` },
      payload: JSON.stringify({ envelope }),
    })
    expect(answer.statusCode).toBe(200)
    await later.close()
  })

  it('of a colleague is neither merged nor read by whoever is signed in', async () => {
    const hers = await signIn(julie)
    const his = await signIn(karim)
    const envelope = await aNote(await termsOf(hers), julie, 'Les mots de Julie.')
    expect((await post('deliver', { envelope }, his)).status).toBe(404)
    expect((await post('words', { envelope }, his)).status).toBe(404)
    expect(await notes('Les mots de Julie.')).toBe(0)
  })

  it('slipped in by somebody else under her name is refused: its writer had no session of hers', async () => {
    const hers = await signIn(julie)
    const forged = await aNote({ ...(await termsOf(hers)), token: (await termsOf(await signIn(karim))).token }, julie, 'Des mots que Julie n’a pas écrits.')
    expect(await post('deliver', { envelope: forged }, hers)).toMatchObject({ status: 422, body: { code: 'offline.seal_broken' } })
  })

  it('changed on its way is refused, and so is an action that is not written without network', async () => {
    const token = await signIn(julie)
    const terms = await termsOf(token)
    const envelope = await aNote(terms, julie, 'Sans retouche.')
    for (const changed of [
      { ...envelope, action: 'liaison.note.reply' },
      { ...envelope, writtenAt: '2026-10-01T08:00:00.000Z' },
    ])
      expect((await post('deliver', { envelope: changed }, token)).status).toBe(422)
    const other = await sealEnvelope(terms.seal, { ...envelope, action: 'episodes.episode.close' }, { input: {}, key: newId(), token: terms.token })
    expect(await post('deliver', { envelope: other }, token)).toMatchObject({ status: 422, body: { code: 'offline.seal_broken' } })
  })

  it('gives its words again to their author, and leaves a trace of it', async () => {
    const token = await signIn(julie)
    const envelope = await aNote(await termsOf(token), julie, 'À relire.')
    expect(await post('words', { envelope }, token)).toMatchObject({ status: 200, body: { action: 'liaison.note.write', input: { body: 'À relire.' } } })
    const { rows } = await asSystem(db, 'look in a test', (tx) =>
      sql<{ persons: string[] }>`select person_ids as persons from audit.inbox where name = 'offline.words' and outcome = 'done'`.execute(tx),
    )
    expect(rows.at(-1)?.persons).toEqual([personId])
  })

  it('says of nobody else that she was read, whoever an envelope names', async () => {
    const token = await signIn(julie)
    const terms = await termsOf(token)
    const stranger = await aPerson(db, { dac: (await aService(db, { name: 'DAC des Sources' })).id })
    const head = await aNote(terms, julie, 'À relire.')
    for (const personId of ['abc', newId(), stranger]) {
      const envelope = await sealEnvelope(terms.seal, { ...head, id: newId() }, { input: { personId, body: 'À relire.' }, key: newId(), token: terms.token })
      expect(await post('words', { envelope }, token)).toMatchObject({ status: 200, body: { input: { personId } } })
    }
    const { rows } = await asSystem(db, 'look in a test', (tx) =>
      sql<{ persons: string[] }>`select person_ids as persons from audit.inbox where name = 'offline.words' order by at desc limit 3`.execute(tx),
    )
    expect(rows.map(({ persons }) => persons)).toEqual([[], [], []])
  })
})

describe('a device that is erased', () => {
  it('hears it without a session, leaves its envelopes, and says that it is done; they are merged at the next login', async () => {
    const token = await signIn(julie)
    const device = aDeviceSecret()
    const envelope = await aNote(await termsOf(token, device), julie, 'Écrite avant l’effacement.')
    expect((await post('orders', device)).body).toEqual({ wipe: false, mayLeave: true })
    await call(gate, registry, wipeDevice, julie, { id: device.device })
    expect((await post('deliver', { envelope }, token)).status).toBe(401)
    expect((await post('orders', device)).body).toEqual({ wipe: true, mayLeave: true })
    expect((await post('leave', { ...device, envelope })).status).toBe(200)
    expect((await post('leave', { ...device, envelope })).status).toBe(200)
    expect((await post('wiped', device)).status).toBe(200)
    expect((await call(gate, registry, myDevices, julie, {})).rows.find(({ id }) => id === device.device)).toMatchObject({ wipedAt: expect.any(String) })

    const back = await signIn(julie)
    expect((await termsOf(back)).deposits).toBe(1)
    const { envelopes } = (await post<{ envelopes: Envelope[] }>('deposits', {}, back)).body
    expect(envelopes).toEqual([envelope])
    expect((await post('deliver', { envelope: envelopes[0] as Envelope }, back)).status).toBe(200)
    await post('deposit-kept', { id: envelope.id }, back)
    expect([(await termsOf(back)).deposits, await notes('Écrite avant l’effacement.')]).toEqual([0, 1])
  })

  it('hears it whenever it comes back, three days or a year later; its author sees it on her list for thirty days', async () => {
    const token = await signIn(julie)
    const device = aDeviceSecret()
    await termsOf(token, device)
    await call(gate, registry, wipeDevice, julie, { id: device.device })
    const listed = async (): Promise<boolean> => (await call(gate, registry, myDevices, julie, {})).rows.some(({ id }) => id === device.device)
    const day = 86_400_000
    const erased = clock()
    const heardAfter = async (milliseconds: number) => {
      clock.set(new Date(erased.getTime() + milliseconds).toISOString())
      return [(await post<{ wipe: boolean }>('orders', device)).body.wipe, await listed()]
    }
    try {
      expect(await heardAfter(3 * day + 1)).toEqual([true, true])
      expect(await heardAfter(30 * day - 1)).toEqual([true, true])
      expect(await heardAfter(30 * day)).toEqual([true, false])
      expect(await heardAfter(365 * day)).toEqual([true, false])
    } finally {
      clock.set(erased.toISOString())
    }
  })

  it('whose author never comes back: her direction is told two weeks before, then it is destroyed with a proof; while nobody fixed the duration, nothing goes', async () => {
    const lead = await anActor(db, { service: dac, functions: ['team_lead'], givenName: 'Anne', familyName: 'Roux' })
    const elsewhere = await anActor(db, { service: await aService(db, { name: 'DAC du Littoral' }), functions: ['director'] })
    const luc = await anActor(db, { service: dac, givenName: 'Luc', familyName: 'Simon' })
    const token = await signIn(luc)
    const device = aDeviceSecret()
    const envelope = await aNote(await termsOf(token, device), luc, 'Jamais revenu.')
    await call(gate, registry, wipeDevice, luc, { id: device.device })
    await post('leave', { ...device, envelope })
    const rows = <Row>(query: ReturnType<typeof sql<Row>>): Promise<Row[]> => asSystem(db, 'look in a test', async (tx) => (await query.execute(tx)).rows)
    const at = (day: string) => ({ now: new Date(`${day}T08:00:00Z`), timeZone: 'Europe/Paris' })
    const destroyed = async (day: string) => (await applyRetention(db, personTables, at(day))).units['deposit'] ?? 0
    const kept = async () => (await rows(sql<{ n: number }>`select count(*)::int as n from offline.deposit where id = ${envelope.id}`))[0]?.n
    expect((await call(gate, registry, leftBehind, lead, {})).rows).toMatchObject([{ name: 'Luc Simon', envelopes: 1, endsOn: null }])
    expect((await call(gate, registry, leftBehind, elsewhere, {})).rows).toEqual([])
    await rows(sql`update territory.user_account set email = 'anne.roux@dac.example' where id = ${lead.userId}`)
    // A proposal of the software: nobody is told, nothing goes.
    expect([await tellOfDeposits(db, at('2027-06-01')), await destroyed('2027-06-01'), await kept()]).toEqual([0, 0, 1])

    await rows(sql`insert into privacy.retention_rule select data_class, 2, title, counted_from, 3, 0, null, fate, source, true, 'Décidé', now(), null, 'Région'
      from privacy.retention_rule where data_class = 'deposit'`)
    expect((await call(gate, registry, leftBehind, lead, {})).rows).toMatchObject([{ endsOn: '2027-01-15' }])
    expect(await tellOfDeposits(db, at('2026-12-31'))).toBe(0)
    // Past the term, but nobody was told: it stays.
    expect([await destroyed('2027-01-20'), await kept()]).toEqual([0, 1])
    expect(await tellOfDeposits(db, at('2027-01-20'))).toBe(1)
    expect(await tellOfDeposits(db, at('2027-01-21'))).toBe(0)
    const told = await rows(sql<{ user: string }>`select distinct user_id as "user" from liaison.notice where cause = 'offline.deposit'`)
    expect(told).toEqual([{ user: lead.userId }])
    expect((await call(gate, registry, leftBehind, lead, {})).rows).toMatchObject([{ endsOn: '2027-02-03' }])
    expect([await destroyed('2027-02-02'), await kept()]).toEqual([0, 1])
    expect([await destroyed('2027-02-03'), await kept()]).toEqual([1, 0])
    expect(await destroyed('2027-02-03')).toBe(0)
    const proof = await rows(sql`select step, rule_version as "ruleVersion", units, counts from privacy.execution where data_class = 'deposit'`)
    expect(proof).toEqual([{ step: 'destroyed', ruleVersion: 2, units: 1, counts: { 'offline.deposit': 1 } }])
  })

  it('leaves no more than a server may keep for one author: the rest stays sealed on it until she has taken what waits', async () => {
    const luc = await anActor(db, { service: dac, givenName: 'Luc', familyName: 'Simon' })
    const [one, other] = [aDeviceSecret(), aDeviceSecret()]
    const terms = await termsOf(await signIn(luc), one)
    await termsOf(await signIn(luc), other)
    const envelopes = await Promise.all(['Un.', 'Deux.', 'Trois.'].map((body) => aNote(terms, luc, body)))
    const leave = (device: string, envelope: Envelope | undefined, most = { envelopes: 2, bytes: 1_000_000 }): Promise<boolean> =>
      asSystem(db, 'an envelope in a test', (tx) => insertDeposit(tx, device, envelope as Envelope, clock(), most))
    expect([await leave(one.device, envelopes[0]), await leave(one.device, envelopes[1]), await leave(other.device, envelopes[2])]).toEqual([true, true, false])
    // Left a second time, what is there already is there.
    expect(await leave(one.device, envelopes[1])).toBe(true)
    expect(await leave(other.device, envelopes[2], { envelopes: 10, bytes: 100 })).toBe(false)
    const back = await signIn(luc)
    await post('deposit-kept', { id: envelopes[0]?.id }, back)
    expect(await leave(other.device, envelopes[2])).toBe(true)
  })

  it('of a closed account leaves nothing behind; another secret is told nothing', async () => {
    const luc = await anActor(db, { service: dac, givenName: 'Luc', familyName: 'Simon' })
    const token = await signIn(luc)
    const device = aDeviceSecret()
    const envelope = await aNote(await termsOf(token, device), luc, 'D’un compte fermé.')
    await asSystem(db, 'close an account', (tx) => sql`update territory.user_account set status = 'disabled' where id = ${luc.userId}`.execute(tx))
    expect((await post('orders', device)).body).toEqual({ wipe: true, mayLeave: false })
    expect((await post('leave', { ...device, envelope })).status).toBe(422)
    expect((await post('orders', { ...device, secret: aDeviceSecret().secret })).body).toEqual({ wipe: false, mayLeave: false })
  })
})

describe('the tour', () => {
  it('takes today’s visits with what each query of the file answers, in one trace that says why', async () => {
    const other = await aPerson(db, { dac: (await aService(db, { name: 'DAC des Plaines' })).id })
    const assessmentId = newId()
    await call(gate, registry, startAssessment, julie, { id: assessmentId as never, personId, form: 'multidimensional' })
    const visit = (more: object) => ({
      id: newId() as never,
      personId,
      kind: 'visit',
      startsAt: '2026-10-15T10:00',
      minutes: 60,
      placeKind: 'home' as const,
      participants: [{ id: newId(), kind: 'colleague' as const, partyId: julie.userId }],
      ...more,
    })
    await call(gate, registry, bookAppointment, julie, visit({}) as never)
    await call(gate, registry, bookAppointment, julie, visit({ startsAt: '2026-10-16T10:00' }) as never)
    const taken = await call(gate, registry, tour, julie, {})
    expect(taken.visits.length).toBe(1)
    expect(taken.files.map((file) => [file.personId, file.assessments.map(({ detail }) => detail.assessment.id)])).toEqual([[personId, [assessmentId]]])
    expect(taken.files[0]?.circle).not.toBeNull()
    // What may be begun at the bedside, each with the questions of its version; alerts that nobody has settled.
    expect(taken.files[0]?.begins).toContain('aggir')
    expect(taken.forms.map(({ code }) => code).toSorted()).toEqual([...(taken.files[0]?.begins ?? [])].toSorted())
    expect(taken.files[0]?.alerts).toEqual([])
    expect(JSON.stringify(taken)).not.toContain(other)
    const { rows } = await asSystem(db, 'look in a test', (tx) =>
      sql<{
        persons: string[]
        manner: string
        details: object
      }>`select person_ids as persons, manner, details from audit.inbox where name = 'offline.tour' order by id desc limit 1`.execute(tx),
    )
    expect(rows[0]).toMatchObject({ persons: [personId], manner: 'export', details: { because: 'visits_of_the_day' } })
  })
})

import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jobs, registry } from '../../src/app/server/registry.ts'
import { createLocalCard } from '../../src/directory/contract/actions.ts'
import { callerNumber } from '../../src/interop/telephony/caller.ts'
import { openSipListener, type SipListener } from '../../src/interop/telephony/sip-listener.ts'
import { callOf, readSipRequest } from '../../src/interop/telephony/sip-message.ts'
import { addTelephonyWebhook } from '../../src/interop/telephony/webhook.ts'
import { newId, type PartyId } from '../../src/platform/contract/ids.ts'
import { asSystem } from '../../src/platform/server/db.ts'
import { createHttp } from '../../src/platform/server/http.ts'
import { createLog } from '../../src/platform/server/log.ts'
import { createMetrics } from '../../src/platform/server/metrics.ts'
import { call, testGate } from '../../src/platform/testing/gate.ts'
import { testDatabase } from '../../src/platform/testing/test-database.ts'
import { addLine, incomingCalls, lineSecret, takeCall } from '../../src/telephony/contract/calls.ts'
import { telephonyCrontab } from '../../src/telephony/server/jobs.ts'
import { actorFor, aService, aUser } from '../../src/territory/testing/builders.ts'
import { inviteOf, ringBySip, ringByWebhook, type WebhookLine } from './exchange.ts'

const { db, owner, ownerUrl } = await testDatabase()
const gate = { ...testGate(db), clock: () => new Date() }
const log = createLog('silent')
const http = await createHttp({ gate, registry, log, metrics: createMetrics(), publicUrl: 'http://127.0.0.1', trustProxy: false, identify: async () => null })
const dac = await aService(db, { name: 'DAC des Collines' })
const other = await aService(db, { name: 'DAC des Plaines' })
const julie = await actorFor(db, await aUser(db, { service: dac }))
const camille = await actorFor(db, await aUser(db, { service: other, givenName: 'Camille', familyName: 'Durupt' }))
const bruno = await actorFor(db, await aUser(db, { functions: ['regional_admin'], givenName: 'Bruno', familyName: 'Henry' }))
let line: WebhookLine
let sip: SipListener

beforeAll(async () => {
  await addTelephonyWebhook(http, { gate, registry })
  const url = await http.listen({ port: 0, host: '127.0.0.1' })
  const id = newId()
  await call(gate, registry, addLine, bruno, { id, serviceId: dac.id, label: 'Accueil', shape: 'webhook' })
  await call(gate, registry, addLine, bruno, { id: newId(), serviceId: dac.id, label: 'Poste 120', shape: 'sip', called: '120' })
  const { rows } = await owner.query<{ secret: string }>(`select encode(secret, 'hex') as secret from telephony.line where id = $1`, [id])
  line = { url: `${url}/api/telephony/${id}/calls`, secret: rows[0]?.secret ?? '' }
  await call(gate, registry, createLocalCard, julie, { id: newId<PartyId>(), kind: 'nurse', name: 'Claire Petitjean', phone: '06 39 98 72 19' })
  sip = await openSipListener({ gate, registry }, { host: '127.0.0.1', port: 0, peers: ['127.0.0.1'], log })
})
afterAll(async () => {
  await sip.close()
  await http.close()
})
const callsSeenBy = async (actor: typeof julie) => (await call(gate, registry, incomingCalls, actor, {})).rows

describe('an exchange that sends signed messages', () => {
  it('the card of whoever calls opens on the desk of the service called, within a second, and on no other', async () => {
    const started = performance.now()
    const { status } = await ringByWebhook(line, { caller: '+33639987219' })
    expect(status).toBe(204)
    const [ringing] = await callsSeenBy(julie)
    expect(ringing).toMatchObject({ state: 'ringing', caller: '0639987219', lineLabel: 'Accueil', parties: [{ label: 'Claire Petitjean' }] })
    expect(performance.now() - started).toBeLessThan(1000)
    expect(await callsSeenBy(camille)).toEqual([])
  })

  it('the same message twice is one call; a call that was answered does not ring again', async () => {
    const before = (await callsSeenBy(julie)).length
    const { callId } = await ringByWebhook(line, { caller: '0353010001' })
    await ringByWebhook(line, { caller: '0353010001', callId })
    await ringByWebhook(line, { caller: '0353010001', callId, event: 'answered' })
    await ringByWebhook(line, { caller: '0353010001', callId, event: 'ringing' })
    const rows = await callsSeenBy(julie)
    expect(rows.length).toBe(before + 1)
    expect(rows[0]).toMatchObject({ state: 'answered', parties: [] })
  })

  it('a message that comes again with the number that it lacked gives it to the call', async () => {
    const { callId, status } = await ringByWebhook(line, { caller: '' })
    expect(status).toBe(204)
    expect((await callsSeenBy(julie))[0]).toMatchObject({ state: 'ringing', caller: null })
    expect((await ringByWebhook(line, { caller: '+33639987219', callId })).status).toBe(204)
    expect((await callsSeenBy(julie))[0]).toMatchObject({ state: 'ringing', caller: '0639987219', parties: [{ label: 'Claire Petitjean' }] })
  })

  it('a message without signature, with another key, too old, or for no line is refused alike', async () => {
    const before = (await callsSeenBy(julie)).length
    const old = Math.floor(Date.now() / 1000) - 400
    expect((await ringByWebhook(line, { caller: '0353010002', signature: 'sha256=00' })).status).toBe(403)
    expect((await ringByWebhook({ ...line, secret: '00'.repeat(32) }, { caller: '0353010002' })).status).toBe(403)
    expect((await ringByWebhook(line, { caller: '0353010002', timestamp: old })).status).toBe(403)
    expect((await ringByWebhook({ ...line, url: line.url.replace(/[0-9a-f-]{36}/, newId()) }, { caller: '0353010002' })).status).toBe(403)
    expect((await callsSeenBy(julie)).length).toBe(before)
  })

  it('a form is read as well as JSON, and what is neither is refused', async () => {
    expect((await ringByWebhook(line, { caller: '0353010003', form: true, event: 'call.ringing' })).status).toBe(204)
    expect((await ringByWebhook(line, { caller: '0353010003', event: 'nothing-we-know' })).status).toBe(422)
  })

  it('who takes the call is told to her colleagues, and another service cannot take it', async () => {
    const [ringing] = await callsSeenBy(julie)
    await expect(call(gate, registry, takeCall, camille, { id: ringing?.id ?? '' })).rejects.toMatchObject({ code: 'not_found' })
    await call(gate, registry, takeCall, julie, { id: ringing?.id ?? '' })
    expect((await callsSeenBy(julie))[0]).toMatchObject({ takenBy: julie.displayName })
  })

  it('a call that a colleague took stays hers, and one that ended is no longer to take', async () => {
    const nadia = await actorFor(db, await aUser(db, { service: dac, givenName: 'Nadia', familyName: 'Ferry' }))
    await ringByWebhook(line, { caller: '0353010004', callId: 'taken' })
    const id = (await callsSeenBy(julie))[0]?.id ?? ''
    await call(gate, registry, takeCall, julie, { id })
    await call(gate, registry, takeCall, julie, { id })
    await expect(call(gate, registry, takeCall, nadia, { id })).rejects.toMatchObject({ kind: 'conflict', code: 'call_taken' })
    expect((await callsSeenBy(nadia))[0]).toMatchObject({ takenBy: julie.displayName })
    await ringByWebhook(line, { caller: '0353010004', callId: 'taken', event: 'ended' })
    await expect(call(gate, registry, takeCall, julie, { id })).rejects.toMatchObject({ kind: 'conflict', code: 'call_ended' })
  })

  it('two who take it at the same moment: one has it', async () => {
    const nadia = await actorFor(db, await aUser(db, { service: dac, givenName: 'Nadia', familyName: 'Claudel' }))
    await ringByWebhook(line, { caller: '0353010005' })
    const id = (await callsSeenBy(julie))[0]?.id ?? ''
    const both = await Promise.allSettled([julie, nadia].map((actor) => call(gate, registry, takeCall, actor, { id })))
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('numbers of the day before are forgotten by themselves, of a service that no longer rings too', async () => {
    const [old, recent, itsLine] = [newId(), newId(), newId()]
    await call(gate, registry, addLine, bruno, { id: itsLine, serviceId: other.id, label: 'Ancien accueil', shape: 'webhook' })
    await asSystem(db, 'calls of the day before in a test', (tx) =>
      sql`insert into telephony.call (id, line_id, external_id, service_id, caller, state, received_at) values
        (${old}, ${itsLine}, 'old', ${other.id}, '0353010006', 'ended', now() - interval '25 hours'),
        (${recent}, ${itsLine}, 'recent', ${other.id}, '0353010007', 'ended', now() - interval '23 hours')`.execute(tx),
    )
    await jobs['telephony:forget']?.({}, { db, ownerUrl, log, clock: () => new Date() })
    const { rows } = await asSystem(db, 'calls left in a test', (tx) =>
      sql<{ id: string }>`select id from telephony.call where line_id = ${itsLine}`.execute(tx),
    )
    expect(rows.map(({ id }) => id)).toEqual([recent])
    expect(telephonyCrontab.map((entry) => entry.split(' ').at(-1))).toEqual(['telephony:forget'])
  })

  it('the number stands in no event, no audit line and no kept answer', async () => {
    for (const table of ['platform.event', 'platform.event_inbox', 'audit.entry', 'audit.inbox', 'platform.idempotency']) {
      const { rows } = await owner.query<{ count: number }>(
        `select count(*)::int as count from ${table} t where t::text like '%0639987219%' or t::text like '%639987219%'`,
      )
      expect([table, rows[0]?.count]).toEqual([table, 0])
    }
  })

  it('the key of a line is shown to the region only', async () => {
    await expect(call(gate, registry, lineSecret, julie, { id: line.url.split('/')[5] ?? '' })).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('an exchange that speaks SIP', () => {
  it('rings with the others and never answers; the caller is on the desk', async () => {
    const answers = await ringBySip(sip.port, { caller: '+33639987219', called: '120', callId: 'a1@exchange' })
    expect(answers).toEqual(['SIP/2.0 100 Trying', 'SIP/2.0 180 Ringing'])
    expect((await callsSeenBy(julie))[0]).toMatchObject({ lineLabel: 'Poste 120', state: 'ringing', parties: [{ label: 'Claire Petitjean' }] })
    expect(await ringBySip(sip.port, { caller: '+33639987219', called: '120', callId: 'a1@exchange', method: 'CANCEL' })).toEqual([
      'SIP/2.0 200 OK',
      'SIP/2.0 487 Request Terminated',
    ])
    expect((await callsSeenBy(julie))[0], 'nobody said why it stopped: the card stays').toMatchObject({ lineLabel: 'Poste 120', state: 'ringing' })
  })

  it.each([
    ['a colleague picked up', 'SIP;cause=200;text="Call completed elsewhere"', 'answered'],
    ['a colleague picked up, as the public network says it', 'Q.850;cause=26', 'answered'],
    ['the caller gave up', 'SIP ;cause=487', 'ended'],
    ['two reasons are told', 'Q.850;cause=16, SIP;cause=200', 'answered'],
  ])('%s: the desk knows it', async (_case, reason, state) => {
    const told = { caller: '+33639987219', called: '120', callId: `${newId()}@exchange` }
    await ringBySip(sip.port, told, 300)
    await ringBySip(sip.port, { ...told, method: 'CANCEL', reason }, 300)
    expect((await callsSeenBy(julie))[0]).toMatchObject({ lineLabel: 'Poste 120', state })
  })

  it('an extension that is no line is told so; what is not SIP is left without an answer', async () => {
    expect(await ringBySip(sip.port, { caller: '0353010000', called: '999', callId: 'a2@exchange' })).toEqual(['SIP/2.0 100 Trying', 'SIP/2.0 404 Not Found'])
    expect(readSipRequest(Buffer.from('GET / HTTP/1.1\r\n\r\n'))).toBeNull()
    expect(readSipRequest(Buffer.from([0, 1, 2, 3]))).toBeNull()
    expect(readSipRequest(Buffer.from('SIP/2.0 200 OK\r\n\r\n'))).toBeNull()
  })

  it('the asserted identity comes before what the caller writes, and a hidden caller stays hidden', () => {
    const told = inviteOf({ caller: '0353010000', called: '120', callId: 'x', port: 5060 }).toString()
    const read = (text: string) => callOf(readSipRequest(Buffer.from(text)) ?? { method: '', uri: '', headers: new Map() })
    expect(callerNumber(read(told.replace('Call-ID', 'P-Asserted-Identity: <sip:+33353011408@exchange>\r\nCall-ID'))?.caller)).toBe('0353011408')
    expect(read(told.replace('Call-ID', 'Privacy: id\r\nCall-ID'))?.caller).toBeNull()
    expect(read(told.replace('Call-ID: x\r\n', ''))).toBeNull()
    expect(callerNumber('"Dr NOËL" <sip:0033353011408@exchange;user=phone>')).toBe('0353011408')
    expect(callerNumber('anonymous')).toBeNull()
  })
})

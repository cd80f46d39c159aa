import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineAction, defineQuery, signedIn } from '../../platform/contract/action.ts'
import { newId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { openFeed } from '../../platform/server/feed.ts'
import { createHttp } from '../../platform/server/http.ts'
import { implement, noTarget, registryOf } from '../../platform/server/implement.ts'
import { createLog } from '../../platform/server/log.ts'
import { createMetrics } from '../../platform/server/metrics.ts'
import { longestSessionMinutes, networkOf, openSession, renewSession } from '../../platform/server/sessions.ts'
import { keepStanding } from '../../platform/server/standing.ts'
import { addStream } from '../../platform/server/stream.ts'
import { call, testClock, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { closeAccount, editMembership, endMembership } from '../../territory/contract/actions.ts'
import { openCallers } from '../../territory/server/callers.ts'
import { territoryHandlers } from '../../territory/server/handlers.ts'
import { actorFor, anActor, aService, aUser, type BuiltUser } from '../../territory/testing/builders.ts'

const database = await testDatabase()
const { db, owner, appUrl } = database
const clock = testClock('2026-11-23T08:00:00Z')
const gate = testGate(db, clock)
const admin = await anActor(db, { functions: ['regional_admin'], service: await aService(db, { kind: 'grades', name: 'GRADeS' }) })
const dac = await aService(db, { name: 'DAC Hautes-Vallées' })
const territory = registryOf(territoryHandlers)

/** An export that takes longer than anybody waits: PostgreSQL works for eight seconds before the first line. */
const slowExport = implement(
  defineQuery({
    name: 'test.slowExport',
    title: 'Un export qui dure',
    input: z.object({}),
    output: z.object({ rows: z.array(z.string()) }),
    access: signedIn('a test of how long answers end'),
    audit: { none: 'test' },
    csv: { file: 'essai', columns: ['Ligne'], rows: ({ rows }) => rows.map((row) => [row]) },
  }),
  {
    load: noTarget,
    run: async ({ tx }) => {
      await sql`select pg_sleep(8)`.execute(tx)
      return { rows: ['secret'] }
    },
  },
)
const quickExport = implement(
  defineQuery({
    name: 'test.quickExport',
    title: 'Un export par pages',
    input: z.object({ cursor: z.string().nullable().default(null) }),
    output: z.object({ rows: z.array(z.string()), next: z.string().nullable() }),
    access: signedIn('a test of exports page by page'),
    audit: { none: 'test' },
    csv: { file: 'essai', columns: ['Ligne'], rows: ({ rows }) => rows.map((row) => [row]) },
  }),
  { load: noTarget, run: async () => ({ rows: ['ligne'], next: 'encore' }) },
)
const write = implement(
  defineAction({
    name: 'test.write',
    title: 'Un geste',
    input: z.object({}),
    output: z.object({}),
    access: signedIn('a test of forged requests'),
    audit: { none: 'test' },
  }),
  { load: noTarget, run: async () => ({}) },
)

/** One server process; a second one is another feed on the same database. */
async function aProcess(): Promise<string> {
  const log = createLog('silent')
  const feed = await openFeed(db, appUrl, log)
  const publicUrl = 'http://127.0.0.1'
  const callers = openCallers(db, { publicUrl, timeZone: 'Europe/Paris', clock })
  const standing = keepStanding(feed, callers.again)
  const http = await createHttp({
    gate,
    registry: registryOf([slowExport, quickExport, write]),
    log,
    metrics: createMetrics(),
    publicUrl,
    trustProxy: false,
    identify: callers.identify,
    standing,
  })
  const stream = addStream(http, { feed, standing, identify: callers.identify, again: callers.again })
  http.get('/who', async (request) => ({ name: (await callers.identify(request))?.actor.displayName ?? null }))
  const url = await http.listen({ port: 0, host: '127.0.0.1' })
  afterAll(async () => {
    stream.close()
    await http.close()
    await feed.stop()
  })
  return url
}
const here = await aProcess()
const there = await aProcess()

const logIn = async (user: BuiltUser, absoluteMinutes = longestSessionMinutes): Promise<string> =>
  (await openSession(db, { userId: user.id, membershipId: user.membershipId, now: clock(), absoluteMinutes })).token
const who = async (token: string, url = here): Promise<string | null> =>
  ((await (await fetch(`${url}/who`, { headers: { cookie: `jalon=${token}` } })).json()) as { name: string | null }).name
const post = (url: string, path: string, token: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${url}${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { cookie: `jalon=${token}`, 'content-type': 'application/json', 'x-jalon': '1', ...headers },
  })

/** Opens the stream and gives what closes it: the text received, and when. */
async function openStream(url: string, token: string): Promise<{ closed: Promise<{ text: string; at: number }> }> {
  const response = await fetch(`${url}/api/stream`, { headers: { cookie: `jalon=${token}` } })
  expect(response.status).toBe(200)
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const first = await reader?.read()
  text += first?.value ?? ''
  const untilTheEnd = async (): Promise<{ text: string; at: number }> => {
    for (;;) {
      const part = await reader?.read()
      if (part === undefined || part.done) return { text, at: Date.now() }
      text += part.value
    }
  }
  return { closed: untilTheEnd() }
}

const endings: readonly (readonly [string, (user: BuiltUser) => Promise<unknown>])[] = [
  ['her account is closed', (user) => call(gate, territory, closeAccount, admin, { id: user.id })],
  ['her membership ended yesterday', (user) => call(gate, territory, endMembership, admin, { id: user.membershipId, endsOn: '2026-11-22' })],
  [
    'her account is closed by a statement that knows nothing of sessions',
    (user) => owner.query(`update territory.user_account set status = 'disabled' where id = $1`, [user.id]),
  ],
]

describe.each(endings)('when %s', (_how, end) => {
  it('every session, stream and running export of hers ends within a second, in every process', async () => {
    const user = await aUser(db, { service: dac })
    const [first, second] = [await logIn(user), await logIn(user)]
    const streams = [(await openStream(here, first)).closed, (await openStream(there, second)).closed]
    const exported = post(there, '/api/queries/test.slowExport.csv', first).then(async (answer) => ({
      status: answer.status,
      text: await answer.text(),
      at: Date.now(),
    }))
    await new Promise((resolve) => setTimeout(resolve, 300))
    const from = Date.now()
    await end(user)
    const file = await exported
    expect(file.status).toBe(401)
    expect(file.text).not.toContain('secret')
    for (const closed of [...(await Promise.all(streams)), file]) expect(closed.at - from).toBeLessThan(1000)
    for (const { text } of await Promise.all(streams)) expect(text).toContain('event: signed_out')
    expect([await who(first), await who(second), await who(first, there)]).toEqual([null, null, null])
    expect((await post(here, '/api/queries/test.quickExport.csv', first, { cursor: 'encore' })).status).toBe(401)
  })
})

describe('sessions', () => {
  it('of others go on: closing one account cuts nobody else', async () => {
    const [closed, kept] = [await aUser(db, { service: dac }), await aUser(db, { service: dac })]
    const token = await logIn(kept)
    let over = false
    void (await openStream(here, token)).closed.then(() => {
      over = true
    })
    await call(gate, territory, closeAccount, admin, { id: closed.id })
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect([over, await who(token)]).toEqual([false, 'Julie Marchal'])
  })

  it('end after the region’s time without a gesture; an open stream is no gesture', async () => {
    const token = await logIn(await aUser(db, { service: dac }))
    clock.advance(59 * 60_000)
    expect(await who(token)).toBe('Julie Marchal')
    clock.advance(59 * 60_000)
    await openStream(here, token)
    expect(await who(token)).toBe('Julie Marchal')
    clock.advance(61 * 60_000)
    expect(await who(token)).toBeNull()
  })

  it('end after the region’s absolute time whatever she does, also when the region shortens it meanwhile', async () => {
    const user = await aUser(db, { service: dac })
    const token = await logIn(user)
    for (let minutes = 0; minutes < 550; minutes += 50) {
      clock.advance(50 * 60_000)
      await who(token)
    }
    clock.advance(49 * 60_000)
    expect(await who(token)).toBe('Julie Marchal')
    clock.advance(2 * 60_000)
    expect(await who(token)).toBeNull()
    const next = await logIn(user)
    clock.advance(31 * 60_000)
    expect(await who(next)).toBe('Julie Marchal')
    await asSystem(db, 'a shorter limit', (tx) =>
      sql`update platform.setting set value = '{"idleMinutes": 60, "absoluteMinutes": 30}' where key = 'session.limits'`.execute(tx),
    )
    expect(await who(next)).toBeNull()
    await asSystem(db, 'the limit of before', (tx) =>
      sql`update platform.setting set value = '{"idleMinutes": 60, "absoluteMinutes": 600}' where key = 'session.limits'`.execute(tx),
    )
  })

  it('take a new identifier when she proves again who she is; the former one serves some seconds and no more', async () => {
    const former = await logIn(await aUser(db, { service: dac }))
    const { closed } = await openStream(here, former)
    const next = await renewSession(db, former, { now: clock(), method: 'psc' })
    expect(next).not.toBe(former)
    expect([await who(next ?? ''), await who(former)]).toEqual(['Julie Marchal', 'Julie Marchal'])
    clock.advance(21_000)
    expect([await who(next ?? ''), await who(former)]).toEqual(['Julie Marchal', null])
    expect(await renewSession(db, former, { now: clock(), method: 'psc' })).toBeNull()
    const still = await Promise.race([closed.then(() => 'closed'), new Promise((resolve) => setTimeout(resolve, 300, 'open'))])
    expect(still).toBe('open')
  })

  it('are not those that a browser brings: an identifier that nobody was given opens nothing', async () => {
    for (const token of ['A'.repeat(43), '', `${await logIn(await aUser(db, { service: dac }))}A`, 'x'.repeat(10_000)]) expect(await who(token)).toBeNull()
  })

  it('follow a change of functions at the next event of an open stream, without closing it', async () => {
    const user = await aUser(db, { service: dac, functions: ['referent'] })
    const token = await logIn(user)
    await call(gate, territory, editMembership, admin, { id: user.membershipId, baseVersion: 1, changes: { functions: ['director'] } })
    expect(await who(token)).toBe('Julie Marchal')
    expect((await actorFor(db, { ...user, functions: ['director'] })).parties).not.toContain(dac.id)
  })

  it('keep of an address what tells a network, not a device', () => {
    expect(networkOf('192.0.2.17')).toBe('192.0.2.x')
    expect(networkOf('::ffff:192.0.2.17')).toBe('192.0.2.x')
    expect(networkOf('2001:db8:12:34::1')).toBe('2001:db8:12::x')
    expect(networkOf('::1')).toBe(':::x')
    expect(networkOf(undefined)).toBeNull()
  })
})

describe('a request forged by another site', () => {
  const forged: readonly (readonly [string, Record<string, string>])[] = [
    ['from another origin', { origin: 'https://evil.example' }],
    ['from a sandboxed frame', { origin: 'null' }],
    ['from another port of the same host', { origin: 'http://127.0.0.1:1' }],
    ['from another site, the browser says', { 'sec-fetch-site': 'cross-site' }],
    ['from a neighbouring name', { 'sec-fetch-site': 'same-site' }],
    ['typed in the address bar', { 'sec-fetch-site': 'none' }],
  ]
  it.each(forged)('is refused: %s', async (_how, headers) => {
    const token = await logIn(await aUser(db, { service: dac }))
    const answer = await post(here, '/api/actions/test.write', token, {}, { 'idempotency-key': newId(), ...headers })
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([403, 'origin_refused'])
    const control = await post(here, '/api/actions/test.write', token, {}, { 'idempotency-key': newId(), 'sec-fetch-site': 'same-origin' })
    expect(control.status).toBe(200)
  })

  it('is refused when it is a simple form: no header of ours, a type that forms can send', async () => {
    const token = await logIn(await aUser(db, { service: dac }))
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const answer = await fetch(`${here}/api/actions/test.write`, { method: 'POST', body: '{}', headers: { cookie: `jalon=${token}`, 'content-type': type } })
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    }
    const preflight = await fetch(`${here}/api/actions/test.write`, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-jalon' },
    })
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull()
  })
})

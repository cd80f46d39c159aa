import { once } from 'node:events'
import { connect } from 'node:net'
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineAction, defineQuery, signedIn } from '../../platform/contract/action.ts'
import { batchPath } from '../../platform/contract/batch.ts'
import { newId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { draftHandlers } from '../../platform/server/drafts.ts'
import { type Feed, openFeed } from '../../platform/server/feed.ts'
import { backgroundHeader, createHttp, pageUserHeader } from '../../platform/server/http.ts'
import { implement, noTarget, registryOf } from '../../platform/server/implement.ts'
import { createLog } from '../../platform/server/log.ts'
import { createMetrics } from '../../platform/server/metrics.ts'
import { longestSessionMinutes, networkOf, openSession, renewSession } from '../../platform/server/sessions.ts'
import { keepStanding } from '../../platform/server/standing.ts'
import { addStream } from '../../platform/server/stream.ts'
import { call, testClock, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { closeAccount, editMembership, editUser, endMembership } from '../../territory/contract/actions.ts'
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

interface Process {
  readonly url: string
  readonly streams: () => number
}

/** One server process; a second one is another feed on the same database. `through` may spoil what it reads of the feed. */
async function aProcess(through: (feed: Feed) => Feed = (feed) => feed): Promise<Process> {
  const log = createLog('silent')
  const opened = await openFeed(db, appUrl, log)
  const feed = through(opened)
  const publicUrl = 'http://127.0.0.1'
  const callers = openCallers(db, { publicUrl, timeZone: 'Europe/Paris', clock })
  const standing = keepStanding(feed, callers.again)
  const http = await createHttp({
    gate,
    registry: registryOf([slowExport, quickExport, write, ...draftHandlers]),
    log,
    metrics: createMetrics(),
    publicUrl,
    trustProxy: false,
    identify: callers.identify,
    standing,
  })
  const stream = addStream(http, { feed, standing, identify: callers.glance, again: callers.again, log })
  http.get('/who', async (request) => {
    const caller = await callers.identify(request)
    return { name: caller?.actor.displayName ?? null, provedAt: caller?.authenticatedAt ?? null }
  })
  const url = await http.listen({ port: 0, host: '127.0.0.1' })
  afterAll(async () => {
    stream.close()
    await http.close()
    await opened.stop()
  })
  return { url, streams: stream.count }
}
const { url: here, streams: streamsHere } = await aProcess()
const { url: there } = await aProcess()

const logIn = async (user: BuiltUser, absoluteMinutes = longestSessionMinutes): Promise<string> =>
  (await openSession(db, { userId: user.id, membershipId: user.membershipId, now: clock(), absoluteMinutes })).token
const look = async (token: string, url = here, headers: Record<string, string> = {}): Promise<{ name: string | null; provedAt: string | null }> =>
  (await (await fetch(`${url}/who`, { headers: { cookie: `jalon=${token}`, ...headers } })).json()) as { name: string | null; provedAt: string | null }
const who = async (token: string, url = here): Promise<string | null> => (await look(token, url)).name
/** What a page reads again by itself, because an event told it to. */
const inTheBackground = async (token: string): Promise<string | null> => (await look(token, here, { [backgroundHeader]: '1' })).name
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
  [
    'her account gets another national identifier',
    (user) => call(gate, territory, editUser, admin, { id: user.id, baseVersion: 1, changes: { nationalId: `8 99 ${String(Math.random()).slice(2, 9)}` } }),
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

  it('are not kept alive by what an open page reads by itself, nor by its stream', async () => {
    const token = await logIn(await aUser(db, { service: dac }))
    for (const minutes of [20, 20, 19]) {
      clock.advance(minutes * 60_000)
      expect(await inTheBackground(token)).toBe('Julie Marchal')
      await openStream(here, token)
    }
    clock.advance(2 * 60_000)
    expect(await inTheBackground(token)).toBeNull()
    const used = await logIn(await aUser(db, { service: dac }))
    for (const minutes of [59, 59]) {
      clock.advance(minutes * 60_000)
      expect(await who(used)).toBe('Julie Marchal')
    }
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
    clock.advance(30 * 60_000)
    const before = (await look(former)).provedAt
    const next = await renewSession(db, former, { now: clock(), method: 'psc' })
    expect(next).not.toBe(former)
    // What is on its way under the former one proves what it proved, no more.
    expect([(await look(former)).provedAt, (await look(next ?? '')).provedAt]).toEqual([before, clock().toISOString()])
    expect(before).toBe(new Date(clock().getTime() - 30 * 60_000).toISOString())
    expect([await who(next ?? ''), await who(former)]).toEqual(['Julie Marchal', 'Julie Marchal'])
    clock.advance(21_000)
    expect([await who(next ?? ''), await who(former)]).toEqual(['Julie Marchal', null])
    expect(await renewSession(db, former, { now: clock(), method: 'psc' })).toBeNull()
    const still = await Promise.race([closed.then(() => 'closed'), new Promise((resolve) => setTimeout(resolve, 300, 'open'))])
    expect(still).toBe('open')
  })

  it('stay what they were opened as: a proof of the other kind renews nothing', async () => {
    const user = await aUser(db, { service: dac })
    const psc = await logIn(user)
    expect(await renewSession(db, psc, { now: clock(), method: 'passkey' })).toBeNull()
    const local = (await openSession(db, { userId: user.id, membershipId: user.membershipId, method: 'password_totp', now: clock(), absoluteMinutes: 60 }))
      .token
    expect(await renewSession(db, local, { now: clock(), method: 'psc' })).toBeNull()
    expect(await renewSession(db, local, { now: clock(), method: 'passkey' })).not.toBeNull()
    const { rows } = await owner.query('select method from platform.session where user_id = $1 order by created_at, method desc', [user.id])
    expect(rows.map(({ method }) => method).sort()).toEqual(['password_totp', 'psc'])
  })

  it('prove what the identity provider says, never more: an old proof is old, none is none, one of tomorrow is of now', async () => {
    const { id: userId, membershipId } = await aUser(db, { service: dac })
    const proved = async (provedAt: Date | null): Promise<string | null> =>
      (await look((await openSession(db, { userId, membershipId, now: clock(), absoluteMinutes: 60, provedAt })).token)).provedAt
    const ago = new Date(clock().getTime() - 3 * 3_600_000)
    expect([await proved(ago), await proved(null), await proved(new Date(clock().getTime() + 60_000))]).toEqual([
      ago.toISOString(),
      null,
      clock().toISOString(),
    ])
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

describe('the page of one user under the session of another', () => {
  const draft = { key: 'intake.request', content: { savedAt: '2026-11-23T08:00:00Z', values: { text: 'Les mots de Julie.' } } }

  it('does nothing, writes no draft, hears no event: it is told who is there now', async () => {
    const [julie, nadia] = [await aUser(db, { service: dac }), await aUser(db, { service: dac, givenName: 'Nadia' })]
    const ofNadia = await logIn(nadia)
    const asJulie = { [pageUserHeader]: julie.id, 'idempotency-key': newId() }
    for (const [path, body] of [
      ['/api/actions/test.write', {}],
      ['/api/actions/draft.save', draft],
      ['/api/queries/draft.list', {}],
      ['/api/queries/test.quickExport.csv', {}],
      [batchPath, { queries: [{ name: 'draft.list', input: {} }] }],
    ] as const) {
      const answer = await post(here, path, ofNadia, body, asJulie)
      const { code, detail } = (await answer.json()) as { code: string; detail: string }
      expect([path, answer.status, code]).toEqual([path, 409, 'another_user'])
      expect(detail).toContain('Une autre personne s’est connectée dans ce navigateur')
    }
    const stream = await fetch(`${here}/api/stream?user=${julie.id}`, { headers: { cookie: `jalon=${ofNadia}` } })
    expect(stream.status).toBe(409)
    const drafts = async (token: string): Promise<unknown> =>
      ((await (await post(here, '/api/queries/draft.list', token)).json()) as { drafts: readonly { key: string }[] }).drafts.map(({ key }) => key)
    const ofJulie = await logIn(julie)
    expect([await drafts(ofNadia), await drafts(ofJulie)]).toEqual([[], []])
    expect((await owner.query(`select name from audit.inbox where actor_id = $1 and name = 'test.write'`, [nadia.id])).rows).toEqual([])
    const own = await post(here, '/api/actions/draft.save', ofNadia, draft, { [pageUserHeader]: nadia.id, 'idempotency-key': newId() })
    expect(own.status).toBe(200)
    expect([await drafts(ofNadia), await drafts(ofJulie)]).toEqual([[draft.key], []])
  })

  it('is told first that there is no session, where there is none', async () => {
    const answer = await post(here, '/api/actions/test.write', 'A'.repeat(43), {}, { [pageUserHeader]: newId(), 'idempotency-key': newId() })
    expect(answer.status).toBe(401)
  })
})

describe('a stream', () => {
  const until = async (condition: () => boolean): Promise<boolean> => {
    for (let i = 0; i < 60 && !condition(); i += 1) await new Promise((resolve) => setTimeout(resolve, 50))
    return condition()
  }

  it('is one of ten at most in a session: the eleventh closes the oldest, and that of a colleague goes on', async () => {
    const [token, colleague] = [await logIn(await aUser(db, { service: dac })), await logIn(await aUser(db, { service: dac }))]
    let ended = 0
    const count = (of: string): Promise<void> =>
      openStream(here, of).then(({ closed }) => {
        void closed.then(() => {
          ended += 1
        })
      })
    await count(colleague)
    for (let i = 0; i < 10; i += 1) await count(token)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(ended).toBe(0)
    await count(token)
    expect(await until(() => ended === 1)).toBe(true)
  })

  it('that cannot be resumed is cut, so that the browser asks again', async () => {
    const { url, streams } = await aProcess((feed) => ({ ...feed, since: () => Promise.reject(new Error('the database went away')) }))
    const token = await logIn(await aUser(db, { service: dac }))
    const answer = await fetch(`${url}/api/stream`, { headers: { cookie: `jalon=${token}`, 'last-event-id': '0' } })
    const over = await Promise.race([answer.text().catch(() => ''), new Promise((resolve) => setTimeout(resolve, 3_000, 'still open'))])
    expect(over).not.toBe('still open')
    expect(await until(() => streams() === 0)).toBe(true)
  })

  it('that nobody reads is cut once too much waits for it', async () => {
    let tell: Parameters<Feed['listen']>[0] = () => undefined
    const { url, streams } = await aProcess((feed) => ({
      ...feed,
      listen: (callback) => {
        tell = callback
        return feed.listen(callback)
      },
    }))
    const user = await aUser(db, { service: dac })
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    afterAll(() => socket.destroy())
    socket.write(`GET /api/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: jalon=${await logIn(user)}\r\n\r\n`)
    await once(socket, 'readable')
    expect(await until(() => streams() === 1)).toBe(true)
    await new Promise((resolve) => setTimeout(resolve, 100))
    let seq = 1_000_000
    for (let burst = 0; burst < 200 && streams() === 1; burst += 1) {
      tell(
        Array.from({ length: 1_000 }, () => {
          seq += 1
          return { seq, type: 'test.happened', personId: null, volet: null, audience: [user.id], payload: { what: 'x'.repeat(200) }, actorId: null, at: '' }
        }),
      )
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(streams()).toBe(0)
  })

  it('whose browser left while it was being opened leaves nothing behind', async () => {
    const before = streamsHere()
    const token = await logIn(await aUser(db, { service: dac }))
    const socket = connect(Number(new URL(here).port), '127.0.0.1')
    socket.write(`GET /api/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: jalon=${token}\r\n\r\n`)
    await once(socket, 'connect')
    socket.destroy()
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(streamsHere()).toBeLessThanOrEqual(before)
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

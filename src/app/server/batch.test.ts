import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { allowedIf, defineAction, defineQuery, everyone, signedIn } from '../../platform/contract/action.ts'
import { batchPath, mostReadings } from '../../platform/contract/batch.ts'
import { openFeed } from '../../platform/server/feed.ts'
import { createHttp } from '../../platform/server/http.ts'
import { type Context, implement, noTarget, registryOf } from '../../platform/server/implement.ts'
import { createLog } from '../../platform/server/log.ts'
import { createMetrics } from '../../platform/server/metrics.ts'
import { openApiOf } from '../../platform/server/openapi.ts'
import { endSession, longestSessionMinutes, openSession } from '../../platform/server/sessions.ts'
import { keepStanding } from '../../platform/server/standing.ts'
import { testClock, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { openCallers } from '../../territory/server/callers.ts'
import { aUser } from '../../territory/testing/builders.ts'

const { db, owner, appUrl } = await testDatabase()
const clock = testClock('2026-11-23T08:00:00Z')
const publicUrl = 'http://127.0.0.1'
const query = (name: string, run: (context: Context, input: { n: number }) => Promise<{ n: number }>, access: ReturnType<typeof everyone>, more = {}) =>
  implement(
    defineQuery({
      name,
      title: name,
      input: z.object({ n: z.int().default(0) }),
      output: z.object({ n: z.number() }),
      access,
      audit: { none: 'test' },
      ...more,
    }),
    { load: noTarget, run } as never,
  )
const mine = signedIn('a test of screens')
const registry = registryOf([
  query('test.echo', async (_context, { n }) => ({ n }), mine),
  query('test.open', async () => ({ n: 1 }), everyone('a test of screens')),
  query('test.forbidden', async () => ({ n: 1 }), (() => allowedIf(false, 'Réservé à l’équipe.')) as never),
  query('test.proof', async () => ({ n: 1 }), mine, { reauthentication: 5 }),
  query(
    'test.slow',
    async ({ tx }) => {
      await sql`select pg_sleep(2)`.execute(tx)
      return { n: 1 }
    },
    mine,
  ),
  implement(defineAction({ name: 'test.write', title: 'Un geste', input: z.object({}), output: z.object({}), access: mine, audit: { none: 'test' } }), {
    load: noTarget,
    run: async () => ({}),
  }),
])
const feed = await openFeed(db, appUrl, createLog('silent'))
const callers = openCallers(db, { publicUrl, timeZone: 'Europe/Paris', clock })
const standing = keepStanding(feed, callers.again)
const options = { gate: testGate(db, clock), registry, log: createLog('silent'), metrics: createMetrics(), publicUrl, trustProxy: false }
const http = await createHttp({ ...options, identify: callers.identify, standing })
await http.ready()
afterAll(async () => {
  await http.close()
  await feed.stop()
})
const user = await aUser(db)
const logIn = async (): Promise<string> =>
  (await openSession(db, { userId: user.id, membershipId: user.membershipId, now: clock(), absoluteMinutes: longestSessionMinutes })).token
const token = await logIn()

type Answers = readonly { status: number; output?: unknown; problem?: { code: string; detail: string } }[]
async function ask(
  queries: unknown,
  cookie: string | null = token,
  headers: Record<string, string> = { 'x-jalon': '1' },
): Promise<{ status: number; answers: Answers; code: string }> {
  const response = await http.inject({
    method: 'POST',
    url: batchPath,
    payload: { queries } as never,
    headers: { ...headers, ...(cookie === null ? {} : { cookie: `jalon=${cookie}` }) },
  })
  const body = response.json() as { answers: Answers; code: string }
  return { status: response.statusCode, answers: body.answers ?? [], code: body.code }
}

test('the queries of a screen answer in their order, each with what it would have answered alone', async () => {
  const { status, answers } = await ask([
    { name: 'test.echo', input: { n: 3 } },
    { name: 'test.forbidden', input: {} },
    { name: 'test.nothing', input: {} },
    { name: 'test.echo', input: { n: 'three' } },
    { name: 'test.proof', input: {} },
    { name: 'test.echo', input: { n: 4 } },
  ])
  expect(status).toBe(200)
  expect(answers.map((answer) => answer.output ?? [answer.status, answer.problem?.code])).toEqual([
    { n: 3 },
    [403, 'forbidden'],
    [404, 'not_found'],
    [422, 'input_invalid'],
    { n: 1 },
    { n: 4 },
  ])
  expect(answers[1]?.problem?.detail).toBe('Réservé à l’équipe.')
})

test('an action, asked as a query, is not found and has no effect', async () => {
  const { answers } = await ask([
    { name: 'test.write', input: {} },
    { name: 'test.echo', input: {} },
  ])
  expect(answers.map(({ status }) => status)).toEqual([404, 200])
})

test('what asks for a recent proof of identity asks for it inside a screen too', async () => {
  const old = await logIn()
  await owner.query(`update platform.session set authenticated_at = authenticated_at - interval '10 minutes' where user_id = $1`, [user.id])
  expect(
    (await ask([{ name: 'test.proof' }, { name: 'test.echo', input: { n: 1 } }], old)).answers.map(({ status, problem }) => problem?.code ?? status),
  ).toEqual(['reauthentication_required', 200])
})

test('without a session, what is open to everyone answers and the rest asks to sign in; a screen of hers is refused as a whole', async () => {
  const mixed = await ask([{ name: 'test.open' }, { name: 'test.echo' }], null)
  expect(mixed.answers.map(({ status }) => status)).toEqual([200, 401])
  expect(await ask([{ name: 'test.echo' }, { name: 'test.echo' }], null)).toMatchObject({ status: 401, code: 'signed_out' })
})

test('a session that ended, or slept too long, is refused', async () => {
  const closed = await logIn()
  await endSession(db, closed, 'logout', clock())
  expect((await ask([{ name: 'test.echo' }, { name: 'test.echo' }], closed)).status).toBe(401)
  const idle = await logIn()
  await owner.query(
    `update platform.session set last_seen_at = last_seen_at - interval '3 hours' where id_hash = (select id_hash from platform.session order by created_at desc, ctid desc limit 1)`,
  )
  expect([(await ask([{ name: 'test.echo' }, { name: 'test.echo' }], idle)).status, (await ask([{ name: 'test.echo' }])).status]).toContain(401)
})

test('a session that ends while its screen is being read cuts the answer within a second', async () => {
  const cut = await logIn()
  const from = Date.now()
  const answer = ask([{ name: 'test.echo' }, { name: 'test.slow' }], cut)
  await new Promise((resolve) => setTimeout(resolve, 300))
  await endSession(db, cut, 'logout', clock())
  expect(await answer).toMatchObject({ status: 401, code: 'signed_out' })
  expect(Date.now() - from).toBeLessThan(1_300)
})

test('another origin, an empty batch, one that is too long and one that is no batch are refused', async () => {
  const one = [{ name: 'test.echo' }]
  expect((await ask(one, token, {})).code).toBe('origin_refused')
  expect((await ask(one, token, { 'x-jalon': '1', origin: 'https://ailleurs.exemple.fr' })).code).toBe('origin_refused')
  for (const queries of [[], Array.from({ length: mostReadings + 1 }, () => one[0]), 'x', null, [null]]) expect((await ask(queries)).status).toBe(422)
})

test('a reading weighs the same in a batch as alone: 1,200 a minute for a session, however they are asked, and 6,000 for an address', async () => {
  const limited = await createHttp({ ...options, identify: callers.identify })
  await limited.ready()
  const send = async (url: string, payload: object, cookie: string): Promise<number> =>
    (await limited.inject({ method: 'POST', url, payload, headers: { 'x-jalon': '1', cookie: `jalon=${cookie}` } })).statusCode
  const screen = (cookie = token): Promise<number> =>
    send(batchPath, { queries: Array.from({ length: mostReadings }, () => ({ name: 'test.nothing' })) }, cookie)
  for (let time = 0; time < 400; time += 1) await send('/api/queries/test.open', {}, token)
  const statuses: number[] = []
  for (let time = 0; time < 60; time += 1) statuses.push(await screen())
  expect(statuses.indexOf(429)).toBe((1_200 - 400) / mostReadings)
  expect(await send('/api/queries/test.open', {}, token), 'nor alone, once the batches took them all').toBe(429)
  const invented: number[] = []
  for (let time = 0; time < 400; time += 1) invented.push(await screen(`cookie-${time}`))
  expect(invented.indexOf(429), 'by address, whatever cookie it invents').toBeLessThanOrEqual((6_000 - 1_200) / mostReadings)
  await limited.close()
})

test('the documentation tells of it', () => {
  expect(openApiOf(registry, { url: publicUrl, version: '1' })).toMatchObject({ paths: { [batchPath]: { post: { operationId: 'batch' } } } })
})

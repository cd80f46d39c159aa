import { expect, test } from 'vitest'
import { mostReadings } from '../../contract/batch.ts'
import { ApiError } from './api-error.ts'
import { openReader, type Send } from './read-together.ts'

interface Sent {
  readonly path: string
  readonly body: unknown
  readonly signal: AbortSignal | undefined
}

/** A reader whose requests are answered by `answer`, and what it sent. */
function aReader(answer: (sent: Sent) => unknown): { read: ReturnType<typeof openReader>; sent: Sent[] } {
  const sent: Sent[] = []
  const send: Send = async (path, body, _headers, more) => {
    const one = { path, body: JSON.parse(body) as unknown, signal: more?.signal ?? undefined }
    sent.push(one)
    return Response.json(await answer(one))
  }
  return { read: openReader(send, ({ status }) => status === 401), sent }
}
interface Batch {
  readonly queries: readonly { readonly name: string; readonly input: { readonly n: number } }[]
}
const echo = ({ path, body }: Sent): unknown =>
  path === '/api/batch' ? { answers: (body as Batch).queries.map(({ input }) => ({ status: 200, output: input.n })) } : (body as { n: number }).n

test('the queries that leave in the same turn are one request, and each receives its own answer', async () => {
  const { read, sent } = aReader(echo)
  expect(await Promise.all([read('a.one', { n: 1 }), read('b.two', { n: 2 }), Promise.resolve().then(() => read('c.three', { n: 3 }))])).toEqual([1, 2, 3])
  expect(sent.map(({ path }) => path)).toEqual(['/api/batch'])
})

test('a query alone goes by its own path', async () => {
  const { read, sent } = aReader(echo)
  expect(await read('a.one', { n: 1 })).toBe(1)
  expect(await read('b.two', { n: 2 })).toBe(2)
  expect(sent.map(({ path }) => path)).toEqual(['/api/queries/a.one', '/api/queries/b.two'])
})

test('more than a batch may hold leaves in several requests', async () => {
  const { read, sent } = aReader(echo)
  const wanted = Array.from({ length: mostReadings + 1 }, (_, n) => n)
  expect(await Promise.all(wanted.map((n) => read(`q.${n}`, { n })))).toEqual(wanted)
  expect(sent.map(({ path }) => path)).toEqual(['/api/batch', `/api/queries/q.${mostReadings}`])
})

test('a refusal inside a screen is that query’s alone, with the words of the server', async () => {
  const problem = { status: 403, code: 'forbidden', detail: 'Réservé à l’équipe.' }
  const { read } = aReader(() => ({
    answers: [
      { status: 200, output: 1 },
      { status: 403, problem },
    ],
  }))
  const [first, second] = await Promise.allSettled([read('a.one', {}), read('b.two', {})])
  expect(first).toEqual({ status: 'fulfilled', value: 1 })
  expect(second).toMatchObject({ status: 'rejected', reason: new ApiError(problem) })
})

test('what a lost session refuses inside a screen is asked again alone, where the page can answer it', async () => {
  const { read, sent } = aReader(({ path }) =>
    path === '/api/batch'
      ? {
          answers: [
            { status: 200, output: 1 },
            { status: 401, problem: { status: 401, code: 'signed_out', detail: '' } },
          ],
        }
      : 'after signing in',
  )
  expect(await Promise.all([read('a.one', {}), read('b.two', {})])).toEqual([1, 'after signing in'])
  expect(sent.map(({ path }) => path)).toEqual(['/api/batch', '/api/queries/b.two'])
})

test('what a screen no longer wants is left out; the request is dropped once nobody wants any of it', async () => {
  const { promise: never } = Promise.withResolvers<unknown>()
  const { read, sent } = aReader(() => never)
  const [before, first, second] = [new AbortController(), new AbortController(), new AbortController()]
  const all = Promise.allSettled([read('gone', {}, before.signal), read('a.one', {}, first.signal), read('b.two', {}, second.signal)])
  before.abort()
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect((sent[0] as Sent & { body: Batch }).body.queries.map(({ name }) => name)).toEqual(['a.one', 'b.two'])
  first.abort()
  expect(sent[0]?.signal?.aborted).toBe(false)
  second.abort()
  expect(sent[0]?.signal?.aborted).toBe(true)
  expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
})

test('a request that fails fails all it held', async () => {
  const { read } = aReader(() => {
    throw new ApiError({ status: 0, code: 'network', detail: 'Réseau perdu.' })
  })
  const outcomes = await Promise.allSettled([read('a.one', {}), read('b.two', {})])
  expect(outcomes.map((outcome) => (outcome.status === 'rejected' ? (outcome.reason as ApiError).code : 'given'))).toEqual(['network', 'network'])
})

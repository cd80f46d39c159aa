import { afterAll, describe, expect, it } from 'vitest'
import { joined, lastNumberOf } from '../src/conversations/web/message-order.ts'
import type { OpenMessages } from '../src/conversations/web/use-messages.ts'
import { newId } from '../src/platform/contract/ids.ts'
import { openSession } from '../src/platform/server/sessions.ts'
import { testDatabase } from '../src/platform/testing/test-database.ts'
import { aService, aUser, type BuiltUser } from '../src/territory/testing/builders.ts'
import { readStream, type StreamReader, until } from './delivery/reader.ts'
import { aServingProcess, type ServingProcess } from './delivery/serving.ts'

/** `MESSAGES=10000` for the whole measure; a size fit for every day otherwise. */
const many = Number(process.env['MESSAGES'] ?? 200)
const { db, owner, appUrl, ownerUrl } = await testDatabase()
const now = new Date()
const dac = await aService(db, { name: 'DAC Hautes-Vallées' })
const users = [await aUser(db, { service: dac }), await aUser(db, { service: dac, givenName: 'Karim', familyName: 'Belkacem' })] as [BuiltUser, BuiltUser]
const tokens = await Promise.all(
  users.map(async (user) => (await openSession(db, { userId: user.id, membershipId: user.membershipId, now, absoluteMinutes: 600 })).token),
)
const running: ServingProcess[] = []
const readers: StreamReader[] = []
afterAll(async () => {
  for (const reader of readers) reader.close()
  await Promise.all(running.map((one) => one.stop()))
})

const aServer = async (): Promise<ServingProcess> => {
  const one = await aServingProcess({ appUrl, ownerUrl }, now)
  running.push(one)
  return one
}
const aReader = (servers: readonly string[], who: 0 | 1, options: { retryMs?: number; from?: number } = {}): StreamReader => {
  const one = readStream(servers, String(tokens[who]), options)
  readers.push(one)
  return one
}
const post = async (server: string, who: 0 | 1, path: string, body: unknown, key: string = newId()): Promise<Response> =>
  fetch(`${server}/api/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { cookie: `jalon=${tokens[who]}`, 'content-type': 'application/json', 'x-jalon': '1', 'idempotency-key': key },
    signal: AbortSignal.timeout(8_000),
  })

async function aThread(server: string): Promise<string> {
  const id = newId()
  const answer = await post(server, 0, 'actions/conversations.professionalThread.open', { id, subject: 'Tour de garde', participants: [users[1].id] })
  expect(answer.status).toBe(200)
  return id
}

/** Writes as the page does: the same message under the same key until somebody answers, on whichever server does. */
async function write(
  servers: () => readonly string[],
  threadId: string,
  count: number,
  besides: () => Promise<void> = async () => undefined,
): Promise<readonly string[]> {
  const ids: string[] = []
  let turn = 0
  for (let n = 0; n < count; n += 1) {
    const id = newId()
    for (;;) {
      const list = servers()
      const answer = await post(list[turn++ % list.length] as string, 0, 'actions/conversations.message.send', { id, threadId, body: `n° ${n}` }, id).catch(
        () => null,
      )
      if (answer?.status === 200) break
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    ids.push(id)
    await besides()
  }
  return ids
}

const sentOf = (reader: StreamReader, threadId: string): readonly number[] =>
  reader.told.filter((one) => one.type === 'conversations.message.sent' && one.threadId === threadId).map((one) => Number(one.number))
const oneToCount = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1)

/** What the page does of an announcement: asks for what follows the last message that it holds. */
async function caughtUp(server: string, threadId: string, held: OpenMessages['rows']): Promise<OpenMessages['rows']> {
  let rows = held
  for (;;) {
    const answer = await post(server, 1, 'queries/conversations.messages', { threadId, after: lastNumberOf(rows), limit: 200 })
    const page = (await answer.json()) as { rows: OpenMessages['rows']; more: boolean }
    rows = joined(rows, page.rows)
    if (!page.more) return rows
  }
}

describe('delivery of messages', () => {
  it(`brings exactly what was missed, once, in order, whatever the moments at which the connection is cut (${many} messages)`, {
    timeout: 60_000 + many * 40,
  }, async () => {
    const server = await aServer()
    const reader = aReader([server.url], 1, { retryMs: 30 })
    await until('the stream opens', reader.connected, 10_000)
    const threadId = await aThread(server.url)
    let cuts = 0
    let held: OpenMessages['rows'] = []
    let turn = 0
    await write(
      () => [server.url],
      threadId,
      many,
      async () => {
        turn += 1
        // A cut about every twentieth message, at any moment of the life of the stream.
        if (Math.random() < 0.05) {
          cuts += 1
          setTimeout(reader.cut, Math.random() * 20)
        }
        if (turn % 50 === 0) held = await caughtUp(server.url, threadId, held)
      },
    )
    await until('everything was announced', () => sentOf(reader, threadId).length >= many, 20_000)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(cuts).toBeGreaterThan(0)
    expect(sentOf(reader, threadId)).toEqual(oneToCount(many))
    const seqs = reader.told.map(({ seq }) => seq)
    expect(seqs).toEqual([...new Set(seqs)].toSorted((a, b) => a - b))
    held = await caughtUp(server.url, threadId, held)
    expect(held.map(({ number }) => number)).toEqual(oneToCount(many))
    expect(held.map(({ body }) => body)).toEqual(oneToCount(many).map((n) => `n° ${n - 1}`))
  })

  it('goes on when one of two servers is killed under load: clients are on the other within five seconds, nothing is lost nor doubled', {
    timeout: 90_000,
  }, async () => {
    const [first, second] = [await aServer(), await aServer()]
    const servers = [first.url, second.url]
    const reader = aReader(servers, 1)
    await until('the stream opens', reader.connected, 10_000)
    const threadId = await aThread(second.url)
    const count = 120
    let written = 0
    const ids = await write(
      () => servers,
      threadId,
      count,
      async () => {
        written += 1
        if (written === 40) first.kill()
      },
    )
    await until('everything was announced', () => sentOf(reader, threadId).length >= count, 15_000)
    expect(sentOf(reader, threadId)).toEqual(oneToCount(count))
    expect(Math.max(...reader.interruptions)).toBeLessThan(5_000)
    const { rows } = await owner.query<{ id: string; number: number }>('select id, number from conversations.message where thread_id = $1 order by number', [
      threadId,
    ])
    expect(rows.map((row) => row.number)).toEqual(oneToCount(count))
    expect(rows.map((row) => row.id)).toEqual(ids)
  })
})

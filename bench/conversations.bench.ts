import { sql } from 'kysely'
import pg from 'pg'
import { newId } from '../src/platform/contract/ids.ts'
import { asSystem, openDatabase } from '../src/platform/server/db.ts'
import { openSession } from '../src/platform/server/sessions.ts'
import { createTestDatabase, dropTestDatabase } from '../src/platform/testing/test-server.ts'
import { aService, aUser, type BuiltUser } from '../src/territory/testing/builders.ts'
import { readStream, type StreamReader, until } from '../tests/delivery/reader.ts'
import { aServingProcess } from '../tests/delivery/serving.ts'

/**
 * `npm run bench -- conversations [--browsers 1000] [--messages 100] [--circle 10]`: messages to browsers connected to two server processes. Times go from
 * the moment at which the message leaves its author (`from_sending`: the transaction is in them) and from the answer that says it is committed (`from_commit`) to its
 * arrival on the stream of each participant: once in circles, once in one conversation of everybody. The floor, in the same run: commit, NOTIFY and its hearing on one connection, nothing else.
 */
const option = (name: string, usual: number): number => Number(process.argv.includes(`--${name}`) ? process.argv[process.argv.indexOf(`--${name}`) + 1] : usual)
const browsers = option('browsers', 1000)
const count = option('messages', 100)
const circle = option('circle', 10)
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const urls = await createTestDatabase()
const db = openDatabase(urls.appUrl, { max: 4, name: 'jalon-bench' })
const now = new Date()
const servers = [await aServingProcess(urls, now), await aServingProcess(urls, now)]
const readers: StreamReader[] = []
const tokens: string[] = []
try {
  const dac = await aService(db, { name: 'DAC de mesure' })
  const users: BuiltUser[] = []
  for (let n = 0; n < browsers; n += 1) {
    const user = await aUser(db, { service: dac, familyName: `N${n}` })
    users.push(user)
    tokens.push((await openSession(db, { userId: user.id, membershipId: user.membershipId, now, absoluteMinutes: 600 })).token)
  }
  const circles = await threadsOf(users, circle)
  const [everybody] = await threadsOf(users, users.length)
  print({ bench: 'conversations', what: 'floor: commit, NOTIFY, heard', ...summary(await floor()) })
  for (const [n, token] of tokens.entries()) {
    readers.push(readStream([(servers[n % 2] as (typeof servers)[0]).url], token))
    if (n % 50 === 49) await pause(100)
  }
  await until('every stream is open', () => readers.every((reader) => reader.connected()), 60_000)
  await measure('circles', (n) => circles[n % circles.length] as Thread, count)
  await measure('one conversation of everybody', () => everybody as Thread, Math.min(20, count))
} finally {
  for (const reader of readers) reader.close()
  await Promise.all(servers.map((server) => server.stop()))
  await db.close()
  await dropTestDatabase(urls.name)
}

interface Thread {
  readonly id: string
  readonly members: readonly number[]
}

/** Conversations of so many users each, written as they are after somebody opened them. */
async function threadsOf(users: readonly BuiltUser[], size: number): Promise<readonly Thread[]> {
  const made: Thread[] = []
  await asSystem(db, 'conversations of a measure', async (tx) => {
    for (let from = 0; from < users.length; from += size) {
      const members = users.slice(from, from + size)
      const [author] = members as [BuiltUser]
      const id = newId()
      await sql`insert into conversations.thread (id, subject, reach, last_at, created_at, created_by, created_by_name, volet, holder_org)
        values (${id}, 'Mesure', 'chosen', now(), now(), ${author.id}, 'N', 'administrative', ${author.service.id})`.execute(tx)
      await sql`insert into conversations.participant (id, thread_id, user_id, name, from_number, joined_at, volet, holder_org)
        select gen_random_uuid(), ${id}, u, 'N', 1, now(), 'administrative', ${author.service.id} from unnest(${`{${members.map((one) => one.id).join(',')}}`}::uuid[]) u`.execute(
        tx,
      )
      made.push({ id, members: members.map((_, place) => from + place) })
    }
  })
  return made
}

async function measure(what: string, threadOf: (n: number) => Thread, messages: number): Promise<void> {
  const times: number[] = []
  const sinceAnswer: number[] = []
  const answers: number[] = []
  let expected = 0
  const left = new Map<string, number>()
  const answered = new Map<string, number>()
  for (const reader of readers) (reader.told as unknown[]).length = 0
  for (let n = 0; n < messages; n += 1) {
    const thread = threadOf(n)
    const author = thread.members[n % thread.members.length] as number
    const id = newId()
    const start = performance.now()
    left.set(id, start)
    const server = servers[n % 2] as (typeof servers)[0]
    const answer = await fetch(`${server.url}/api/actions/conversations.message.send`, {
      method: 'POST',
      body: JSON.stringify({ id, threadId: thread.id, body: `Message ${n}` }),
      headers: { cookie: `jalon=${tokens[author]}`, 'content-type': 'application/json', 'x-jalon': '1', 'idempotency-key': id },
    })
    if (answer.status !== 200) throw new Error(`message refused: ${answer.status} ${await answer.text()}`)
    answered.set(id, performance.now())
    answers.push(performance.now() - start)
    expected += thread.members.length
    await pause(60)
  }
  const arrived = (): number => readers.reduce((sum, reader) => sum + reader.told.filter((one) => one.type === 'conversations.message.sent').length, 0)
  await until(`${expected} arrivals`, () => arrived() >= expected, 30_000)
  for (const reader of readers)
    for (const one of reader.told as readonly ((typeof reader.told)[number] & { messageId?: string })[]) {
      const start = left.get(String(one.messageId))
      if (one.type !== 'conversations.message.sent' || start === undefined) continue
      times.push(one.at - start)
      // What reaches a reader before its author hears that it is committed counts as nothing.
      sinceAnswer.push(Math.max(0, one.at - (answered.get(String(one.messageId)) ?? start)))
    }
  print({
    bench: 'conversations',
    what,
    browsers,
    servers: 2,
    messages,
    arrivals: times.length,
    ...summary(times),
    answer_p50: summary(answers).p50,
    target_p99: 250,
  })
}

async function floor(): Promise<readonly number[]> {
  const [writer, listener] = [new pg.Client({ connectionString: urls.appUrl }), new pg.Client({ connectionString: urls.appUrl })]
  await Promise.all([writer.connect(), listener.connect()])
  const times: number[] = []
  let heard: (() => void) | undefined
  listener.on('notification', () => heard?.())
  await listener.query('listen jalon_bench')
  for (let n = 0; n < 200; n += 1) {
    const start = performance.now()
    const heardIt = new Promise<void>((resolve) => {
      heard = resolve
    })
    await writer.query(`select pg_notify('jalon_bench', $1)`, [String(n)])
    await heardIt
    times.push(performance.now() - start)
  }
  await Promise.all([writer.end(), listener.end()])
  return times
}

function summary(times: readonly number[]): { p50: number; p95: number; p99: number; max: number } {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number): number => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) }
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

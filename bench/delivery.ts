import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { newId } from '../src/platform/contract/ids.ts'
import { type Database, openDatabase } from '../src/platform/server/db.ts'
import { openSession } from '../src/platform/server/sessions.ts'
import { createTestDatabase, type DatabaseUrls, dropTestDatabase } from '../src/platform/testing/test-server.ts'
import type { BuiltUser } from '../src/territory/testing/builders.ts'
import { readStream, type StreamReader, type Told, until } from '../tests/delivery/reader.ts'
import { aServingProcess } from '../tests/delivery/serving.ts'

/** A number given on the command line: `--browsers 1000`. */
export const option = (name: string, usual: number): number =>
  Number(process.argv.includes(`--${name}`) ? process.argv[process.argv.indexOf(`--${name}`) + 1] : usual)
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Two server processes on one database, and browsers that are shared between them. */
export interface DeliveryStage {
  readonly urls: DatabaseUrls
  readonly db: Database
  readonly now: Date
  readonly readers: readonly StreamReader[]
  readonly tokens: readonly string[]
  /** One browser for each user. */
  readonly connect: (users: readonly BuiltUser[]) => Promise<void>
  /** An action by the user of this rank, on one server or the other in turn; gives when it left and when its answer came. */
  readonly act: (turn: number, user: number, action: string, input: { readonly id: string }) => Promise<{ readonly left: number; readonly answered: number }>
  /** Processor time that both servers have used, in milliseconds: what a busy machine does not falsify. */
  readonly serverCpuMs: () => number
  readonly close: () => Promise<void>
}

const cpuMs = (pid: number | undefined): number => {
  const [user = 0, system = 0] = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
    .slice(11, 13)
    .map(Number)
  return (user + system) * 10
}

export async function openStage(): Promise<DeliveryStage> {
  const urls = await createTestDatabase()
  const db = openDatabase(urls.appUrl, { max: 4, name: 'jalon-bench' })
  const now = new Date()
  const servers = [await aServingProcess(urls, now), await aServingProcess(urls, now)]
  const readers: StreamReader[] = []
  const tokens: string[] = []
  const serverOf = (turn: number): string => (servers[turn % 2] as (typeof servers)[0]).url
  return {
    urls,
    db,
    now,
    readers,
    tokens,
    connect: async (users) => {
      for (const user of users) tokens.push((await openSession(db, { userId: user.id, membershipId: user.membershipId, now, absoluteMinutes: 600 })).token)
      for (const [n, token] of tokens.entries()) {
        readers.push(readStream([serverOf(n)], token))
        if (n % 50 === 49) await pause(100)
      }
      await until('every stream is open', () => readers.every((reader) => reader.connected()), 60_000)
    },
    act: async (turn, user, action, input) => {
      const left = performance.now()
      const answer = await fetch(`${serverOf(turn)}/api/actions/${action}`, {
        method: 'POST',
        body: JSON.stringify(input),
        headers: { cookie: `jalon=${tokens[user]}`, 'content-type': 'application/json', 'x-jalon': '1', 'idempotency-key': input.id },
      })
      if (answer.status !== 200) throw new Error(`${action}: ${answer.status} ${await answer.text()}`)
      return { left, answered: performance.now() }
    },
    serverCpuMs: () => servers.reduce((sum, { process: { pid } }) => sum + cpuMs(pid), 0),
    close: async () => {
      for (const reader of readers) reader.close()
      await Promise.all(servers.map((server) => server.stop()))
      await db.close()
      await dropTestDatabase(urls.name)
    },
  }
}

export interface FanOut {
  readonly times: number
  /** Does it once: gives its id and how many browsers are to be told. */
  readonly once: (n: number, id: string) => Promise<{ readonly left: number; readonly answered: number; readonly listeners: number }>
  /** The id that an announcement carries; undefined for those of something else. */
  readonly idOf: (told: Told) => string | undefined
}

/**
 * Does something so many times and waits for all its announcements. The commit lies between the sending and the answer, so that the delay from the commit lies between
 * the two that are given: `from_sending` holds the whole transaction, `from_answer` begins once its author knows (earlier arrivals count as nothing).
 */
export async function fanOut({ readers, serverCpuMs }: DeliveryStage, { times, once, idOf }: FanOut): Promise<object> {
  const left = new Map<string, number>()
  const answered = new Map<string, number>()
  const answers: number[] = []
  let expected = 0
  const before = serverCpuMs()
  const clients = process.cpuUsage()
  for (const reader of readers) (reader.told as Told[]).length = 0
  for (let n = 0; n < times; n += 1) {
    const id = newId()
    const done = await once(n, id)
    left.set(id, done.left)
    answered.set(id, done.answered)
    answers.push(done.answered - done.left)
    expected += done.listeners
    await pause(60)
  }
  const arrivals = (): readonly Told[] => readers.flatMap((reader) => reader.told.filter((told) => left.has(String(idOf(told)))))
  await until(`${expected} arrivals`, () => arrivals().length >= expected, 30_000)
  const { user, system } = process.cpuUsage(clients)
  const told = arrivals()
  if (told.length > expected) throw new Error(`${told.length} arrivals for ${expected} expected: something was told twice`)
  const since = (from: ReadonlyMap<string, number>): readonly number[] => told.map((one) => Math.max(0, one.at - (from.get(String(idOf(one))) ?? 0)))
  return {
    browsers: readers.length,
    servers: 2,
    times,
    arrivals: told.length,
    answer_p50: summary(answers).p50,
    server_cpu_ms_each: Math.round((serverCpuMs() - before) / times),
    // All the browsers are this one process, on the same machine: what it takes is missing to the servers.
    clients_cpu_ms_each: Math.round((user + system) / 1000 / times),
    from_sending: summary(since(left)),
    from_answer: summary(since(answered)),
  }
}

/** The least that any delivery costs here: commit, NOTIFY and its hearing on one connection, nothing else. */
export async function floor({ urls }: DeliveryStage): Promise<object> {
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
  return summary(times)
}

/** The same bytes to as many sockets, from two processes that look at nobody's rights: what of a delivery is the machine and the browsers of this bench. */
export async function socketFloor({ readers }: DeliveryStage, listeners: number, times = 20): Promise<object> {
  const bare = await Promise.all([aBareProcess(), aBareProcess()])
  const [turn] = bare as [BareProcess, BareProcess]
  const streams = Array.from({ length: listeners }, (_, n) => readStream([(bare[n % 2] ?? turn).url], 'nobody'))
  try {
    await until('every bare stream is open', () => streams.every((reader) => reader.connected()), 60_000)
    const arrivals: number[] = []
    for (let n = 1; n <= times; n += 1) {
      const said = { type: 'conversations.message.sent', personId: null, threadId: newId(), messageId: newId(), number: n }
      const text = `id: ${n}\nevent: message\ndata: ${JSON.stringify(said)}\n\n`
      const left = performance.now()
      await Promise.all(bare.map(({ url }) => fetch(url, { method: 'POST', body: text })))
      await until(`${listeners} bare arrivals`, () => streams.every(({ told }) => told.length === n), 30_000)
      for (const { told } of streams) arrivals.push((told.at(-1)?.at ?? left) - left)
      await pause(60)
    }
    return { browsers: readers.length, sockets: listeners, servers: 2, times, from_sending: summary(arrivals) }
  } finally {
    for (const stream of streams) stream.close()
    for (const one of bare) one.stop()
  }
}

interface BareProcess {
  readonly url: string
  readonly stop: () => void
}

async function aBareProcess(): Promise<BareProcess> {
  const child = fork(fileURLToPath(new URL('./bare-stream.ts', import.meta.url)))
  const [{ url }] = (await once(child, 'message')) as [{ url: string }]
  return { url, stop: () => child.disconnect() }
}

function summary(times: readonly number[]): { p50: number; p95: number; p99: number; max: number } {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number): number => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) }
}

export function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

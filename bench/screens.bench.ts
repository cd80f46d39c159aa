import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { batchPath } from '../src/platform/contract/batch.ts'
import { openDatabase } from '../src/platform/server/db.ts'
import { openSession } from '../src/platform/server/sessions.ts'
import { processorTime } from './processor-time.ts'
import { openRegions, type RegionDatabase } from './region-database.ts'
import { type Screen, screensOf } from './screens.ts'

/**
 * `npm run bench -- screens [--persons 3000,100000] [--n 200] [--only SCREEN] [--apart]`: how long the server takes for what each of the hottest screens asks,
 * through HTTP on the loopback with a session cookie, one user at a time, on seeded regions that are kept between runs. The queries of a screen leave
 * in one request, as the browser sends them (`--apart`: each in its own, at the same moment); the time is that of the last answer. The floors are measured in the same run, on the same database:
 * `cpu` is the milliseconds of processor of the server and of PostgreSQL for one opening: a machine that does other things at the same time changes it little.
 * `floor_p50` is a bare transaction that sets the actor and reads one person under row-level security.
 */
const option = (name: string): string | undefined => (process.argv.includes(`--${name}`) ? process.argv[process.argv.indexOf(`--${name}`) + 1] : undefined)
const sizes = (option('persons') ?? '3000,100000').split(',').map(Number)
const n = Number(option('n') ?? 200)
const only = option('only')
const apart = process.argv.includes('--apart')
const say = (line: string): void => void process.stderr.write(`${line}\n`)

const regions = await openRegions(say)
try {
  for (const persons of sizes) await measure(persons, await regions.region(persons))
} finally {
  await regions.close()
}

async function measure(persons: number, region: RegionDatabase): Promise<void> {
  const server = fork(fileURLToPath(new URL('./serve.ts', import.meta.url)), { env: { ...process.env, ...serverSettings(region) } })
  const [{ url }] = (await once(server, 'message')) as [{ url: string }]
  const db = openDatabase(region.appUrl, { max: 2, name: 'jalon-bench' })
  const client = new pg.Client({ connectionString: region.appUrl })
  await client.connect()
  try {
    const system = async <T extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<readonly T[]> => {
      await client.query('set role jalon_system')
      try {
        return (await client.query<T>(text, [...values])).rows
      } finally {
        await client.query('reset role')
      }
    }
    const screens = (await screensOf(system, n, region.instant)).filter((screen) => only === undefined || screen.name === only)
    const floors = await floorsOf(client, screens[0] as Screen)
    for (const [floor, times] of Object.entries(floors))
      print({ bench: 'screens', screen: `floor: ${floor}`, persons, postgres: region.version, ...summary(times) })
    for (const screen of screens) {
      const { token } = await openSession(db, { userId: screen.userId, membershipId: screen.membershipId, now: region.instant, absoluteMinutes: 600 })
      const used = async (): Promise<number> => {
        const backends = await client.query<{ pid: number }>(`select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`)
        return processorTime([Number(server.pid), ...backends.rows.map(({ pid }) => pid)])
      }
      const times = await screenTimes(url, token, screen, used)
      const { p50 } = summary(floors['transaction under row-level security'] ?? [])
      print({
        bench: 'screens',
        screen: screen.name,
        persons,
        ...summary(times.all),
        cpu: times.cpu,
        floor_p50: p50,
        queries: screen.queries.length,
        slowest: times.slowest,
        bytes: times.bytes,
      })
    }
  } finally {
    await client.end()
    await db.close()
    server.disconnect()
    await once(server, 'exit')
  }
}

/** A warm-up long enough for each connection of the pool to keep its plans, then each screen with its own persons; a refused answer stops the bench. */
async function screenTimes(
  url: string,
  token: string,
  screen: Screen,
  used: () => Promise<number>,
): Promise<{ readonly all: readonly number[]; readonly slowest: string; readonly bytes: number; readonly cpu: number }> {
  const all: number[] = []
  let before = 0
  const byQuery = new Map<string, number[]>()
  let bytes = 0
  const warmUp = 80
  for (let round = -warmUp; round < n; round += 1) {
    if (round === 0) before = await used()
    const started = performance.now()
    const asked = screen.queries.map(({ name, input }) => ({ name, input: input((round + warmUp * n) % n) }))
    const answers = await (apart || asked.length === 1
      ? Promise.all(asked.map((one) => askAlone(url, token, screen, one)))
      : askTogether(url, token, screen, asked))
    if (round >= 0) for (const { name, at } of answers) (byQuery.get(name) ?? byQuery.set(name, []).get(name))?.push(at - started)
    if (round >= 0) {
      all.push(performance.now() - started)
      bytes += answers.reduce((sum, { size }) => sum + size, 0)
    }
    // The server answers 1,200 requests a minute to a session: a bench that asks faster would be refused, like a script.
    await new Promise((resume) => setTimeout(resume, Math.max(0, 52 * screen.queries.length - (performance.now() - started))))
  }
  const slowest = [...byQuery].sort((a, b) => summary(b[1]).p95 - summary(a[1]).p95)[0]
  const cpu = Number((((await used()) - before) / n).toFixed(1))
  return { all, cpu, slowest: slowest === undefined ? '' : `${slowest[0]} ${summary(slowest[1]).p95}`, bytes: Math.round(bytes / n) }
}

interface Asked {
  readonly name: string
  readonly input: unknown
}

interface Given {
  readonly name: string
  readonly size: number
  readonly at: number
}

async function askAlone(url: string, token: string, screen: Screen, { name, input }: Asked): Promise<Given> {
  const text = await post(`${url}/api/queries/${name}`, token, input, `${screen.name}, ${name}`)
  return { name, size: text.length, at: performance.now() }
}

async function askTogether(url: string, token: string, screen: Screen, queries: readonly Asked[]): Promise<readonly Given[]> {
  const text = await post(`${url}${batchPath}`, token, { queries }, screen.name)
  const at = performance.now()
  const { answers } = JSON.parse(text) as { readonly answers: readonly { readonly status: number; readonly output?: unknown }[] }
  return answers.map(({ status, output }, i) => {
    const name = String(queries[i]?.name)
    if (status !== 200) throw new Error(`${screen.name}, ${name}: ${status} ${text.slice(0, 300)}`)
    return { name, size: JSON.stringify(output).length, at }
  })
}

async function post(address: string, token: string, body: unknown, what: string): Promise<string> {
  const headers = { cookie: `jalon=${token}`, 'content-type': 'application/json', 'x-jalon': '1' }
  const response = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) })
  const text = await response.text()
  if (!response.ok) throw new Error(`${what}: ${response.status} ${text.slice(0, 300)}`)
  return text
}

/** A primary key through the driver alone; a transaction that sets the actor and reads under the policies, as every query does before its own work. */
async function floorsOf(client: pg.Client, screen: Screen): Promise<Readonly<Record<string, readonly number[]>>> {
  const key: number[] = []
  const transaction: number[] = []
  for (let round = 0; round < n; round += 1) {
    const personId = screen.personIds[round % screen.personIds.length]
    let started = performance.now()
    await client.query('select 1 from territory.user_account where id = $1', [screen.userId])
    key.push(performance.now() - started)
    started = performance.now()
    await client.query('begin')
    await client.query(
      `select set_config('jalon.actor', $1, true), set_config('jalon.service', $2, true), set_config('jalon.parties', $3, true), set_config('jalon.volets', '{administrative,social,health}', true)`,
      [screen.userId, screen.serviceId, `{${screen.userId},${screen.serviceId}}`],
    )
    await client.query('select person_id from persons.person where person_id = $1', [personId])
    await client.query('commit')
    transaction.push(performance.now() - started)
  }
  return { 'primary key': key, 'transaction under row-level security': transaction }
}

function summary(times: readonly number[]): { readonly n: number; readonly p50: number; readonly p95: number } {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number): number => Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1))
  return { n: times.length, p50: at(0.5), p95: at(0.95) }
}

function print(result: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify(result)}\n`)
}

function serverSettings({ appUrl, ownerUrl, instant }: RegionDatabase): Readonly<Record<string, string>> {
  const nowhere = 'http://127.0.0.1:1'
  return {
    DATABASE_URL: appUrl,
    DATABASE_OWNER_URL: ownerUrl,
    PORT: '0',
    HOST: '127.0.0.1',
    PUBLIC_URL: 'http://127.0.0.1',
    JALON_MODE: 'demo',
    LOG_LEVEL: 'fatal',
    BENCH_INSTANT: instant.toISOString(),
    PSC_ISSUER: nowhere,
    PSC_AUTHORIZE_URL: nowhere,
    PSC_TOKEN_URL: nowhere,
    PSC_USERINFO_URL: nowhere,
    PSC_JWKS_URL: nowhere,
    PSC_LOGOUT_URL: nowhere,
    PSC_CLIENT_ID: 'bench',
    PSC_CLIENT_SECRET: 'bench',
  }
}

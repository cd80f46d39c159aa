import { spawn } from 'node:child_process'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { readRecord } from './cluster-record.ts'
import { isAlive, runningPostmaster } from './postmaster.ts'
import { createDatabase, databaseExists, databaseUrl, renameDatabase, withClient } from './prepare-database.ts'
import { type EmbeddedPostgres, removeEmbeddedPostgres, startEmbeddedPostgres } from './start-embedded-postgres.ts'

// Several starts and stops in a test, on a machine that may be doing other things.
vi.setConfig({ testTimeout: 60_000 })

let folder = ''
let dataDir = ''
let running: EmbeddedPostgres | undefined

const start = async (port?: number): Promise<EmbeddedPostgres> => {
  running = await startEmbeddedPostgres({ dataDir, log: () => undefined, ...(port === undefined ? {} : { port }) })
  return running
}
const pgdata = (): string => readRecord(dataDir)?.pgdata ?? ''
const postmasterPid = (): number => runningPostmaster(pgdata())?.pid ?? 0

async function killPostmaster(): Promise<void> {
  const pid = postmasterPid()
  process.kill(pid, 'SIGKILL')
  while (isAlive(pid)) await sleep(10)
}

async function newFolder(): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'jalon-embedded-'))
  // Open to others, as a clone usually is: root then gives the cluster to an ordinary user.
  await chmod(folder, 0o755)
  dataDir = join(folder, 'data')
}

async function removeFolder(): Promise<void> {
  await removeEmbeddedPostgres(dataDir)
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}

afterEach(async () => {
  await running?.stop().catch(() => undefined)
  running = undefined
})

describe('the embedded PostgreSQL, once made', () => {
  beforeAll(newFolder)
  afterAll(removeFolder)

  test('starts on the loopback address alone, with secrets that only its owner reads, keeps its port and its data, and stops', async () => {
    const first = await start()
    expect(statSync(join(dataDir, 'cluster.json')).mode & 0o077).toBe(0)
    await createDatabase(first.superUrl, 'kept')
    const { rows } = await withClient(first.superUrl, (client) =>
      client.query('select current_setting($1) as listen, current_setting($2) as fsync', ['listen_addresses', 'fsync']),
    )
    expect(rows).toEqual([{ listen: '127.0.0.1', fsync: 'on' }])
    await first.stop()
    expect(runningPostmaster(pgdata())).toBeNull()
    const second = await start()
    expect(second.port).toBe(first.port)
    expect(await databaseExists(second.superUrl, 'kept')).toBe(true)
  })

  test('reads a large table with several workers', async () => {
    const { superUrl } = await start()
    const { rows } = await withClient(superUrl, async (client) => {
      for (const setting of ['debug_parallel_query = on', 'min_parallel_table_scan_size = 0', 'parallel_setup_cost = 0', 'parallel_tuple_cost = 0'])
        await client.query(`set ${setting}`)
      return client.query('select count(*) > 100 as all_there from pg_class')
    })
    expect(rows).toEqual([{ all_there: true }])
  })

  test('refuses a login without its password', async () => {
    const { superUrl } = await start()
    const stranger = new URL(superUrl)
    stranger.password = 'guess'
    await expect(withClient(stranger.href, (client) => client.query('select 1'))).rejects.toThrow('password authentication failed')
  })

  test('is taken over as it runs when the program that started it was killed', async () => {
    const left = await start()
    const pid = postmasterPid()
    const taken = await start()
    expect(taken.reused).toBe(true)
    expect(taken.port).toBe(left.port)
    expect(postmasterPid()).toBe(pid)
  })

  test('starts again after kill -9 in the middle of a computation, and has lost nothing that was acknowledged', async () => {
    const first = await start()
    await createDatabase(first.superUrl, 'work')
    const url = databaseUrl(first.superUrl, 'work')
    await withClient(url, (client) => client.query('create table witness as select 1 as n'))
    const busy = new pg.Client({ connectionString: url })
    busy.on('error', () => undefined)
    await busy.connect()
    const computing = busy
      .query('insert into witness select count(*) from generate_series(1, 100000) a, generate_series(1, 100000) b')
      .catch((error: Error) => error)
    await sleep(300)
    await killPostmaster()
    const second = await start()
    expect(second.reused).toBe(false)
    expect(await computing).toBeInstanceOf(Error)
    const { rows } = await withClient(databaseUrl(second.superUrl, 'work'), (client) => client.query('select n from witness'))
    expect(rows).toEqual([{ n: 1 }])
  })

  test('is not fooled by a pid file whose number now belongs to another program', async () => {
    await start()
    await killPostmaster()
    const stranger = spawn('sleep', ['30'], { stdio: 'ignore', ...(process.getuid?.() === 0 ? { uid: statSync(pgdata()).uid } : {}) })
    const file = join(pgdata(), 'postmaster.pid')
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(stranger.pid)))
    const again = await start()
    expect(again.reused).toBe(false)
    expect(stranger.exitCode).toBeNull()
    stranger.kill()
  })

  test('tells when it goes away by itself', async () => {
    const postgres = await start()
    const lost = new Promise<string>((resolve) => postgres.onLost(() => resolve('lost')))
    await killPostmaster()
    expect(await lost).toBe('lost')
  })

  test('refuses data of another major version, and leaves them as they are', async () => {
    await (await start()).stop()
    const file = join(pgdata(), 'PG_VERSION')
    const version = readFileSync(file, 'utf8')
    writeFileSync(file, '16\n')
    await expect(start()).rejects.toThrow('ont été écrites par PostgreSQL 16')
    expect(readFileSync(file, 'utf8')).toBe('16\n')
    writeFileSync(file, version)
  })

  test('a database gets its name when it is finished, whoever is still connected to it', async () => {
    const { superUrl } = await start()
    await createDatabase(superUrl, 'loading')
    const client = new pg.Client({ connectionString: databaseUrl(superUrl, 'loading') })
    client.on('error', () => undefined)
    await client.connect()
    await renameDatabase(superUrl, 'loading', 'finished')
    expect(await databaseExists(superUrl, 'loading')).toBe(false)
    expect(await databaseExists(superUrl, 'finished')).toBe(true)
  })
})

describe('the embedded PostgreSQL, at its first start', () => {
  beforeEach(newFolder)
  afterEach(removeFolder)

  test('two starts at once give one server', async () => {
    const [one, other] = await Promise.all([start(), startEmbeddedPostgres({ dataDir, log: () => undefined })])
    expect(one.port).toBe(other.port)
    expect([one.reused, other.reused].sort()).toEqual([false, true])
  })

  test('a cluster half made by a killed start is made again', async () => {
    await (await start()).stop()
    const whole = pgdata()
    await removeEmbeddedPostgres(dataDir)
    const starting = spawn(process.execPath, ['--input-type=module', '-e', starter()], { stdio: 'ignore' })
    while (!existsSync(`${whole}.new-${starting.pid}`)) await sleep(5)
    await sleep(100)
    starting.kill('SIGKILL')
    expect(existsSync(whole)).toBe(false)
    expect((await start()).reused).toBe(false)
  })

  // As root below a folder that nobody else may enter, which is where a temporary clone often is.
  test.runIf(process.getuid?.() === 0)('runs for root below a folder closed to others', async () => {
    await chmod(folder, 0o700)
    const postgres = await start()
    expect(await databaseExists(postgres.superUrl, 'postgres')).toBe(true)
  })
})

function starter(): string {
  const module = new URL('./start-embedded-postgres.ts', import.meta.url).href
  return `import { startEmbeddedPostgres } from ${JSON.stringify(module)}; await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, log: () => undefined })`
}

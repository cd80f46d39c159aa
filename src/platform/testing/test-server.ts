import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { joinUsers } from '../server/embedded/file-lock.ts'
import { isAlive } from '../server/embedded/postmaster.ts'
import {
  appRole,
  createDatabase,
  databaseExists,
  databaseUrl,
  dropDatabase,
  ownerRole,
  prepareOwner,
  renameDatabase,
  withClient,
} from '../server/embedded/prepare-database.ts'
import { type EmbeddedPostgres, removeEmbeddedPostgres, startEmbeddedPostgres } from '../server/embedded/start-embedded-postgres.ts'
import { migrate } from '../server/migrate.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const cache = join(root, 'node_modules', '.cache', 'jalon')
const dataDir = join(cache, 'test-postgres')
const usersLock = join(cache, 'test-postgres.users')

/** Environment variable with the address of another PostgreSQL (15 or newer) to test on: a role allowed to create roles and databases. */
export const testDatabaseVariable = 'JALON_TEST_DATABASE_URL'

export interface TestServer {
  readonly superUrl: string
  readonly ownerPassword: string
  readonly appPassword: string
}

export interface DatabaseUrls {
  readonly name: string
  readonly superUrl: string
  readonly ownerUrl: string
  readonly appUrl: string
}

/** Says that this run uses the test server until `leave`; the last run to leave stops it. */
export async function joinTestServer(): Promise<{ leave(): Promise<void> }> {
  if (process.env[testDatabaseVariable]) return { leave: async () => undefined }
  const users = await joinUsers(usersLock)
  return { leave: () => users.leave(stopServer) }
}

async function stopServer(): Promise<void> {
  if (!existsSync(join(dataDir, 'cluster.json'))) return
  const server = await startServer()
  await dropLeftovers(server.superUrl)
  await server.stop()
}

let found: Promise<TestServer> | undefined

/** The server that tests run on: the one named by JALON_TEST_DATABASE_URL, else an embedded one, started by whoever needs it first. */
export function testServer(): Promise<TestServer> {
  found ??= findServer()
  return found
}

async function findServer(): Promise<TestServer> {
  const given = process.env[testDatabaseVariable]
  if (given !== undefined && given !== '') {
    const passwords = { ownerPassword: 'jalon-test-owner', appPassword: 'jalon-test-app' }
    await withServerLock(given, () => prepareOwner(given, passwords.ownerPassword))
    return { superUrl: given, ...passwords }
  }
  const embedded = await startServer()
  return { superUrl: embedded.superUrl, ownerPassword: decodeURIComponent(new URL(embedded.ownerUrl).password), appPassword: embedded.appPassword }
}

/** The folder outlives runs; without fsync, it does not outlive a crash of the machine: it is then made again. */
async function startServer(): Promise<EmbeddedPostgres> {
  const start = (): Promise<EmbeddedPostgres> => startEmbeddedPostgres({ dataDir, durability: 'throwaway', log: () => undefined })
  const bootFile = join(dataDir, 'boot')
  const boot = bootId()
  if (existsSync(bootFile) && readFileSync(bootFile, 'utf8') !== boot) await removeEmbeddedPostgres(dataDir)
  const started = await start().catch(async () => {
    await removeEmbeddedPostgres(dataDir)
    return start()
  })
  writeFileSync(bootFile, boot)
  return started
}

function bootId(): string {
  const file = '/proc/sys/kernel/random/boot_id'
  return existsSync(file) ? readFileSync(file, 'utf8') : 'unknown'
}

/** A new database: migrated, made in some tens of milliseconds from a template that each set of migrations has once, or the copy of another template. */
export async function createTestDatabase(from?: string): Promise<DatabaseUrls> {
  const { superUrl } = await testServer()
  const name = `jalon_run_${process.pid}_${randomBytes(4).toString('hex')}`
  await createDatabase(superUrl, name, from ?? (await migratedTemplate()))
  return urlsOf(name)
}

export async function dropTestDatabase(name: string): Promise<void> {
  await dropDatabase((await testServer()).superUrl, name)
}

/**
 * The database that `fill` made once for a fingerprint, to copy from. It gets its name when finished: one half made by a killed run is made again.
 */
export async function template(kind: string, fingerprint: string, fill: (urls: DatabaseUrls) => Promise<void>): Promise<string> {
  const { superUrl } = await testServer()
  const name = `jalon_${kind}_${fingerprint.slice(0, 16)}`
  const base = kind === 'migrated' ? undefined : await migratedTemplate()
  await withServerLock(superUrl, async () => {
    if (await databaseExists(superUrl, name)) return
    await dropLeftovers(superUrl, `jalon_${kind}_`)
    const making = `${name}_making`
    await dropDatabase(superUrl, making)
    await createDatabase(superUrl, making, base)
    await fill(await urlsOf(making))
    await renameDatabase(superUrl, making, name)
  })
  return name
}

async function migratedTemplate(): Promise<string> {
  const { appPassword } = await testServer()
  return template('migrated', await migrationsFingerprint(), async ({ ownerUrl }) => {
    await migrate({ ownerUrl, appPassword })
  })
}

/** Changes with whatever a migrated database is made of. */
export async function migrationsFingerprint(): Promise<string> {
  const folder = join(root, 'db', 'migrations')
  const files = [
    ...(await readdir(folder))
      .filter((name) => name.endsWith('.sql'))
      .sort()
      .map((name) => join(folder, name)),
    join(root, 'src/platform/server/migrate.ts'),
  ]
  const hash = createHash('sha256')
  for (const file of files)
    hash
      .update(file.slice(root.length))
      .update('\0')
      .update(await readFile(file))
  return hash.digest('hex')
}

async function urlsOf(name: string): Promise<DatabaseUrls> {
  const { superUrl, ownerPassword, appPassword } = await testServer()
  return {
    name,
    superUrl: databaseUrl(superUrl, name),
    ownerUrl: databaseUrl(superUrl, name, { role: ownerRole, password: ownerPassword }),
    appUrl: databaseUrl(superUrl, name, { role: appRole, password: appPassword }),
  }
}

/** Databases of runs that were killed, and older templates whose name begins so. */
async function dropLeftovers(superUrl: string, olderTemplates?: string): Promise<void> {
  const list = `SELECT datname FROM pg_database WHERE datname LIKE 'jalon\\_%'`
  const names = await withClient(superUrl, async (client) => (await client.query<{ datname: string }>(list)).rows.map((row) => row.datname))
  for (const name of names) {
    const run = /^jalon_run_(\d+)_/.exec(name)
    const leftover = run ? !isAlive(Number(run[1])) : olderTemplates !== undefined && name.startsWith(olderTemplates)
    if (leftover) await dropDatabase(superUrl, name)
  }
}

/** One at a time on this server, whatever the process; a lock of its own, since `migrate` takes another one. */
async function withServerLock<T>(superUrl: string, work: () => Promise<T>): Promise<T> {
  return withClient(superUrl, async (client) => {
    await client.query(`SELECT pg_advisory_lock(hashtext('jalon.test-server'))`)
    return work()
  })
}

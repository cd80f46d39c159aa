import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { seedDemoRegion } from '../src/app/seed/seed-demo.ts'
import { joinUsers } from '../src/platform/server/embedded/file-lock.ts'
import {
  createDatabase,
  databaseExists,
  databaseUrl,
  dropDatabase,
  prepareOwner,
  renameDatabase,
  withClient,
} from '../src/platform/server/embedded/prepare-database.ts'
import { startEmbeddedPostgres } from '../src/platform/server/embedded/start-embedded-postgres.ts'
import { listMigrations, migrate } from '../src/platform/server/migrate.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'node_modules', '.cache', 'jalon')
/** Another PostgreSQL to measure on: a role allowed to create roles and databases. */
const given = process.env['JALON_BENCH_DATABASE_URL']

export interface RegionDatabase {
  readonly ownerUrl: string
  readonly appUrl: string
  /** The instant around which its region was written. */
  readonly instant: Date
  readonly version: string
}

/** A PostgreSQL that keeps its seeded regions from one run to the next; durable, as in production. */
export async function openRegions(log: (line: string) => void): Promise<{
  region(persons: number): Promise<RegionDatabase>
  /** A migrated database without a person, dropped afterwards. */
  scratch(work: (urls: { readonly ownerUrl: string; readonly appUrl: string }) => Promise<void>): Promise<void>
  close(): Promise<void>
}> {
  const users = given === undefined ? await joinUsers(join(folder, 'bench-postgres.users')) : null
  const postgres = given === undefined ? await startEmbeddedPostgres({ dataDir: join(folder, 'bench-postgres'), log: () => undefined }) : null
  const superUrl = postgres?.superUrl ?? String(given)
  if (postgres === null) await prepareOwner(superUrl, password)
  const secrets =
    postgres === null ? { owner: password, app: password } : { owner: decodeURIComponent(new URL(postgres.ownerUrl).password), app: postgres.appPassword }
  return {
    region: async (persons) => {
      const name = `jalon_region_${persons}_${(await fingerprint()).slice(0, 12)}`
      const urls = {
        ownerUrl: databaseUrl(superUrl, name, { role: 'jalon_owner', password: secrets.owner }),
        appUrl: databaseUrl(superUrl, name, { role: 'jalon_app', password: secrets.app }),
      }
      if (!(await databaseExists(superUrl, name))) await write(superUrl, name, persons, secrets, log)
      return { ...urls, ...(await facts(urls.ownerUrl)) }
    },
    scratch: async (work) => {
      const name = `jalon_scratch_${process.pid}`
      const ownerUrl = databaseUrl(superUrl, name, { role: 'jalon_owner', password: secrets.owner })
      await createDatabase(superUrl, name)
      try {
        await migrate({ ownerUrl, appPassword: secrets.app })
        await work({ ownerUrl, appUrl: databaseUrl(superUrl, name, { role: 'jalon_app', password: secrets.app }) })
      } finally {
        await dropDatabase(superUrl, name)
      }
    },
    close: async () => {
      await users?.leave(async () => postgres?.stop())
    },
  }
}

const password = 'jalon-bench'

async function write(
  superUrl: string,
  name: string,
  persons: number,
  secrets: { readonly owner: string; readonly app: string },
  log: (line: string) => void,
): Promise<void> {
  await dropOlder(superUrl, persons)
  const making = `${name}_making`
  await dropDatabase(superUrl, making)
  await createDatabase(superUrl, making)
  const ownerUrl = databaseUrl(superUrl, making, { role: 'jalon_owner', password: secrets.owner })
  const started = Date.now()
  await migrate({ ownerUrl, appPassword: secrets.app })
  await seedDemoRegion({
    ownerUrl,
    appUrl: databaseUrl(superUrl, making, { role: 'jalon_app', password: secrets.app }),
    persons,
    log: (line) => log(`${persons} · ${line}`),
  })
  // A server that runs for some days has done it by itself: what is visible to everyone is known, and reads need not look.
  await withClient(ownerUrl, (client) => client.query('vacuum (analyze, parallel 0)'))
  await renameDatabase(superUrl, making, name)
  log(`${persons} · ${Math.round((Date.now() - started) / 1000)} s`)
}

async function dropOlder(superUrl: string, persons: number): Promise<void> {
  const { rows } = await withClient(superUrl, (client) =>
    client.query<{ name: string }>('select datname as name from pg_database where starts_with(datname, $1)', [`jalon_region_${persons}_`]),
  )
  for (const { name } of rows) await dropDatabase(superUrl, name)
}

async function facts(ownerUrl: string): Promise<{ readonly instant: Date; readonly version: string }> {
  const { rows } = await withClient(ownerUrl, (client) =>
    client.query<{ at: string; version: string }>(
      `select value #>> '{}' as at, current_setting('server_version') as version from platform.setting where key = 'demo.instant'`,
    ),
  )
  return { instant: new Date(String(rows[0]?.at)), version: String(rows[0]?.version) }
}

/** Changes with the migrations and with what writes a region. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256')
  for (const { sha256 } of await listMigrations()) hash.update(sha256)
  const seed = join(root, 'src/app/seed')
  for (const entry of (await readdir(seed, { recursive: true })).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).sort())
    hash.update(entry).update(await readFile(join(seed, entry)))
  return hash.digest('hex')
}

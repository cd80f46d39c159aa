import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { readRecord } from '../../src/platform/server/embedded/cluster-record.ts'
import { runningPostmaster } from '../../src/platform/server/embedded/postmaster.ts'
import { createDatabase, databaseUrl, withClient } from '../../src/platform/server/embedded/prepare-database.ts'
import { mainDatabase, removeEmbeddedPostgres, startEmbeddedPostgres } from '../../src/platform/server/embedded/start-embedded-postgres.ts'
import { migrate } from '../../src/platform/server/migrate.ts'
import { createTestDatabase, type DatabaseUrls, dropTestDatabase } from '../../src/platform/testing/test-server.ts'

/** A PostgreSQL that may be restarted under its clients. */
export interface Restartable {
  readonly urls: Pick<DatabaseUrls, 'ownerUrl' | 'appUrl'>
  /** Ends every connection at once, then accepts clients again. */
  readonly restart: () => Promise<void>
  readonly remove: () => Promise<void>
}

/** What clients see of a restart, on the server that other tests use: connections of this database end, new ones are refused for two seconds. */
export async function seenAsRestart(): Promise<Restartable> {
  const urls = await createTestDatabase()
  return {
    urls,
    restart: () =>
      withClient(databaseUrl(urls.superUrl, 'postgres'), async (client) => {
        const accept = (yes: boolean): Promise<unknown> => client.query(`alter database ${client.escapeIdentifier(urls.name)} allow_connections ${yes}`)
        await accept(false)
        await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [urls.name])
        await pause(2_000)
        await accept(true)
      }),
    remove: () => dropTestDatabase(urls.name),
  }
}

/** A server of its own, durable as in production, that is stopped without a checkpoint and recovers from its journal. */
export async function aRestartablePostgres(): Promise<Restartable> {
  const dataDir = await mkdtemp(join(tmpdir(), 'jalon-restart-'))
  const start = (port?: number) => startEmbeddedPostgres({ dataDir, log: () => undefined, ...(port === undefined ? {} : { port }) })
  const first = await start()
  await createDatabase(first.superUrl, mainDatabase)
  await migrate({ ownerUrl: first.ownerUrl, appPassword: first.appPassword })
  return {
    urls: first,
    restart: async () => {
      const running = runningPostmaster(String(readRecord(dataDir)?.pgdata))
      if (running === null) throw new Error('PostgreSQL is not running')
      process.kill(running.pid, 'SIGQUIT')
      while (runningPostmaster(String(readRecord(dataDir)?.pgdata)) !== null) await pause(50)
      await start(first.port)
    },
    remove: () => removeEmbeddedPostgres(dataDir),
  }
}

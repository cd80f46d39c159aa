import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { EmbeddedPostgresError } from '../../platform/server/embedded/embedded-error.ts'
import { joinUsers } from '../../platform/server/embedded/file-lock.ts'
import { startEmbeddedPostgres, usersLock } from '../../platform/server/embedded/start-embedded-postgres.ts'

export interface DatabaseAccess {
  readonly ownerUrl: string
  readonly appUrl: string
  /** Password of the server's login where this installation makes it; undefined where the operator does. */
  readonly appPassword: string | undefined
}

/**
 * Opens the database of this installation for a command: DATABASE_URL and DATABASE_OWNER_URL where they are set, else the embedded one of
 * the data folder (JALON_DATA, ./data), which may be running a demo meanwhile. Refuses, in French, where there is neither.
 */
export async function withInstallation<T>(log: (line: string) => void, work: (database: DatabaseAccess) => Promise<T>): Promise<T> {
  const { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl } = process.env
  if (appUrl && ownerUrl) return work({ appUrl, ownerUrl, appPassword: undefined })
  const dataDir = resolve(process.env['JALON_DATA'] ?? fileURLToPath(new URL('../../../data', import.meta.url)))
  if (!existsSync(join(dataDir, 'cluster.json'))) {
    throw new EmbeddedPostgresError(`Aucune base : renseignez DATABASE_URL et DATABASE_OWNER_URL, ou lancez d’abord « npm run demo » (dossier ${dataDir}).`)
  }
  const users = await joinUsers(join(dataDir, usersLock))
  const postgres = await startEmbeddedPostgres({ dataDir, log })
  try {
    return await work(postgres)
  } finally {
    await users.leave(() => postgres.stop())
  }
}

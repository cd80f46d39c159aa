import pg from 'pg'
import { afterAll } from 'vitest'
import { type Database, openDatabase, type Tx } from '../server/db.ts'
import { createTestDatabase, type DatabaseUrls, dropTestDatabase } from './test-server.ts'

export interface TestDatabase extends DatabaseUrls {
  /** As the server sees it: the role jalon_app, under row-level security. */
  readonly db: Database
  /** As the owner: to look at what a test did, and to plant what no action can. */
  readonly owner: pg.Pool
}

/**
 * A migrated database of its own for a test file, dropped at its end: `const { db } = await testDatabase()` at the top of the file.
 * Runs on the embedded PostgreSQL, or on the server named by JALON_TEST_DATABASE_URL.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const urls = await createTestDatabase()
  const db = openDatabase(urls.appUrl, { max: 8, name: 'jalon-test' })
  const owner = new pg.Pool({ connectionString: urls.ownerUrl, max: 4 })
  owner.on('error', () => undefined)
  afterAll(async () => {
    await Promise.all([db.close(), owner.end()])
    await dropTestDatabase(urls.name)
  })
  return { ...urls, db, owner }
}

/** Runs `work` in a transaction that is always rolled back: for tests that must leave their file's database as they found it. */
export async function rolledBack<T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  const undo = Symbol('undo')
  let result: { readonly value: T } | undefined
  try {
    await db.kysely.transaction().execute(async (tx) => {
      result = { value: await work(tx) }
      throw undo
    })
  } catch (error) {
    if (error !== undo) throw error
  }
  if (result === undefined) throw new Error('rolledBack ended without a result')
  return result.value
}

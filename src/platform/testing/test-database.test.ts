import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { rolledBack, testDatabase } from './test-database.ts'

const { db, owner } = await testDatabase()

test('a test file has a migrated database, seen as the application sees it', async () => {
  const { rows } = await sql<{ role: string; bypass: boolean }>`
    select current_user as role, (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as bypass`.execute(db.kysely)
  expect(rows).toEqual([{ role: 'jalon_app', bypass: false }])
  expect((await owner.query('select count(*) > 0 as migrated from public.jalon_migration')).rows).toEqual([{ migrated: true }])
})

test('the version of PostgreSQL is one that Jalon supports', async () => {
  const { rows } = await sql<{ version: number }>`select current_setting('server_version_num')::int as version`.execute(db.kysely)
  expect(rows[0]?.version).toBeGreaterThanOrEqual(150_000)
})

test('letters with accents have an upper case, and names sort by code point', async () => {
  const { rows } = await sql<{ upper: string; ordered: boolean }>`select upper('é') as upper, 'Z' < 'a' as ordered`.execute(db.kysely)
  expect(rows).toEqual([{ upper: 'É', ordered: true }])
})

test('what is rolled back leaves nothing', async () => {
  const inside = await rolledBack(db, async (tx) => {
    await sql`create temporary table witness (n integer) on commit drop`.execute(tx)
    return (await sql<{ n: number }>`select count(*)::int as n from witness`.execute(tx)).rows[0]?.n
  })
  expect(inside).toBe(0)
  const { rows } = await sql<{ found: string | null }>`select to_regclass('witness')::text as found`.execute(db.kysely)
  expect(rows).toEqual([{ found: null }])
})

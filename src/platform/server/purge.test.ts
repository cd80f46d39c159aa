import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { newId } from '../contract/ids.ts'
import { testClock } from '../testing/gate.ts'
import { testDatabase } from '../testing/test-database.ts'
import { asSystem } from './db.ts'
import { createLog } from './log.ts'
import { purge } from './purge.ts'

const { db, ownerUrl } = await testDatabase()

it('an ended session keeps no identity after the night, a living one keeps it, old keys go away', async () => {
  const clock = testClock('2026-10-15T03:17:00Z')
  const session = (
    name: string,
    expires: string,
  ) => sql`insert into platform.session (id_hash, user_id, draft_secret, identity, created_at, last_seen_at, expires_at)
    values (sha256(${name}::bytea), ${newId()}, 's', '{"nationalId":"899700000000"}', ${expires}::timestamptz - interval '1 hour', ${expires}, ${expires})`
  const key = (at: string) =>
    sql`insert into platform.idempotency (actor_id, action, key, input_hash, created_at) values (${newId()}, 'test', ${newId()}, '\\x00', ${at})`
  await asSystem(db, 'plant sessions and keys', async (tx) => {
    await session('ended', '2026-10-14T10:00:00Z').execute(tx)
    await session('living', '2026-10-15T10:00:00Z').execute(tx)
    await session('old', '2025-01-01T10:00:00Z').execute(tx)
    await key('2026-10-01T00:00:00Z').execute(tx)
    await key('2026-08-01T00:00:00Z').execute(tx)
  })
  await purge({}, { db, ownerUrl, log: createLog('silent'), clock })
  const left = await asSystem(db, 'see what is left', async (tx) => ({
    sessions: (await sql<{ kept: boolean }>`select identity <> '{}' as kept from platform.session order by expires_at`.execute(tx)).rows.map((row) => row.kept),
    keys: (await sql`select from platform.idempotency`.execute(tx)).rows.length,
  }))
  expect(left).toEqual({ sessions: [false, true], keys: 1 })
})

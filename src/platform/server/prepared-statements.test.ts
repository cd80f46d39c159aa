import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../testing/test-database.ts'
import { asSystem } from './db.ts'

const { db } = await testDatabase()

const preparedLike = async (mark: string): Promise<number> =>
  asSystem(db, 'count the prepared statements', async (tx) => {
    const { rows } = await sql.raw<{ many: number }>(`select count(*)::int as many from pg_prepared_statements where statement like '%${mark}%'`).execute(tx)
    return rows[0]?.many ?? 0
  })

test('a statement that comes back is planned once per connection, with other values each time', async () => {
  await db.kysely.connection().execute(async (connection) => {
    for (let value = 1; value <= 6; value += 1) {
      const { rows } = await sql<{ n: number }>`select ${value}::int + 1 as n /* asked again and again */`.execute(connection)
      expect(rows).toEqual([{ n: value + 1 }])
    }
    const { rows } = await sql
      .raw<{ many: number }>(
        `select count(*)::int as many from pg_prepared_statements where statement like '%asked again%' and statement not like '%pg_prepared%'`,
      )
      .execute(connection)
    expect(rows).toEqual([{ many: 1 }])
  })
})

test('a statement asked once is not kept', async () => {
  await sql`select ${1}::int as n /* asked once */`.execute(db.kysely)
  expect(await preparedLike('asked %once')).toBe(0)
})

test('the rule of sight follows whoever asks, although the plan is shared', async () => {
  const seen: string[] = []
  for (const party of ['a', 'b', 'a', 'b', 'a', 'b', 'a', 'b']) {
    const id = party === 'a' ? '00000000-0000-7000-8000-00000000000a' : '00000000-0000-7000-8000-00000000000b'
    await db.kysely.transaction().execute(async (tx) => {
      await sql`select set_config('jalon.actor', ${id}, true)`.execute(tx)
      await sql`insert into platform.draft (user_id, key, content) values (${id}, ${`of ${party}`}, '{}') on conflict do nothing`.execute(tx)
      const { rows } = await sql<{ key: string }>`select key from platform.draft where content = ${'{}'}::jsonb`.execute(tx)
      seen.push(...rows.map(({ key }) => key))
    })
  }
  expect(seen).toEqual(['of a', 'of b', 'of a', 'of b', 'of a', 'of b', 'of a', 'of b'])
})

test('a table that changed shape is asked anew after one failure', async () => {
  await db.kysely.connection().execute(async (connection) => {
    await sql`create temporary table shaped (id int)`.execute(connection)
    const ask = () => sql<Record<string, unknown>>`select * from shaped where id = ${1}::int or true`.execute(connection)
    for (let time = 0; time < 4; time += 1) await ask()
    await sql`alter table shaped add column name text`.execute(connection)
    await expect(ask()).rejects.toThrow('cached plan must not change result type')
    await sql`insert into shaped values (1, 'x')`.execute(connection)
    expect((await ask()).rows).toEqual([{ id: 1, name: 'x' }])
  })
})

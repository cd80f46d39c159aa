import { CompiledQuery, sql } from 'kysely'
import { expect, test } from 'vitest'
import { newId } from '../contract/ids.ts'
import { testDatabase } from '../testing/test-database.ts'
import { asSystem, type Tx } from './db.ts'
import { ahead } from './prepared-statements.ts'

const { db } = await testDatabase()
const send = (tx: Tx, text: string, values: readonly unknown[] = []): Promise<unknown> => tx.executeQuery(CompiledQuery.raw(text, [...values]))
const insertDraft = `${ahead}insert into platform.draft (user_id, key, content) values ($1, $2, '{}')`
const inSystem = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => asSystem(db, 'a test of statements that leave together', work)
const drafts = (user: string): Promise<number> =>
  inSystem(async (tx) => (await sql<{ n: number }>`select count(*)::int as n from platform.draft where user_id = ${user}`.execute(tx)).rows[0]?.n ?? -1)

test('what leaves ahead has run when the next statement answers, in the order of sending', async () => {
  const user = newId()
  const seen = await inSystem(async (tx) => {
    for (const key of ['a', 'b', 'c']) await send(tx, insertDraft, [user, key])
    return (await sql<{ key: string }>`select key from platform.draft where user_id = ${user} order by key`.execute(tx)).rows
  })
  expect(seen).toEqual([{ key: 'a' }, { key: 'b' }, { key: 'c' }])
})

test('what leaves ahead is committed with the transaction, and nothing of it when it is rolled back', async () => {
  const user = newId()
  await inSystem((tx) => send(tx, insertDraft, [user, 'kept']))
  await expect(
    inSystem(async (tx) => {
      await send(tx, insertDraft, [user, 'lost'])
      throw new Error('the power went out')
    }),
  ).rejects.toThrow('the power went out')
  expect(await drafts(user)).toBe(1)
})

test('a transaction that is given up says why, whatever was still to leave', async () => {
  const given = inSystem(async (tx) => {
    await send(tx, insertDraft, ['not-a-uuid', 'x'])
    throw new Error('the power went out')
  })
  await expect(given).rejects.toThrow('the power went out')
  expect((await sql<{ n: number }>`select 1 as n`.execute(db.kysely)).rows).toEqual([{ n: 1 }])
})

test('a commit never passes a line that was refused ahead of it: it fails with that refusal, and nothing is kept', async () => {
  const user = newId()
  const twice = inSystem(async (tx) => {
    await send(tx, insertDraft, [user, 'same'])
    await send(tx, insertDraft, [user, 'same'])
  })
  await expect(twice).rejects.toMatchObject({ code: '23505' })
  expect(await drafts(user)).toBe(0)
})

test('a refusal ahead of a reading is that of the reading, which did not run; the transaction goes on from a savepoint', async () => {
  const user = newId()
  await inSystem(async (tx) => {
    await send(tx, `${ahead}savepoint here`)
    await send(tx, insertDraft, ['not-a-uuid', 'x'])
    await expect(sql`insert into platform.draft (user_id, key, content) values (${user}, ${'behind'}, '{}')`.execute(tx)).rejects.toMatchObject({
      code: '22P02',
    })
    await send(tx, `${ahead}rollback to savepoint here`)
    await send(tx, insertDraft, [user, 'after'])
  })
  expect(await drafts(user)).toBe(1)
})

test('the connection keeps its prepared statements straight, whatever fails among those that leave together', async () => {
  const probe = (tx: Tx, n: number) => sql<{ n: number }>`select ${n}::int as n /* a probe behind others */`.execute(tx)
  for (let round = 0; round < 12; round += 1) {
    await inSystem(async (tx) => {
      await send(tx, `${ahead}savepoint here`)
      if (round % 3 === 1) {
        await send(tx, insertDraft, ['not-a-uuid', 'x'])
        await expect(probe(tx, round)).rejects.toMatchObject({ code: '22P02' })
        await send(tx, `${ahead}rollback to savepoint here`)
      }
      if (round % 3 === 2) {
        await expect(sql`select 1 / ${0}::int as n /* fails itself */`.execute(tx)).rejects.toMatchObject({ code: '22012' })
        await send(tx, `${ahead}rollback to savepoint here`)
      }
      await send(tx, insertDraft, [newId(), 'x'])
      expect((await probe(tx, round)).rows).toEqual([{ n: round }])
    })
  }
})

test('several statements in one text, and a copy, do not travel with others: they follow them', async () => {
  const user = newId()
  await inSystem(async (tx) => {
    await send(tx, insertDraft, [user, 'before'])
    await sql
      .raw(
        `insert into platform.draft (user_id, key, content) values ('${user}', 'one', '{}'); insert into platform.draft (user_id, key, content) values ('${user}', 'two', '{}')`,
      )
      .execute(tx)
  })
  expect(await drafts(user)).toBe(3)
})

test('a transaction in which nothing was asked leaves the connection as it was', async () => {
  await inSystem(async () => undefined)
  await expect(inSystem(async () => Promise.reject(new Error('at once')))).rejects.toThrow('at once')
  expect((await sql<{ role: string }>`select current_user as role`.execute(db.kysely)).rows).toEqual([{ role: 'jalon_app' }])
})

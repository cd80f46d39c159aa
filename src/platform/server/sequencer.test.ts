import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { newId } from '../contract/ids.ts'
import { testDatabase } from '../testing/test-database.ts'
import { asSystem } from './db.ts'
import { chainHash, sequenceOnce } from './sequencer.ts'

const { db } = await testDatabase()

const leaveEvent = (type: string, hold?: Promise<void>): Promise<void> =>
  asSystem(db, 'a transaction that leaves an event', async (tx) => {
    await sql`insert into platform.event_inbox (id, type, audience) values (${newId()}, ${type}, ${`{${newId()}}`}::uuid[])`.execute(tx)
    await hold
  })
const feed = async (): Promise<{ seq: number; type: string }[]> =>
  asSystem(db, 'read the feed', async (tx) => (await sql<{ seq: number; type: string }>`select seq, type from platform.event order by seq`.execute(tx)).rows)

describe('the one order of events', () => {
  it('has no gap, whoever sequences, with writers and four sequencers at once', async () => {
    const writers = Array.from({ length: 60 }, (_, n) => leaveEvent(`test.n${n}`))
    const sequencers = Array.from({ length: 4 }, async () => {
      for (let n = 0; n < 20; n += 1) await sequenceOnce(db)
    })
    await Promise.all([...writers, ...sequencers])
    while ((await sequenceOnce(db)) > 0);
    const rows = await feed()
    expect(rows).toHaveLength(60)
    expect(rows.map((row) => row.seq)).toEqual(Array.from({ length: 60 }, (_, n) => n + 1))
  })

  it('never skips what was written first and committed last', async () => {
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const late = leaveEvent('test.late', held)
    await new Promise((resolve) => setTimeout(resolve, 50))
    await leaveEvent('test.early')
    await sequenceOnce(db)
    const before = (await feed()).at(-1)
    expect(before?.type).toBe('test.early')
    release()
    await late
    await sequenceOnce(db)
    expect((await feed()).at(-1)).toEqual({ seq: (before?.seq ?? 0) + 1, type: 'test.late' })
  })
})

describe('the sealed audit', () => {
  it('chains each line to the one before: recomputing gives the same hashes, a changed line does not', async () => {
    await asSystem(db, 'leave audit lines', async (tx) => {
      for (let n = 0; n < 5; n += 1)
        await sql`insert into audit.inbox (id, actor_kind, name, kind, outcome) values (${newId()}, 'job', ${`test.${n}`}, 'action', 'done')`.execute(tx)
    })
    await sequenceOnce(db)
    const verify = async (): Promise<boolean> =>
      asSystem(db, 'verify the chain', async (tx) => {
        const { rows } = await sql<{ seq: number; hash: Buffer; text: string }>`select seq, hash,
          jsonb_build_array(id, at, actor_id, actor_kind, service_id, name, kind, outcome, code, person_ids, details, request_id)::text as text from audit.entry order by seq`.execute(
          tx,
        )
        let hash: Buffer = Buffer.from([0])
        return rows.every((row) => {
          hash = chainHash(hash, row.seq, row.text)
          return hash.equals(row.hash)
        })
      })
    expect(await verify()).toBe(true)
  })

  it('may not be changed nor removed by the application, not even as the system', async () => {
    await expect(asSystem(db, 'tamper', (tx) => sql`update audit.entry set name = 'other'`.execute(tx))).rejects.toMatchObject({ code: '42501' })
    await expect(asSystem(db, 'tamper', (tx) => sql`delete from audit.entry`.execute(tx))).rejects.toMatchObject({ code: '42501' })
    await expect(sql`select * from audit.entry`.execute(db.kysely)).rejects.toMatchObject({ code: '42501' })
  })
})

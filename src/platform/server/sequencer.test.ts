import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { newId } from '../contract/ids.ts'
import { testDatabase } from '../testing/test-database.ts'
import { auditSigner, chainHash, chainOrigin, headText, lineText, newAuditKey, signatureCheck } from './audit-chain.ts'
import { asSystem } from './db.ts'
import { createLog } from './log.ts'
import { sequenceOnce, startSequencer } from './sequencer.ts'

const { db, owner } = await testDatabase()

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

  it('is that in which they were written, whichever transaction began first: the second message of a conversation is told after the first', async () => {
    const leave = (type: string) => sql`insert into platform.event_inbox (id, type, audience) values (${newId()}, ${type}, ${`{${newId()}}`}::uuid[])`
    await asSystem(db, 'a transaction that began first and waited for the other', async (tx) => {
      await sql`select now()`.execute(tx)
      await leaveEvent('test.first')
      await leave('test.second').execute(tx)
      await leave('test.third').execute(tx)
    })
    await sequenceOnce(db)
    expect((await feed()).slice(-3).map(({ type }) => type)).toEqual(['test.first', 'test.second', 'test.third'])
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
  const leaveLines = (n: number): Promise<void> =>
    asSystem(db, 'leave audit lines', async (tx) => {
      for (let i = 0; i < n; i += 1)
        await sql`insert into audit.inbox (id, actor_kind, name, kind, outcome, functions, details, reason)
          values (${newId()}, 'job', ${`test.${i}`}, 'action', 'done', '{referent}', '{"é":1.50}', ${'« Réservé »\n\\'})`.execute(tx)
    })
  const chain = async (): Promise<{ holds: boolean; lines: number; last: Buffer }> => {
    const { rows } = await owner.query<{ seq: string; hash: Buffer; text: string }>(
      `select seq, hash, ${lineText('e')} as text from audit.entry e order by seq`,
    )
    let hash = chainOrigin
    const holds = rows.every((row, n) => {
      hash = chainHash(hash, n + 1, row.text)
      return Number(row.seq) === n + 1 && hash.equals(row.hash)
    })
    return { holds, lines: rows.length, last: hash }
  }

  it('chains each line to the one before: recomputing elsewhere gives the same hashes, whatever the zone of the reader', async () => {
    await leaveLines(7)
    await sequenceOnce(db)
    await leaveLines(5)
    await sequenceOnce(db)
    expect(await chain()).toMatchObject({ holds: true, lines: 12 })
    await owner.query(`set timezone = 'Pacific/Noumea'`)
    expect(await chain()).toMatchObject({ holds: true })
    await owner.query('reset timezone')
  })

  it('has a head signed by the key of the installation, which the database does not hold', async () => {
    const signer = auditSigner(newAuditKey())
    await leaveLines(3)
    await sequenceOnce(db, signer)
    const { rows } = await owner.query(`select seq::int, hash, (extract(epoch from sealed_at) * 1000000)::bigint as micros, signature, key_id from audit.head`)
    const head = { ...rows[0], micros: Number(rows[0].micros) }
    expect(head).toMatchObject({ seq: 15, hash: (await chain()).last, key_id: signer.keyId })
    const check = signatureCheck(signer.publicKeyPem)
    expect(check.holds(headText(head), head.signature)).toBe(true)
    expect(check.holds(headText({ ...head, seq: 14 }), head.signature)).toBe(false)
  })

  it('may not be added to, changed nor removed by the application, not even as the system; its own owner does not change it by mistake', async () => {
    const attempts = [
      'update audit.entry set name = name',
      'delete from audit.entry',
      'truncate audit.entry',
      'insert into audit.entry select * from audit.entry',
      'update audit.head set seq = 1',
      'delete from audit.inbox',
      'update audit.inbox set name = name',
    ]
    for (const attempt of attempts) {
      await expect(
        asSystem(db, 'tamper', (tx) => sql.raw(attempt).execute(tx)),
        attempt,
      ).rejects.toMatchObject({ code: '42501' })
      await expect(sql.raw(attempt).execute(db.kysely), attempt).rejects.toMatchObject({ code: '42501' })
    }
    await expect(sql`select * from audit.entry`.execute(db.kysely)).rejects.toMatchObject({ code: '42501' })
    for (const attempt of attempts.slice(0, 3)) await expect(owner.query(attempt), attempt).rejects.toThrow('never changed')
  })

  it('seals what was written first, and a line at once when the process wakes its sequencer', async () => {
    const started = Date.now()
    const sequencer = startSequencer(db, createLog('silent'))
    await leaveLines(40)
    sequencer.wake()
    for (;;) {
      const { rows } = await owner.query<{ n: number }>('select count(*)::int as n from audit.inbox')
      if (rows[0]?.n === 0) break
      expect(Date.now() - started).toBeLessThan(1_000)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    await sequencer.stop()
    expect(await chain()).toMatchObject({ holds: true, lines: 55 })
  })
})

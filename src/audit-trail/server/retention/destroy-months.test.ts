import { beforeAll, describe, expect, it } from 'vitest'
import { auditSigner, chainHash, chainOrigin, headText, lineText, newAuditKey, signatureCheck } from '../../../platform/server/audit-chain.ts'
import { createLog } from '../../../platform/server/log.ts'
import { testDatabase } from '../../../platform/testing/test-database.ts'
import { leaveLines, sealAll } from '../../testing/sealed-lines.ts'
import { signedAnchor } from '../anchors/anchor.ts'
import { type Verification, verifyChain } from '../chain/verify-chain.ts'
import { DamagedMonth, destroyExpiredMonths, retentionJob } from './destroy-months.sql.ts'

const { db, owner, ownerUrl } = await testDatabase()
const signer = auditSigner(newAuditKey())
const check = signatureCheck(signer.publicKeyPem)
/** The middle of the month that is `months` after this one. */
const later = (months: number): Date => {
  const now = new Date()
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 15, 12))
}
const month = new Date().toISOString().slice(0, 7)

const verify = async (anchors: Parameters<typeof verifyChain>[1] = {}): Promise<Verification> => {
  const client = await owner.connect()
  try {
    await client.query('begin')
    return await verifyChain(client, { check, ...anchors })
  } finally {
    await client.query('rollback')
    client.release()
  }
}

beforeAll(async () => {
  const client = await owner.connect()
  await leaveLines(client, 30)
  await sealAll(client, signer)
  client.release()
})

describe('the end of the term of the traces', () => {
  it('has months ready a year ahead, and makes those that lack', async () => {
    const { rows } = await owner.query(`select count(*)::int as n from pg_inherits where inhparent = 'audit.entry'::regclass`)
    expect(rows[0]?.n).toBe(14)
    expect((await owner.query('select audit.prepare_months(12) as made')).rows[0]?.made).toBe(0)
    expect((await owner.query('select audit.prepare_months(14) as made')).rows[0]?.made).toBe(2)
  })

  it('destroys nothing before it: not a day early', async () => {
    const [year, number] = month.split('-').map(Number) as [number, number]
    const end = new Date(Date.UTC(year, number + 36, 1))
    expect(await destroyExpiredMonths(ownerUrl, new Date(end.getTime() - 1), signer)).toEqual([])
    expect((await verify()).lines).toBe(30)
  })

  it('keeps a month that is not whole, for the verification to say why', async () => {
    await owner.query('alter table audit.entry disable trigger user')
    await owner.query('create table lost as select * from audit.entry where seq = 7')
    await owner.query('delete from audit.entry where seq = 7')
    await expect(destroyExpiredMonths(ownerUrl, later(40), signer)).rejects.toBeInstanceOf(DamagedMonth)
    expect((await verify()).findings.map(({ code }) => code)).toEqual(['lines_missing', 'line_changed'])
    await owner.query('insert into audit.entry select * from lost')
    await owner.query('alter table audit.entry enable trigger user')
    expect((await verify()).findings).toEqual([])
  })

  it('destroys the whole month at its term, leaves a sealed and signed proof, and the chain verifies from there', async () => {
    const anchor = signedAnchor(
      { at: new Date().toISOString(), seq: 30, hash: (await owner.query(`select encode(hash, 'hex') as h from audit.head`)).rows[0].h, lines: 30 },
      signer,
    )
    // The lines move to the month before, so that their proof, sealed now, outlives them.
    await owner.query(`alter table audit.entry detach partition audit.entry_${month.replace('-', '_')}`)
    const [year, number] = month.split('-').map(Number) as [number, number]
    const past = new Date(Date.UTC(year, number - 2, 1))
    const name = `entry_${past.toISOString().slice(0, 7).replace('-', '_')}`
    await owner.query(`create table audit.${name} (like audit.entry including all)`)
    await owner.query(`alter table audit.entry_${month.replace('-', '_')} rename to entry_this`)
    await owner.query(
      `insert into audit.${name} select (jsonb_populate_record(e, jsonb_build_object('sealed_at', $1::timestamptz + e.seq * interval '1 second'))).* from audit.entry_this e`,
      [past],
    )
    await owner.query('drop table audit.entry_this')
    await owner.query(
      `alter table audit.entry attach partition audit.${name} for values from ('${past.toISOString()}') to ('${new Date(Date.UTC(year, number - 1, 1)).toISOString()}')`,
    )
    await owner.query('select audit.prepare_months(1)')
    await rechainAll()
    expect((await verify()).findings).toEqual([])

    await retentionJob(signer)({}, { db, ownerUrl, log: createLog('silent'), clock: () => later(36) })
    const found = await verify()
    expect(found).toMatchObject({ findings: [], lines: 1, firstSeq: 31, lastSeq: 31, headSigned: true })
    const { rows } = await owner.query(`select name, actor_kind, details from audit.entry`)
    expect(rows).toEqual([
      {
        name: 'audit.retention',
        actor_kind: 'job',
        details: expect.objectContaining({
          month: past.toISOString().slice(0, 7),
          fromSeq: 1,
          toSeq: 30,
          lines: 30,
          months: 36,
          keyId: signer.keyId,
          justification: expect.stringContaining('CNIL'),
        }),
      },
    ])
    expect((await verify({ anchors: [anchor] })).anchors).toEqual({ checked: 0, beforeWhatIsKept: 1 })
  })
})

/** Only a test may: the lines were moved to another month, their hashes follow, and the key signs. */
async function rechainAll(): Promise<void> {
  await owner.query('alter table audit.entry disable trigger user')
  const { rows } = await owner.query<{ seq: string; text: string; micros: string }>(
    `select seq, ${lineText('e')} as text, (extract(epoch from sealed_at) * 1000000)::bigint as micros from audit.entry e order by seq`,
  )
  let hash = chainOrigin
  for (const { seq, text, micros } of rows) {
    hash = chainHash(hash, Number(seq), text)
    await owner.query('update audit.entry set hash = $1 where seq = $2', [hash, seq])
    const head = { seq: Number(seq), hash, micros: Number(micros) }
    await owner.query(`update audit.head set hash = $1, sealed_at = (select e.sealed_at from audit.entry e where e.seq = $2), signature = $3, key_id = $4`, [
      hash,
      seq,
      signer.sign(headText(head)),
      signer.keyId,
    ])
  }
  await owner.query('alter table audit.entry enable trigger user')
}

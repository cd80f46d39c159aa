import type pg from 'pg'
import { describe, expect, it } from 'vitest'
import { auditSigner, newAuditKey, signatureCheck } from '../../../platform/server/audit-chain.ts'
import { testDatabase } from '../../../platform/testing/test-database.ts'
import { leaveLines, sealAll } from '../../testing/sealed-lines.ts'
import { tamperings } from '../../testing/tampering.ts'
import { tryTamperings } from '../../testing/try-tamperings.ts'
import { anchorHolds, anchorLine, anchorsOf, signedAnchor } from '../anchors/anchor.ts'
import { takeAnchor } from '../anchors/anchor-chain.sql.ts'
import { verifyChain } from './verify-chain.ts'

const { owner, ownerUrl } = await testDatabase()
const signer = auditSigner(newAuditKey())
const check = signatureCheck(signer.publicKeyPem)

/** On one connection of the owner; `undone` leaves nothing behind. */
async function onConnection<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await owner.connect()
  try {
    return await work(client)
  } finally {
    client.release()
  }
}
const undone = <T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> =>
  onConnection(async (client) => {
    await client.query('begin')
    try {
      return await work(client)
    } finally {
      await client.query('rollback')
    }
  })
const codes = async (options: Parameters<typeof verifyChain>[1]): Promise<readonly string[]> =>
  (await undone((client) => verifyChain(client, options))).findings.map(({ code }) => code)

describe('the verification of the traces', () => {
  it('finds nothing to say of an empty chain, and names the lines that wait', async () => {
    const found = await undone(async (client) => {
      await leaveLines(client, 3)
      return verifyChain(client, { check })
    })
    expect(found).toMatchObject({ findings: [], lines: 0, firstSeq: 0, lastSeq: 0, headSigned: false, waiting: { lines: 3 } })
  })

  it('finds every tampering by the owner of the tables, of each kind, the tail cut off included (1/20 of `npm run bench -- audit`)', {
    timeout: 120_000,
  }, async () => {
    const result = await onConnection((client) => tryTamperings(client, { signer, lines: 160, times: Math.max(50, tamperings.length * 3), seed: 20_261_122 }))
    expect(result.missed).toEqual([])
    // Which fault tells first depends on where the draw falls; each of these is the first to tell of at least one tampering.
    expect(Object.keys(result.told)).toEqual(
      expect.arrayContaining([
        'anchor_ahead',
        'anchor_differs',
        'head_signature',
        'line_changed',
        'lines_missing',
        'line_twice',
        'start_missing',
        'start_unproved',
        'tail_missing',
      ]),
    )
  })

  it('tells a signed head from one signed by another key, and says when it was given none', async () => {
    expect(await undone((client) => verifyChain(client))).toMatchObject({ findings: [], headSigned: false, lines: 160 })
    expect(await undone((client) => verifyChain(client, { check }))).toMatchObject({ findings: [], headSigned: true })
    expect(await codes({ check: signatureCheck(auditSigner(newAuditKey()).publicKeyPem) })).toEqual(['head_signature'])
  })

  it('holds against a later state of the same chain, and the anchor says so from a journal', async () => {
    const anchor = await takeAnchor(ownerUrl, signer, new Date('2026-10-15T07:42:00Z'))
    expect(anchor).toMatchObject({ seq: 160, lines: 160, keyId: signer.keyId })
    await onConnection(async (client) => {
      await leaveLines(client, 20)
      await sealAll(client, signer)
    })
    const journal = `Oct 15 09:42:00 serveur jalon[12]: ${anchorLine(anchor)}\nautre chose\n`
    expect(await undone((client) => verifyChain(client, { check, anchors: anchorsOf(journal) }))).toMatchObject({
      findings: [],
      lines: 180,
      anchors: { checked: 1, beforeWhatIsKept: 0 },
    })
  })

  it('refuses an anchor that somebody wrote herself, and says which one cannot be read', async () => {
    const anchor = signedAnchor({ at: '2026-10-15T07:42:00.000Z', seq: 3, hash: 'ab', lines: 3 }, signer)
    expect(anchorHolds(anchor, check)).toBe(true)
    for (const change of [{ seq: 4 }, { hash: 'ac' }, { lines: 2 }, { at: '2026-10-16T07:42:00.000Z' }, { keyId: 'x' }, { signature: null }])
      expect(anchorHolds({ ...anchor, ...change }, check)).toBe(false)
    const forged = { ...anchor, seq: 10, hash: 'ab' }
    expect(await codes({ check, anchors: [forged] })).toEqual(['anchor_signature', 'anchor_differs'])
    for (const broken of [
      '{"jalon":"audit-anchor"',
      '{"jalon":"audit-anchor","at":"x","seq":1.5,"hash":"ab","lines":1}',
      '{"jalon":"audit-anchor","at":"x","seq":1,"hash":"zz","lines":1}',
      '{"jalon":"audit-anchor","at":3,"seq":1,"hash":"ab","lines":1}',
      '{"jalon":"audit-anchor","at":"x","seq":1,"hash":"ab"}',
    ])
      expect(() => anchorsOf(broken)).toThrow('Ancre n° 1 illisible.')
  })
})

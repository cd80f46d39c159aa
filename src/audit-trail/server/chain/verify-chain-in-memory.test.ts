import { describe, expect, it } from 'vitest'
import { auditSigner, chainHash, chainOrigin, headText, newAuditKey, signatureCheck } from '../../../platform/server/audit-chain.ts'
import { type Anchor, anchorHolds, anchorLine, anchorsOf, signedAnchor, UnreadableAnchor } from '../anchors/anchor.ts'
import { retentionLine, signedTombstone, type Tombstone, tombstoneHolds, tombstoneOf } from '../retention/tombstone.ts'
import type { Queryable } from './standing.sql.ts'
import { type Finding, type VerifyOptions, verifyChain } from './verify-chain.ts'

/** What a database would answer: the chain as it stands after somebody had a hand in it. */
interface Held {
  rows: { seq: number; text: string; hash: Buffer }[]
  head: { seq: number; hash: Buffer; micros: number; signature: string | null; keyId: string | null } | null
  proofs: Readonly<Record<string, unknown>>[]
  waiting: { lines: number; seconds: number } | null
}

const signer = auditSigner(newAuditKey())
const other = auditSigner(newAuditKey())
const check = signatureCheck(signer.publicKeyPem)

/** `lines` sealed lines, of which those up to `destroyed` are gone at the end of their term. */
function aChain(lines: number, destroyed = 0): Held {
  const all: Held['rows'] = []
  let hash: Buffer = chainOrigin
  for (let seq = 1; seq <= lines; seq += 1) {
    hash = chainHash(hash, seq, `line ${seq}`)
    all.push({ seq, text: `line ${seq}`, hash })
  }
  const head = { seq: lines, hash, micros: 42 }
  const last = all[destroyed - 1]
  return {
    rows: all.slice(destroyed),
    head: { ...head, signature: signer.sign(headText(head)), keyId: signer.keyId },
    proofs: last === undefined ? [] : [{ ...signedTombstone({ month: '2023-11', fromSeq: 1, toSeq: destroyed, hash: last.hash.toString('hex') }, signer) }],
    waiting: { lines: 3, seconds: 0.5 },
  }
}

/** Answers the statements of the verifier from what is held; the order of reading is theirs. */
function connection({ rows, head, proofs, waiting }: Held): Queryable {
  let fetched = 0
  const query = async (text: string, values: readonly unknown[] = []): Promise<{ rows: readonly unknown[] }> => {
    if (text.includes('from audit.head')) return { rows: head === null ? [] : [{ ...head, seq: String(head.seq), micros: String(head.micros) }] }
    if (text.startsWith('select seq from audit.entry')) return { rows: rows.slice(0, 1).map(({ seq }) => ({ seq: String(seq) })) }
    if (text.startsWith('select details')) return { rows: values[0] === retentionLine ? proofs.map((details) => ({ details })) : [] }
    if (text.includes('from audit.inbox')) return { rows: waiting === null ? [] : [waiting] }
    if (text.startsWith('fetch ')) {
      const page = Number(text.split(' ')[1])
      fetched += page
      return { rows: rows.slice(fetched - page, fetched) }
    }
    if (text.startsWith('declare chain no scroll cursor for') || text === 'close chain') return { rows: [] }
    throw new Error(`not expected: ${text}`)
  }
  return { query } as unknown as Queryable
}

const found = async (held: Held, options: VerifyOptions = { check }): Promise<readonly (readonly [string, number])[]> =>
  (await verifyChain(connection(held), options)).findings.map(({ code, seq }) => [code, seq])
const only = async (held: Held, options: VerifyOptions = { check }): Promise<Finding> => {
  const { findings } = await verifyChain(connection(held), options)
  expect(findings).toHaveLength(1)
  return findings[0] as Finding
}
const anchorAt = (held: Held, seq: number, by = signer): Anchor =>
  signedAnchor({ at: '2026-11-22T10:00:00Z', seq, hash: held.rows.find((row) => row.seq === seq)?.hash.toString('hex') ?? 'ab', lines: seq }, by)

describe('a chain that nobody touched', () => {
  it('holds, from its origin to its signed head, page after page, with what waits to be sealed', async () => {
    const told: number[] = []
    const held = aChain(10_003)
    expect(await verifyChain(connection(held), { check, onProgress: (lines) => void told.push(lines) })).toEqual({
      findings: [],
      lines: 10_003,
      firstSeq: 1,
      lastSeq: 10_003,
      headSigned: true,
      anchors: { checked: 0, beforeWhatIsKept: 0 },
      waiting: { lines: 3, seconds: 0.5 },
    })
    expect(told).toEqual([5_000, 10_000, 10_003])
  })

  it('is read to its end where it ends with a page', async () => {
    const told: number[] = []
    expect((await verifyChain(connection(aChain(5_000)), { onProgress: (lines) => void told.push(lines) })).findings).toEqual([])
    expect(told).toEqual([5_000, 5_000])
  })

  it('is recomputed without a key too, which then proves nothing of the signature', async () => {
    expect(await verifyChain(connection(aChain(3)))).toMatchObject({ findings: [], headSigned: false, lines: 3 })
  })

  it('may be empty: an installation of this morning has no line to sign', async () => {
    const held = { ...aChain(0), waiting: null }
    expect(await verifyChain(connection(held), { check })).toEqual({
      findings: [],
      lines: 0,
      firstSeq: 0,
      lastSeq: 0,
      headSigned: false,
      anchors: { checked: 0, beforeWhatIsKept: 0 },
      waiting: { lines: 0, seconds: 0 },
    })
    await expect(verifyChain(connection({ ...held, head: null }))).rejects.toThrow('audit.head is empty')
  })
})

describe('a hand in the lines', () => {
  it('shows where a line was changed, and there alone', async () => {
    const held = aChain(6)
    held.rows[2] = { ...(held.rows[2] as Held['rows'][number]), text: 'another' }
    expect(await only(held)).toEqual({
      code: 'line_changed',
      seq: 3,
      text: 'La ligne n° 3 ne répond pas à son empreinte : elle, ou ce qui la précède, a changé.',
    })
  })

  it('shows a line removed, and several', async () => {
    const one = aChain(6)
    one.rows.splice(2, 1)
    expect(await found(one)).toEqual([
      ['lines_missing', 3],
      ['line_changed', 4],
    ])
    expect((await verifyChain(connection(one), { check })).findings[0]?.text).toBe('la ligne n° 3 manque.')
    const several = aChain(6)
    several.rows.splice(2, 2)
    expect((await verifyChain(connection(several), { check })).findings[0]?.text).toBe('les lignes n° 3 à 4 manquent.')
  })

  it('shows a line that stands twice', async () => {
    const held = aChain(4)
    held.rows.splice(2, 0, held.rows[1] as Held['rows'][number])
    const { findings } = await verifyChain(connection(held), { check })
    expect(findings.map(({ code, seq }) => [code, seq])).toEqual([
      ['line_twice', 2],
      ['line_changed', 2],
    ])
    expect(findings[0]?.text).toBe('La ligne n° 2 existe deux fois.')
  })

  it('shows an end cut off, and a head that is not that of the last line', async () => {
    const cut = aChain(6)
    cut.rows.length = 4
    expect(await only(cut)).toEqual({ code: 'tail_missing', seq: 5, text: 'Il manque la fin : les lignes n° 5 à 6 manquent.' })
    const [longer, head] = [aChain(6), aChain(5).head]
    expect((await only({ ...longer, head })).text).toBe('La tête de la chaîne ne correspond pas à la dernière ligne (n° 6).')
    const elsewhere = { seq: 6, hash: Buffer.from('ab', 'hex'), micros: 42 }
    expect(await only({ ...longer, head: { ...elsewhere, signature: signer.sign(headText(elsewhere)), keyId: signer.keyId } })).toMatchObject({
      code: 'head_differs',
      seq: 6,
    })
  })

  it('says twenty faults at most: more would say nothing new', async () => {
    const held = aChain(40)
    held.rows = held.rows.map((row) => ({ ...row, text: 'another' }))
    expect(await found(held)).toHaveLength(20)
  })
})

describe('a head', () => {
  const head = aChain(4).head as NonNullable<Held['head']>
  const withHead = (change: Partial<typeof head>): Held => ({ ...aChain(4), head: { ...head, ...change } })

  it('that bears no signature, another one, or that of another key, is said', async () => {
    expect(await only(withHead({ signature: null }))).toEqual({
      code: 'head_unsigned',
      seq: 4,
      text: 'La tête de la chaîne n’est pas signée par la clé de l’installation.',
    })
    for (const change of [
      { signature: signer.sign('another') },
      { keyId: other.keyId },
      { signature: other.sign(headText(head)), keyId: other.keyId },
      { micros: 43 },
    ]) {
      const verified = await verifyChain(connection(withHead(change)), { check })
      expect([change, verified.findings.map(({ code, seq }) => [code, seq]), verified.headSigned]).toEqual([change, [['head_signature', 4]], false])
    }
    expect((await only(withHead({ micros: 43 }))).text).toBe('La signature de la tête n’est pas celle de la clé de l’installation : la chaîne a été réécrite.')
  })
})

describe('lines destroyed at the end of their term', () => {
  it('leave a signed proof, from which the chain goes on', async () => {
    expect(await verifyChain(connection(aChain(9, 4)), { check })).toMatchObject({ findings: [], firstSeq: 5, lastSeq: 9, lines: 5 })
    const several = aChain(9, 4)
    several.proofs.unshift({}, { ...(several.proofs[0] as object), toSeq: 2 })
    expect(await found(several), 'the one that ends where the lines begin').toEqual([])
  })

  it('without a proof, with that of other lines, or one that is none, are lines that are missing', async () => {
    const bare = { ...aChain(9, 4), proofs: [] }
    expect(await found(bare)).toEqual([
      ['start_missing', 1],
      ['lines_missing', 1],
      ['line_changed', 5],
    ])
    expect((await verifyChain(connection(bare))).findings[0]?.text).toBe(
      'Il manque le début : les lignes n° 1 à 4 manquent. Aucune destruction en fin de durée ne le dit.',
    )
    const [proof] = aChain(9, 4).proofs
    for (const wrong of [
      { ...proof, toSeq: 3 },
      { ...proof, month: 4 },
      { ...proof, fromSeq: '1' },
      { ...proof, toSeq: 4.5 },
      { ...proof, hash: 4 },
    ])
      expect((await found({ ...aChain(9, 4), proofs: [wrong] }))[0]).toEqual(['start_missing', 1])
  })

  it('with a proof that the key did not sign, are said not to be proved', async () => {
    const [proof] = aChain(9, 4).proofs as unknown as [Tombstone]
    for (const wrong of [
      { ...proof, signature: null },
      { ...proof, keyId: other.keyId },
      { ...proof, month: '2023-12' },
      { ...proof, fromSeq: 2 },
    ])
      expect(await only({ ...aChain(9, 4), proofs: [wrong] })).toEqual({
        code: 'start_unproved',
        seq: 5,
        text: 'La destruction des lignes jusqu’à n° 4 n’est pas signée par la clé de l’installation.',
      })
    expect(await found({ ...aChain(9, 4), proofs: [{ ...proof, signature: null }] }, {}), 'without a key, nobody can say').toEqual([])
    expect(signedTombstone(proof, undefined)).toMatchObject({ keyId: null, signature: null })
    expect(tombstoneOf({ month: '2023-11', fromSeq: 1, toSeq: 4, hash: 'ab' })).toEqual({
      month: '2023-11',
      fromSeq: 1,
      toSeq: 4,
      hash: 'ab',
      keyId: null,
      signature: null,
    })
    expect([tombstoneHolds(proof, check), tombstoneHolds({ ...proof, hash: 'ab' }, check)]).toEqual([true, false])
  })
})

describe('anchors', () => {
  it('that the chain goes through are counted; those of lines destroyed since are left aside', async () => {
    const held = aChain(9, 4)
    const anchors = [anchorAt(held, 6), anchorAt(held, 6), anchorAt(held, 9), signedAnchor({ at: 'x', seq: 4, hash: 'ab', lines: 4 }, signer)]
    expect(await verifyChain(connection(held), { check, anchors })).toMatchObject({ findings: [], anchors: { checked: 3, beforeWhatIsKept: 1 } })
  })

  it('show a chain that was written again', async () => {
    const held = aChain(9)
    const anchor = { ...anchorAt(held, 6), hash: 'abcd' }
    expect(await only(held, { anchors: [anchor] })).toEqual({
      code: 'anchor_differs',
      seq: 6,
      text: 'L’ancre du 2026-11-22T10:00:00Z contredit la ligne n° 6 : la chaîne a été réécrite.',
    })
  })

  it('show an end that was cut off together with its head', async () => {
    const anchor = anchorAt(aChain(9), 8)
    expect(await only(aChain(6), { check, anchors: [anchor] })).toEqual({
      code: 'anchor_ahead',
      seq: 8,
      text: 'L’ancre du 2026-11-22T10:00:00Z connaît la ligne n° 8, la base s’arrête à 6 : la fin a été coupée.',
    })
    expect(await found(aChain(8), { check, anchors: [anchor] })).toEqual([])
    expect(await found(aChain(0), { check, anchors: [anchor] }), 'a base emptied whole').toEqual([['anchor_ahead', 8]])
  })

  it('that the key did not sign prove nothing, and are said', async () => {
    const held = aChain(9)
    expect((await only(held, { check, anchors: [anchorAt(held, 6, other)] })).text).toBe(
      'L’ancre du 2026-11-22T10:00:00Z n’est pas signée par la clé de l’installation.',
    )
    for (const wrong of [
      { ...anchorAt(held, 6), signature: null },
      { ...anchorAt(held, 6), lines: 7 },
      { ...anchorAt(held, 6), at: 'x' },
    ])
      expect([anchorHolds(wrong, check), await found(held, { check, anchors: [wrong] })]).toEqual([false, [['anchor_signature', 6]]])
    expect(await found(held, { anchors: [signedAnchor({ at: 'x', seq: 6, hash: anchorAt(held, 6).hash, lines: 6 }, undefined)] })).toEqual([])
  })

  it('are read from a file or a journal, one a line; one that says nothing sound is refused with its place', () => {
    const anchor = anchorAt(aChain(9), 6)
    const bare = signedAnchor({ at: 'x', seq: 1, hash: 'ab', lines: 1 }, undefined)
    const line = anchorLine(anchor)
    expect(line.startsWith('{"jalon":"audit-anchor"')).toBe(true)
    expect(anchorsOf(`\n${line}\nnov. 22 jalon[1]: ${anchorLine(bare)}  \nnothing\n`)).toMatchObject([anchor, bare])
    expect(anchorsOf('{"jalon":"audit-anchor","at":"x","seq":1,"hash":"ab","lines":1}')).toEqual([
      { at: 'x', seq: 1, hash: 'ab', lines: 1, keyId: null, signature: null },
    ])
    const faults = [{ at: 1 }, { seq: 1.5 }, { hash: 4 }, { hash: 'zz' }, { hash: 'abc' }, { hash: '' }, { hash: 'ab-' }, { hash: '-ab' }, { lines: 'x' }]
    for (const fault of faults)
      expect(() => anchorsOf(`${line}\n${JSON.stringify({ jalon: 'audit-anchor', ...anchor, ...fault })}`), JSON.stringify(fault)).toThrow(
        'Ancre n° 2 illisible.',
      )
    expect(() => anchorsOf(line.slice(0, -2))).toThrow(UnreadableAnchor)
  })
})

import { chainHash, chainOrigin, headText, lineText, type SignatureCheck } from '../../../platform/server/audit-chain.ts'
import { type Anchor, anchorHolds } from '../anchors/anchor.ts'
import { retentionLine, type Tombstone, tombstoneHolds, tombstoneOf } from '../retention/tombstone.ts'
import { type Queryable, type SignedHead, selectFirstSeq, selectHead, selectWaiting } from './standing.sql.ts'

/** What was found wrong, in French, with the line where it shows. */
export interface Finding {
  readonly code: FindingCode
  readonly seq: number
  readonly text: string
}

export type FindingCode =
  | 'line_changed'
  | 'lines_missing'
  | 'line_twice'
  | 'start_missing'
  | 'start_unproved'
  | 'tail_missing'
  | 'head_differs'
  | 'head_unsigned'
  | 'head_signature'
  | 'anchor_signature'
  | 'anchor_differs'
  | 'anchor_ahead'

export interface Verification {
  readonly findings: readonly Finding[]
  readonly lines: number
  readonly firstSeq: number
  readonly lastSeq: number
  /** True if a key was given and the head bears its signature. */
  readonly headSigned: boolean
  readonly anchors: { readonly checked: number; readonly beforeWhatIsKept: number }
  readonly waiting: { readonly lines: number; readonly seconds: number }
}

export interface VerifyOptions {
  /** What checks signatures. Without it the chain is recomputed, but whoever owns the tables could have recomputed it too. */
  readonly check?: SignatureCheck | undefined
  readonly anchors?: readonly Anchor[]
  /** Told every so many lines. */
  readonly onProgress?: (lines: number) => void
}

const page = 5_000
/** Past this many, more would say nothing new. */
const mostFindings = 20

/**
 * Recomputes the whole chain from the lines themselves, and compares it with the head and the anchors. The caller gives a connection in a transaction
 * at REPEATABLE READ, so that lines sealed meanwhile do not count. Bounded memory; reads lines and nothing that a function of the database says.
 */
export async function verifyChain(client: Queryable, { check, anchors = [], onProgress = () => undefined }: VerifyOptions = {}): Promise<Verification> {
  const findings: Finding[] = []
  const find = (code: FindingCode, seq: number, text: string): void => {
    if (findings.length < mostFindings) findings.push({ code, seq, text })
  }
  const head = await selectHead(client)
  const headSigned = checkHead(head, check, find)
  const firstSeq = await selectFirstSeq(client)
  const start = await startOf(client, firstSeq, check, find)
  const awaited = anchorsBySeq(anchors, check, find)

  let { seq, hash } = start
  let lines = 0
  let checked = 0
  await client.query(`declare chain no scroll cursor for select e.seq::float8 as seq, e.hash, ${lineText('e')} as text from audit.entry e order by e.seq`)
  for (;;) {
    const { rows } = await client.query<{ seq: number; hash: Buffer; text: string }>(`fetch ${page} from chain`)
    for (const row of rows) {
      lines += 1
      if (row.seq === seq) find('line_twice', row.seq, `La ligne n° ${row.seq} existe deux fois.`)
      else if (row.seq !== seq + 1) find('lines_missing', seq + 1, missingText(seq + 1, row.seq - 1))
      if (!chainHash(hash, row.seq, row.text).equals(row.hash)) {
        find('line_changed', row.seq, `La ligne n° ${row.seq} ne répond pas à son empreinte : elle, ou ce qui la précède, a changé.`)
      }
      for (const anchor of awaited.get(row.seq) ?? []) {
        checked += 1
        if (anchor.hash !== row.hash.toString('hex')) {
          find('anchor_differs', row.seq, `L’ancre du ${anchor.at} contredit la ligne n° ${row.seq} : la chaîne a été réécrite.`)
        }
      }
      // Beyond a fault the chain is followed from what is there, so that each fault shows by itself.
      ;({ seq, hash } = row)
    }
    onProgress(lines)
    if (rows.length < page) break
  }
  await client.query('close chain')

  if (seq < head.seq) find('tail_missing', seq + 1, `Il manque la fin : ${missingText(seq + 1, head.seq)}`)
  else if (seq !== head.seq || !hash.equals(head.hash))
    find('head_differs', head.seq, `La tête de la chaîne ne correspond pas à la dernière ligne (n° ${seq}).`)
  for (const anchor of anchors) {
    if (anchor.seq > seq)
      find('anchor_ahead', anchor.seq, `L’ancre du ${anchor.at} connaît la ligne n° ${anchor.seq}, la base s’arrête à ${seq} : la fin a été coupée.`)
  }
  return {
    findings,
    lines,
    firstSeq: firstSeq ?? 0,
    lastSeq: seq,
    headSigned,
    anchors: { checked, beforeWhatIsKept: anchors.filter((anchor) => anchor.seq < (firstSeq ?? 0)).length },
    waiting: await selectWaiting(client),
  }
}

type Find = (code: FindingCode, seq: number, text: string) => void

function missingText(from: number, to: number): string {
  return from === to ? `la ligne n° ${from} manque.` : `les lignes n° ${from} à ${to} manquent.`
}

function checkHead(head: SignedHead, check: SignatureCheck | undefined, find: Find): boolean {
  if (check === undefined || head.seq === 0) return false
  if (head.signature === null) {
    find('head_unsigned', head.seq, 'La tête de la chaîne n’est pas signée par la clé de l’installation.')
    return false
  }
  const holds = head.keyId === check.keyId && check.holds(headText(head), head.signature)
  if (!holds) find('head_signature', head.seq, 'La signature de la tête n’est pas celle de la clé de l’installation : la chaîne a été réécrite.')
  return holds
}

/** What the first line kept is chained to: the origin, or the last of the lines destroyed at the end of their term. */
async function startOf(client: Queryable, firstSeq: number | null, check: SignatureCheck | undefined, find: Find): Promise<{ seq: number; hash: Buffer }> {
  if (firstSeq === null || firstSeq === 1) return { seq: 0, hash: chainOrigin }
  const { rows } = await client.query<{ details: Readonly<Record<string, unknown>> }>('select details from audit.entry where name = $1 order by seq desc', [
    retentionLine,
  ])
  const proof = rows.map((row) => tombstoneOf(row.details)).find((one): one is Tombstone => one?.toSeq === firstSeq - 1)
  if (proof === undefined) {
    find('start_missing', 1, `Il manque le début : ${missingText(1, firstSeq - 1)} Aucune destruction en fin de durée ne le dit.`)
    return { seq: 0, hash: chainOrigin }
  }
  if (check !== undefined && !tombstoneHolds(proof, check)) {
    find('start_unproved', firstSeq, `La destruction des lignes jusqu’à n° ${proof.toSeq} n’est pas signée par la clé de l’installation.`)
  }
  return { seq: proof.toSeq, hash: Buffer.from(proof.hash, 'hex') }
}

function anchorsBySeq(anchors: readonly Anchor[], check: SignatureCheck | undefined, find: Find): ReadonlyMap<number, readonly Anchor[]> {
  const bySeq = new Map<number, Anchor[]>()
  for (const anchor of anchors) {
    if (check !== undefined && !anchorHolds(anchor, check))
      find('anchor_signature', anchor.seq, `L’ancre du ${anchor.at} n’est pas signée par la clé de l’installation.`)
    const same = bySeq.get(anchor.seq)
    if (same === undefined) bySeq.set(anchor.seq, [anchor])
    else same.push(anchor)
  }
  return bySeq
}

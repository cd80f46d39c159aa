import type pg from 'pg'
import type { AuditSigner } from '../../platform/server/audit-chain.ts'
import { signatureCheck } from '../../platform/server/audit-chain.ts'
import { type Anchor, signedAnchor } from '../server/anchors/anchor.ts'
import { type SignedHead, selectHead } from '../server/chain/standing.sql.ts'
import { verifyChain } from '../server/chain/verify-chain.ts'
import { leaveLines, sealAll } from './sealed-lines.ts'
import { randomFrom, tamperings } from './tampering.ts'

export interface Tried {
  readonly tried: number
  /** What the verification missed, by the name of the tampering. */
  readonly missed: readonly string[]
  /** How often each code was the first to tell. */
  readonly told: Readonly<Record<string, number>>
}

/**
 * Seals a chain of `lines` in several steps, anchors its end, then tampers with it `times` times, each in a transaction that is rolled back. The chain
 * must verify untouched before and after: a verifier that always complains scores nothing.
 */
export async function tryTamperings(
  client: pg.ClientBase,
  { signer, lines, times, seed }: { signer: AuditSigner; lines: number; times: number; seed: number },
): Promise<Tried> {
  const formerHeads: SignedHead[] = []
  const steps = 8
  for (let step = 0; step < steps; step += 1) {
    await leaveLines(client, Math.floor(lines / steps), { persons: 200, users: 20 })
    await sealAll(client, signer)
    if (step < steps - 1) formerHeads.push(await selectHead(client))
  }
  const head = await selectHead(client)
  const anchors: readonly Anchor[] = [...formerHeads.slice(2, 3), head].map((one) =>
    signedAnchor({ at: '2026-10-15T07:42:00.000Z', seq: one.seq, hash: one.hash.toString('hex'), lines: one.seq }, signer),
  )
  const check = signatureCheck(signer.publicKeyPem)
  const verify = async (): Promise<readonly string[]> => (await verifyChain(client, { check, anchors })).findings.map((finding) => finding.code)
  const untouched = async (): Promise<void> => {
    await client.query('begin')
    const found = await verify()
    await client.query('rollback')
    if (found.length > 0) throw new Error(`the chain does not verify untouched: ${found.join(', ')}`)
  }

  const random = randomFrom(seed)
  const missed: string[] = []
  const told: Record<string, number> = {}
  await untouched()
  // What stands in her way, she removes.
  await client.query('alter table audit.entry disable trigger user')
  await client.query('alter table audit.entry drop constraint entry_pkey')
  for (let n = 0; n < times; n += 1) {
    // each kind in turn, so that none is left out of a short run
    const tampering = tamperings[n % tamperings.length]
    if (tampering === undefined) throw new Error('no tampering')
    await client.query('begin')
    try {
      await tampering.forge({ client, random, lines: head.seq, formerHeads, server: signer })
      const [first] = await verify()
      if (first === undefined) missed.push(tampering.name)
      else told[first] = (told[first] ?? 0) + 1
    } finally {
      await client.query('rollback')
    }
  }
  await client.query('alter table audit.entry enable trigger user')
  await client.query('alter table audit.entry add constraint entry_pkey primary key (sealed_at, seq)')
  await untouched()
  return { tried: times, missed, told }
}

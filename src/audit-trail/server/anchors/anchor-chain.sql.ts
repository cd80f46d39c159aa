import pg from 'pg'
import type { AuditSigner } from '../../../platform/server/audit-chain.ts'
import type { Job } from '../../../platform/server/worker.ts'
import { selectFirstSeq, selectHead } from '../chain/standing.sql.ts'
import { type Anchor, anchorLine, signedAnchor } from './anchor.ts'
import { type AnchorDestination, sendAnchor } from './destinations.ts'

/** Where the chain stands now, signed. */
export async function takeAnchor(ownerUrl: string, signer: AuditSigner | undefined, at: Date): Promise<Anchor> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    const head = await selectHead(client)
    const first = await selectFirstSeq(client)
    await client.query('commit')
    return signedAnchor({ at: at.toISOString(), seq: head.seq, hash: head.hash.toString('hex'), lines: first === null ? 0 : head.seq - first + 1 }, signer)
  } finally {
    await client.end()
  }
}

/** Every ten minutes: the head of the chain goes to each destination. One that does not answer does not keep the others waiting; the job is tried again. */
export function anchorJob(destinations: readonly AnchorDestination[], signer: AuditSigner | undefined): Job {
  return async (_payload, { ownerUrl }) => {
    if (destinations.length === 0) return
    const at = new Date()
    const line = anchorLine(await takeAnchor(ownerUrl, signer, at))
    const sent = await Promise.allSettled(destinations.map((destination) => sendAnchor(destination, line, at)))
    const failure = sent.find((one) => one.status === 'rejected')
    if (failure !== undefined) throw failure.reason
  }
}

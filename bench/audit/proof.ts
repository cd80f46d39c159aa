import pg from 'pg'
import { signedAnchor } from '../../src/audit-trail/server/anchors/anchor.ts'
import { selectHead } from '../../src/audit-trail/server/chain/standing.sql.ts'
import { verifyChain } from '../../src/audit-trail/server/chain/verify-chain.ts'
import { leaveLines, sealAll } from '../../src/audit-trail/testing/sealed-lines.ts'
import { auditSigner, newAuditKey, signatureCheck } from '../../src/platform/server/audit-chain.ts'

type Print = (result: Readonly<Record<string, unknown>>) => void
interface Urls {
  readonly ownerUrl: string
}

const signer = auditSigner(newAuditKey())

/** Writes the lines and seals them as the sequencer does, by batches of 500 with a signature each. */
export async function measureSealing({ ownerUrl }: Urls, lines: number, print: Print): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  let sealing = 0
  for (let left = lines; left > 0; left -= 20_000) {
    await leaveLines(client, Math.min(left, 20_000), { persons: 200_000, users: 2_000 })
    const started = performance.now()
    await sealAll(client, signer)
    sealing += performance.now() - started
  }
  await client.query('vacuum (analyze, parallel 0) audit.entry')
  const { rows } = await client.query(
    `select pg_size_pretty(sum(pg_total_relation_size(inhrelid))) as size from pg_inherits where inhparent = 'audit.entry'::regclass`,
  )
  await client.end()
  print({ part: 'sealing', lines, lines_per_second: Math.round(lines / (sealing / 1000)), size: rows[0]?.size })
}

/** The verification of the whole, with its floor: the same lines read and dropped, nothing computed. */
export async function measureVerification({ ownerUrl }: Urls, print: Print): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  await client.query('begin isolation level repeatable read read only')
  const floor = await timed(async () => {
    await client.query('declare floor no scroll cursor for select seq, hash, details::text from audit.entry order by seq')
    for (;;) if ((await client.query('fetch 5000 from floor')).rows.length < 5_000) break
  })
  const head = await selectHead(client)
  const anchor = signedAnchor({ at: new Date().toISOString(), seq: head.seq, hash: head.hash.toString('hex'), lines: head.seq }, signer)
  let lines = 0
  const seconds = await timed(async () => {
    const found = await verifyChain(client, { check: signatureCheck(signer.publicKeyPem), anchors: [anchor] })
    if (found.findings.length > 0) throw new Error(JSON.stringify(found.findings))
    lines = found.lines
  })
  await client.query('commit')
  await client.end()
  print({ part: 'verify', lines, seconds, floor_seconds: floor, target_seconds: 60, rss_mb: Math.round(process.memoryUsage().rss / 1_048_576) })
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now()
  await work()
  return Math.round(performance.now() - started) / 1000
}

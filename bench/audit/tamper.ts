import pg from 'pg'
import { tamperings } from '../../src/audit-trail/testing/tampering.ts'
import { tryTamperings } from '../../src/audit-trail/testing/try-tamperings.ts'
import { auditSigner, newAuditKey } from '../../src/platform/server/audit-chain.ts'

/** Tamperings by the table owner, who knows the algorithm and has neither the key nor the anchors: how many the verification finds. */
export async function measureTamperings(
  { ownerUrl }: { readonly ownerUrl: string },
  times: number,
  print: (result: Readonly<Record<string, unknown>>) => void,
): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const started = Date.now()
  const seed = Date.now() % 1_000_000
  const { tried, missed, told } = await tryTamperings(client, { signer: auditSigner(newAuditKey()), lines: 400, times, seed })
  await client.end()
  print({
    part: 'tamper',
    kinds: tamperings.length,
    tried,
    found: tried - missed.length,
    missed,
    told,
    seed,
    seconds: Math.round((Date.now() - started) / 1000),
  })
  if (missed.length > 0) process.exitCode = 1
}

import pg from 'pg'
import { newId } from '../../../platform/contract/ids.ts'
import { type AuditSigner, headText } from '../../../platform/server/audit-chain.ts'
import type { Job } from '../../../platform/server/worker.ts'
import { type Queryable, selectFirstSeq, selectHead } from '../chain/standing.sql.ts'
import { retentionLine, signedTombstone } from './tombstone.ts'

export interface DestroyedMonth {
  readonly month: string
  readonly lines: number
}

/** A month that should go but is not whole: it stays, for the verification to say what happened. */
export class DamagedMonth extends Error {}

/**
 * Destroys the months of lines whose term is over, the oldest first: the whole partition, and in the same transaction a sealed and signed line that says
 * which lines, how long they were kept and why, from which the chain is verified afterwards. `now` decides what is over. Owner's connection: no role of
 * the application may remove a line.
 */
export async function destroyExpiredMonths(ownerUrl: string, now: Date, signer: AuditSigner | undefined): Promise<readonly DestroyedMonth[]> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const destroyed: DestroyedMonth[] = []
  try {
    for (const partition of await expiredPartitions(client, now)) {
      await client.query('begin')
      try {
        await client.query(`set local lock_timeout = '10s'`)
        await client.query(`select pg_advisory_xact_lock(hashtext('jalon.sequencer'))`)
        destroyed.push({ month: partition.month, lines: await destroy(client, partition, signer) })
        await client.query('commit')
      } catch (error) {
        await client.query('rollback')
        throw error
      }
    }
  } finally {
    await client.end()
  }
  return destroyed
}

interface Partition {
  readonly table: string
  readonly month: string
  readonly months: number
  readonly justification: string
}

async function expiredPartitions(client: Queryable, now: Date): Promise<readonly Partition[]> {
  const { rows } = await client.query<Partition>(
    `select c.relname as table, replace(substr(c.relname, 7), '_', '-') as month, r.months, r.justification
     from pg_inherits i join pg_class c on c.oid = i.inhrelid, audit.retention_in_force() r
     where i.inhparent = 'audit.entry'::regclass and c.relname ~ '^entry_\\d{4}_\\d{2}$'
       and (to_date(substr(c.relname, 7), 'YYYY_MM') + interval '1 month') at time zone 'UTC' <= $1::timestamptz - make_interval(months => r.months)
     order by c.relname`,
    [now.toISOString()],
  )
  return rows
}

async function destroy(client: Queryable, { table, month, months, justification }: Partition, signer: AuditSigner | undefined): Promise<number> {
  const { rows } = await client.query<{ lines: number; from: number; to: number; hash: Buffer | null }>(
    `select count(*)::int as lines, coalesce(min(seq), 0)::float8 as from, coalesce(max(seq), 0)::float8 as to, (array_agg(hash order by seq desc))[1] as hash from audit.${pg.escapeIdentifier(table)}`,
  )
  const [content] = rows
  if (content === undefined) throw new DamagedMonth(month)
  if (content.lines > 0) {
    if (content.lines !== content.to - content.from + 1 || content.from !== (await selectFirstSeq(client)) || content.hash === null)
      throw new DamagedMonth(month)
    const tombstone = signedTombstone({ month, fromSeq: content.from, toSeq: content.to, hash: content.hash.toString('hex') }, signer)
    await client.query(
      `insert into audit.inbox (id, actor_kind, name, kind, manner, outcome, purpose, details) values ($1, 'job', $2, 'action', 'job', 'done', 'automation', $3)`,
      [newId(), retentionLine, JSON.stringify({ ...tombstone, lines: content.lines, months, justification })],
    )
    await sealEverything(client, signer)
  }
  await client.query(`drop table audit.${pg.escapeIdentifier(table)}`)
  return content.lines
}

async function sealEverything(client: Queryable, signer: AuditSigner | undefined): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ moved: number }>('select moved from audit.seal(1000)')
    if ((rows[0]?.moved ?? 0) === 0) break
  }
  if (signer === undefined) return
  const head = await selectHead(client)
  await client.query('select audit.sign_head($1, $2, $3)', [head.seq, signer.sign(headText(head)), signer.keyId])
}

/** Every night: months ahead are made, and those whose term is over go away. */
export function retentionJob(signer: AuditSigner | undefined): Job {
  return async (_payload, { ownerUrl, clock, log }) => {
    const client = new pg.Client({ connectionString: ownerUrl })
    await client.connect()
    try {
      await client.query('select audit.prepare_months(12)')
    } finally {
      await client.end()
    }
    for (const { month, lines } of await destroyExpiredMonths(ownerUrl, clock(), signer))
      log.info({ month, lines }, 'audit month destroyed at the end of its term')
  }
}

import type pg from 'pg'
import type { Head } from '../../../platform/server/audit-chain.ts'

export interface SignedHead extends Head {
  readonly signature: string | null
  readonly keyId: string | null
}

/** Anything that runs a statement: a connection, inside a transaction or not. */
export type Queryable = Pick<pg.ClientBase, 'query'>

/** Where the chain stands now. */
export async function selectHead(client: Queryable): Promise<SignedHead> {
  const { rows } = await client.query<{ seq: string; hash: Buffer; micros: string; signature: string | null; keyId: string | null }>(
    `select seq, hash, (extract(epoch from sealed_at) * 1000000)::bigint as micros, signature, key_id as "keyId" from audit.head`,
  )
  const [row] = rows
  if (row === undefined) throw new Error('audit.head is empty')
  return { seq: Number(row.seq), hash: row.hash, micros: Number(row.micros), signature: row.signature, keyId: row.keyId }
}

/** The first line that the database still holds, or null when it holds none. */
export async function selectFirstSeq(client: Queryable): Promise<number | null> {
  const { rows } = await client.query<{ seq: string }>('select seq from audit.entry order by seq limit 1')
  return rows[0] === undefined ? null : Number(rows[0].seq)
}

/** How many lines wait to be sealed, and since when the oldest one does (seconds). */
export async function selectWaiting(client: Queryable): Promise<{ readonly lines: number; readonly seconds: number }> {
  const { rows } = await client.query<{ lines: number; seconds: number }>(
    `select count(*)::int as lines, coalesce(extract(epoch from clock_timestamp() - min(at)), 0)::float8 as seconds from audit.inbox`,
  )
  return rows[0] ?? { lines: 0, seconds: 0 }
}

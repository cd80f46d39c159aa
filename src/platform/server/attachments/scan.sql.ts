import { sql } from 'kysely'
import type { Tx } from '../db.ts'

export interface FileToScan {
  readonly id: string
  readonly addedBy: string
  readonly addedAt: string
  readonly content: Buffer
}

/** The oldest file of a table in this state, `after` another one, held for the transaction; whoever else looks passes over it. */
export async function holdToScan(tx: Tx, table: string, state: 'waiting' | 'none', after: FileToScan | undefined): Promise<FileToScan | undefined> {
  return (
    await sql<FileToScan>`select id, added_by as "addedBy", added_at::text as "addedAt", content from ${sql.table(table)} where scan = ${state}
      ${after === undefined ? sql`` : sql`and (added_at, id) > (${after.addedAt}::timestamptz, ${after.id})`} order by added_at, id limit 1 for update skip locked`.execute(
      tx,
    )
  ).rows[0]
}

export async function concludeScan(
  tx: Tx,
  table: string,
  { id, verdict, finding, at }: { readonly id: string; readonly verdict: 'clean' | 'infected'; readonly finding: string | null; readonly at: Date },
): Promise<void> {
  await sql`update ${sql.table(table)} set scan = ${verdict}, scan_finding = ${finding}, scanned_at = ${at} where id = ${id}`.execute(tx)
}

/** A month after its refusal a file loses its bytes: its name and why it was refused stay. */
export async function emptyRefused(tx: Tx, table: string, now: Date): Promise<void> {
  await sql`update ${sql.table(table)} set content = ''::bytea where scan = 'infected' and scanned_at < ${now}::timestamptz - interval '30 days' and length(content) > 0`.execute(
    tx,
  )
}

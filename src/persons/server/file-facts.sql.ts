import { sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'
import { type FileFacts, usualFile } from '../contract/matching.ts'
import { sharesOf } from '../contract/name-shares.ts'

type Counted = Parameters<typeof sharesOf>[1][number]

/** A file this small says little of how frequent a name is: the shares of the country are used. */
const tooSmall = 5000
/** Counted by night (persons:countNames): read again now and then, not at each key typed. */
const keptFor = 10 * 60_000
let kept: { readonly facts: FileFacts; readonly until: number } | undefined

/** How large the file is, and how many bear each name: what a likeness is worth in it. */
export async function fileFacts(tx: Tx): Promise<FileFacts> {
  if (kept === undefined || performance.now() > kept.until) kept = { facts: await readFileFacts(tx), until: performance.now() + keptFor }
  return kept.facts
}

export async function readFileFacts(tx: Tx): Promise<FileFacts> {
  const { rows } = await sql<{ persons: number; names: readonly Counted[] | null }>`select f.persons::float8 as persons,
      (select jsonb_agg(jsonb_build_object('kind', n.kind, 'name', n.name, 'share', n.share)) from persons.name_share n where n.kind <> 'sound') as names from persons.file_size f`.execute(
    tx,
  )
  const found = rows[0]
  if (found === undefined) return usualFile
  return { persons: found.persons, shares: found.persons < tooSmall || found.names === null ? usualFile.shares : sharesOf(found.persons, found.names) }
}

/** Counts the names of the file; gives how many are kept. */
export async function countNames(tx: Tx): Promise<number> {
  return (await sql<{ kept: number }>`select persons.count_names() as kept`.execute(tx)).rows[0]?.kept ?? 0
}

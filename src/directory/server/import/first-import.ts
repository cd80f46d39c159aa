import { type RawBuilder, sql } from 'kysely'
import type pg from 'pg'
import { asSystem, type Database, type Tx } from '../../../platform/server/db.ts'
import { forgetFirstEntries, gatherFirstEntries, type Half, skillRows } from '../entry.sql.ts'

/** A first import works on two connections at once: half of the entries each, then the indexes as each becomes free. */
export type Pair = readonly [pg.PoolClient, pg.PoolClient]

/* Tables just filled have no statistics: left to guess, the planner sorts millions of rows by commune, or runs through lists of trades for each. */
const settings =
  "set work_mem = '256MB'; set maintenance_work_mem = '512MB'; set jit = off; set synchronous_commit = off; set max_parallel_workers_per_gather = 0; set enable_mergejoin = off; set enable_nestloop = off"

const halves: readonly [Half, Half] = ['low', 'high']

interface PostponedIndex {
  readonly name: string
  /** Of the entries; null for the other tables. */
  readonly half: Half | null
}

/** Makes room for the rows of a first import and begins a transaction on both connections. */
export async function openFirst(db: Database, pair: Pair): Promise<void> {
  await asSystem(db, 'a first import begins', (tx) => sql`select directory.begin_first_import()`.execute(tx))
  for (const client of pair) {
    await client.query(settings)
    await client.query('begin')
  }
}

/**
 * Once the lines are in: keeps them, derives the entries that the reading of the file left (`left`; null: all of them) where nobody reads, makes the
 * indexes, then shows everything in one short transaction, with `conclude`. Until then the search goes on and finds nothing of them; a process that dies
 * leaves what the next import takes away.
 */
export async function fillFirst(
  { db }: { readonly db: Database },
  pair: Pair,
  left: { readonly strays: number; readonly again: number } | null,
  conclude: (tx: Tx) => Promise<void>,
): Promise<void> {
  for (const client of pair) await client.query('commit')
  const skills = await asSystem(db, 'skills of a first import', skillRows)
  const { rows } = await pair[0].query<PostponedIndex>('select name, half from directory.postponed_index order by cost desc, name')
  const shared = rows.filter(({ half }) => half === null)
  await Promise.all(
    halves.map(async (half, at) => {
      const client = pair[at as 0 | 1]
      if (left === null) await run(db, client, gatherFirstEntries(skills, half, 'all'))
      const own = rows.filter((row) => row.half === half)
      for (let next = own.shift() ?? shared.shift(); next !== undefined; next = own.shift() ?? shared.shift())
        await client.query('select directory.make_postponed_index($1)', [next.name])
    }),
  )
  // The few who are left are found by the indexes just made.
  for (const half of left === null || left.strays === 0 ? [] : halves) {
    if (left?.again !== 0) await run(db, pair[0], forgetFirstEntries(half))
    await run(db, pair[0], gatherFirstEntries(skills, half, 'staged'))
  }
  await asSystem(db, 'a first import shows', async (tx) => {
    await sql`select directory.show_first_import()`.execute(tx)
    await sql`delete from directory.vanished v using directory.professional f where f.party_id = v.party_id`.execute(tx)
    await conclude(tx)
  })
}

async function run(db: Database, client: pg.PoolClient, query: RawBuilder<unknown>): Promise<void> {
  const { sql: text, parameters } = query.compile(db.kysely)
  await client.query(text, [...parameters])
}

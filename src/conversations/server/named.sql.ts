import { sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'

/** Which of these names (capitals, without accents) are those of persons whom the actor sees. */
export async function namesOfSeenPersons(tx: Tx, names: readonly string[]): Promise<readonly string[]> {
  if (names.length === 0) return []
  const { rows } = await sql<{ name: string }>`select distinct n.name from unnest(${[...names]}::text[]) as n(name)
    where exists (select from persons.person p where p.used_name = n.name) or exists (select from persons.person p where p.birth_name = n.name)`.execute(tx)
  return rows.map((row) => row.name)
}

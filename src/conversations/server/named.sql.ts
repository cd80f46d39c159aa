import { sql } from 'kysely'
import { nameKey } from '../../persons/contract/names.ts'
import type { Tx } from '../../platform/server/db.ts'

/** Which of these names, however they are spelt, are family names of persons whom the actor sees. Gives them as they came. */
export async function namesOfSeenPersons(tx: Tx, names: readonly string[]): Promise<readonly string[]> {
  if (names.length === 0) return []
  const keys = [...new Set(names.map(nameKey))]
  const { rows } = await sql<{ key: string }>`select k as key from conversations.families_seen(${keys}::text[]) k`.execute(tx)
  const seen = new Set(rows.map(({ key }) => key))
  return names.filter((name) => seen.has(nameKey(name)))
}

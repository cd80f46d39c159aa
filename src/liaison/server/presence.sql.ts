import { sql } from 'kysely'
import type { UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'

interface Presence {
  readonly referentAway: boolean
  readonly substituteId: UserId | null
  readonly binomeAway: boolean
}

/** Whether a référent and her binôme are there at an instant, and who stands in for her. No binôme is one that is away. */
export async function presenceOf(
  tx: Tx,
  { referentId, binomeId }: { readonly referentId: UserId; readonly binomeId: UserId | null },
  at: Date,
): Promise<Presence> {
  const { rows } =
    await sql<Presence>`select territory.absent(${referentId}, ${at}) as "referentAway", territory.substitute(${referentId}, ${at}) as "substituteId",
    ${binomeId}::uuid is null or territory.absent(${binomeId}, ${at}) as "binomeAway"`.execute(tx)
  return rows[0] as Presence
}

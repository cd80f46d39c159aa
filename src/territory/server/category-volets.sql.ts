import { sql } from 'kysely'
import type { ProfessionalCategory, Volet } from '../../platform/contract/actor.ts'
import type { Tx } from '../../platform/server/db.ts'

export interface CategoryVoletDecision {
  readonly category: ProfessionalCategory
  readonly volet: Volet
  readonly version: number
  readonly allowed: boolean
  readonly legalReference: string
  readonly reason: string
  readonly at: string
  readonly byName: string | null
}

/** Every decision about what a category sees, the last of each pair first. */
export async function selectDecisions(tx: Tx): Promise<readonly CategoryVoletDecision[]> {
  const { rows } =
    await sql<CategoryVoletDecision>`select category, volet, version, allowed, legal_reference as "legalReference", reason, decided_at as at, decided_by_name as "byName"
    from territory.category_volet_decision order by decided_at desc, category, volet, version desc`.execute(tx)
  return rows
}

export async function insertDecision(
  tx: Tx,
  d: Pick<CategoryVoletDecision, 'category' | 'volet' | 'allowed' | 'legalReference' | 'reason'> & { readonly baseVersion: number; readonly byName: string },
): Promise<number | null> {
  const { rows } = await sql<{
    version: number | null
  }>`select territory.decide_category_volet(${d.category}, ${d.volet}, ${d.baseVersion}, ${d.allowed}, ${d.legalReference},
    ${d.reason}, ${d.byName}) as version`.execute(tx)
  return rows[0]?.version ?? null
}

export async function signedInOfCategory(tx: Tx, category: string): Promise<readonly string[]> {
  const { rows } = await sql<{ users: readonly string[] }>`select territory.signed_in_of_category(${category}) as users`.execute(tx)
  return rows[0]?.users ?? []
}

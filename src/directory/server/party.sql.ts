import { sql } from 'kysely'
import type { ProfessionalCategory } from '../../platform/contract/actor.ts'
import type { PartyId } from '../../platform/contract/ids.ts'
import type { Database, Tx } from '../../platform/server/db.ts'

/** A party of the directory as other capabilities record it: keep the label with what you record, for whoever vanishes from the directory. */
export interface DirectoryParty {
  readonly partyId: PartyId
  readonly kind: 'professional' | 'structure' | 'local'
  /** Code of contract/facets.ts: 'gp', 'nurse', 'ssiad'… */
  readonly facet: string
  readonly label: string
  readonly detail: string
  readonly phone: string | null
  readonly city: string | null
  readonly communeCode: string | null
  /** R.1110-2 CSP. */
  readonly category: ProfessionalCategory
  readonly rpps: string | null
  readonly finess: string | null
}

/** The parties as the directory writes them; those that are gone are left out. */
export async function readParties(tx: Tx, partyIds: readonly PartyId[]): Promise<readonly DirectoryParty[]> {
  const { rows } =
    await sql<DirectoryParty>`select party_id as "partyId", kind, facet, label, detail, coalesce((select k.value from directory.correction k where k.party_id = entry.party_id and k.field = 'phone' and k.ended_at is null), phone) as phone, city, commune_code as "communeCode", category, rpps, finess
    from directory.entry where party_id = any(${partyIds}::uuid[])`.execute(tx)
  return rows
}

/** The card that carries an RPPS number. */
export async function partyOfRpps(tx: Tx, rpps: string): Promise<PartyId | null> {
  const { rows } = await sql<{
    partyId: PartyId
  }>`select party_id as "partyId" from directory.professional where party_id = territory.party_id('rpps:' || ${rpps})`.execute(tx)
  return rows[0]?.partyId ?? null
}

/** Share of the running import already read, in percent; null when none runs. */
export async function runningImportShare(db: Database): Promise<number | null> {
  const { rows } = await sql<{ share: number }>`select (100 * done / greatest(total, 1))::int as share from directory.import
    where state = 'running' order by created_at desc limit 1`.execute(db.kysely)
  return rows[0]?.share ?? null
}

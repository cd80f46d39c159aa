import { sql } from 'kysely'
import type { ProfessionalCategory } from '../../platform/contract/actor.ts'
import { notFound } from '../../platform/contract/errors.ts'
import type { PartyId } from '../../platform/contract/ids.ts'
import type { Database, Tx } from '../../platform/server/db.ts'
import { readableName } from '../contract/readable-name.ts'

/** Imports a file in this process, as the command line does. */
export { importFile } from './import/import-file.ts'

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

/** The party, or null: never there, or gone from its national directory. */
export async function partyOf(tx: Tx, partyId: PartyId): Promise<DirectoryParty | null> {
  return (await partiesOf(tx, [partyId])).get(partyId) ?? null
}

/** As `partyOf`; throws `notFound` for an unknown one. */
export async function assertParty(tx: Tx, partyId: PartyId): Promise<DirectoryParty> {
  const party = await partyOf(tx, partyId)
  if (party === null) throw notFound('directory party')
  return party
}

/** Parties by id; those that are gone are left out. */
export async function partiesOf(tx: Tx, partyIds: readonly PartyId[]): Promise<ReadonlyMap<PartyId, DirectoryParty>> {
  if (partyIds.length === 0) return new Map()
  const { rows } =
    await sql<DirectoryParty>`select party_id as "partyId", kind, facet, label, detail, phone, city, commune_code as "communeCode", category, rpps, finess
    from directory.entry where party_id = any(${partyIds}::uuid[])`.execute(tx)
  return new Map(rows.map((row) => [row.partyId, row.kind === 'structure' ? { ...row, label: readableName(row.label) } : row]))
}

/** Share of the running import already read, in percent; null when none runs. */
export async function importProgressOf(db: Database): Promise<number | null> {
  const { rows } = await sql<{
    share: number
  }>`select (100 * done / greatest(total, 1))::int as share from directory.import where state = 'running' order by created_at desc limit 1`.execute(db.kysely)
  return rows[0]?.share ?? null
}

/** The card of the professional who holds a national identifier as Pro Santé Connect tells it (8 then the RPPS number); null when she has none. */
export async function cardOfNationalId(tx: Tx, nationalId: string): Promise<PartyId | null> {
  if (!nationalId.startsWith('8')) return null
  const { rows } = await sql<{ partyId: PartyId }>`select party_id as "partyId" from directory.professional where rpps = ${nationalId.slice(1)}`.execute(tx)
  return rows[0]?.partyId ?? null
}

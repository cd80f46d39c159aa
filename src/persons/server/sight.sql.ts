import { sql } from 'kysely'
import type { Volet } from '../../platform/contract/actor.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { SightBasis } from '../contract/person.ts'

export interface SightRow {
  readonly sightId: string
  readonly personId: PersonId
  readonly partyId: string
  readonly partyName: string | null
  readonly basis: SightBasis
  readonly volets: readonly Volet[]
  readonly reason: string
  readonly sourceId: string
  readonly since: Date
  readonly until: Date | null
}

const voletArray = (volets: readonly Volet[]): string => `{${volets.join(',')}}`

export async function grantSightRow(tx: Tx, row: SightRow): Promise<void> {
  await sql`select persons.grant_sight(${row.sightId}, ${row.personId}, ${row.partyId}, ${row.partyName}, ${row.basis}, ${voletArray(row.volets)}::text[], ${row.reason},
    ${row.sourceId}, ${row.since}, ${row.until})`.execute(tx)
}

/** Gives the parties that lost it. */
export async function endSightRows(tx: Tx, personId: PersonId, sourceId: string, partyId: string | null): Promise<readonly string[]> {
  const { rows } = await sql<{ touched: readonly string[] }>`select persons.end_sight(${personId}, ${sourceId}, ${partyId}) as touched`.execute(tx)
  return rows[0]?.touched ?? []
}

export async function applyOppositionRows(tx: Tx, personId: PersonId): Promise<readonly string[]> {
  const { rows } = await sql<{ touched: readonly string[] }>`select persons.apply_opposition(${personId}) as touched`.execute(tx)
  return rows[0]?.touched ?? []
}

export async function joinPersonRow(tx: Tx, personId: PersonId, sourceId: string, reason: string, sightId: string): Promise<boolean> {
  const { rows } = await sql<{ joined: boolean }>`select persons.join_person(${personId}, ${sourceId}, ${reason}, ${sightId}) as joined`.execute(tx)
  return rows[0]?.joined ?? false
}

export async function voletsOfCategory(tx: Tx, category: string): Promise<readonly Volet[]> {
  const { rows } = await sql<{ volet: Volet }>`select volet from territory.category_volet where category = ${category} order by volet`.execute(tx)
  return rows.map((row) => row.volet)
}

export async function partyNamedOpenly(tx: Tx, personId: PersonId, partyId: string | null): Promise<boolean> {
  const { rows } = await sql<{ openly: boolean }>`select persons.names_openly(${personId}, ${partyId}) as openly`.execute(tx)
  return rows[0]?.openly === true
}

export async function selectUnnamedParties(tx: Tx, personId: PersonId, toActor: boolean): Promise<readonly string[]> {
  const { rows } = await sql<{ parties: string[] }>`select persons.unnamed_parties(${personId}, ${toActor}) as parties`.execute(tx)
  return rows[0]?.parties ?? []
}

import { type RawBuilder, sql } from 'kysely'
import type pg from 'pg'
import type { Tx } from '../../../platform/server/db.ts'
import { partyIdOf } from '../../../territory/server/api.ts'
import { deriveOutsideStructureEntries, deriveServiceEntries } from '../entry.sql.ts'
import { asBigint, contentHash } from './content-hash.ts'
import { copyRows, type RowWriter } from './copied-rows.ts'
import { preferThroughput } from './import.sql.ts'
import type { OutsideStructureRow, ServiceRow } from './social-record.ts'

/** Where offers come from: data·inclusion, or the ROR of a region. */
export type OfferSource = 'social' | 'ror'

const list = (values: readonly string[]): string => `{${values.map((value) => `"${value.replace(/(["\\])/g, '\\$1')}"`).join(',')}}`

const serviceColumns =
  'party_id, source, source_id, structure_id, structure_name, name, description, kind, themes, publics, publics_words, conditions, fees, fees_words, reception, mobilisation, mobilised_by, mobilisation_link, zone, contact_name, address, postal_code, commune_code, city, phone, email, latitude, longitude, opening_hours, source_link, producer, facts, updated_on, name_key, search_words, row_hash'.split(
    ', ',
  )
const structureColumns =
  'party_id, source, source_id, siret, name, description, kind, detail, address, postal_code, commune_code, city, phone, email, website, source_link, opening_hours, accessibility, latitude, longitude, producer, updated_on, name_key, search_words, row_hash'.split(
    ', ',
  )

/** The id of a service by its source's own id. */
export function servicePartyId(source: OfferSource, sourceId: string): string {
  return partyIdOf(`${source}-service`, sourceId)
}

/** The id of a structure that FINESS does not have, by its source's own id. */
export function outsidePartyId(source: OfferSource, sourceId: string): string {
  return partyIdOf(`${source}-structure`, sourceId)
}

export function stagedServices(client: pg.PoolClient, source: OfferSource): { write(row: ServiceRow): Promise<void> | undefined; end(): Promise<void> } {
  const writer: RowWriter = copyRows(client, 'directory.staged_service', serviceColumns)
  return {
    write: (r) =>
      writer.write([
        servicePartyId(source, r.sourceId),
        source,
        r.sourceId,
        r.finess !== null ? partyIdOf('finess', r.finess) : r.structureSourceId === null ? null : outsidePartyId(source, r.structureSourceId),
        r.structureName,
        r.name,
        r.description,
        r.kind,
        list(r.themes),
        list(r.publics),
        r.publicsWords,
        r.conditions,
        r.fees,
        r.feesWords,
        list(r.reception),
        list(r.mobilisation),
        list(r.mobilisedBy),
        r.mobilisationLink,
        list(r.zone),
        r.contactName,
        r.address,
        r.postalCode,
        r.communeCode,
        r.city,
        r.phone,
        r.email,
        r.latitude,
        r.longitude,
        r.openingHours,
        r.sourceLink,
        r.producer,
        JSON.stringify(r.facts),
        r.updatedOn,
        r.nameKey,
        r.searchWords,
        asBigint(contentHash(JSON.stringify(r))),
      ]),
    end: () => writer.end(),
  }
}

export function stagedOutsideStructures(
  client: pg.PoolClient,
  source: OfferSource,
): { write(row: OutsideStructureRow): Promise<void> | undefined; end(): Promise<void> } {
  const writer = copyRows(client, 'directory.staged_outside_structure', structureColumns)
  return {
    write: (r) =>
      writer.write([
        outsidePartyId(source, r.sourceId),
        source,
        r.sourceId,
        r.siret,
        r.name,
        r.description,
        r.kind,
        r.detail,
        r.address,
        r.postalCode,
        r.communeCode,
        r.city,
        r.phone,
        r.email,
        r.website,
        r.sourceLink,
        r.openingHours,
        r.accessibility,
        r.latitude,
        r.longitude,
        r.producer,
        r.updatedOn,
        r.nameKey,
        r.searchWords,
        asBigint(contentHash(JSON.stringify(r))),
      ]),
    end: () => writer.end(),
  }
}

const assigned = (columns: readonly string[]): RawBuilder<unknown> =>
  sql.raw(
    columns
      .filter((column) => column !== 'party_id')
      .map((column) => `${column} = excluded.${column}`)
      .join(', '),
  )

export interface Merged {
  readonly added: number
  readonly changed: number
  readonly removed: number
  readonly held: number
}

/**
 * Brings a table of offers to what was staged of one source: who was not staged is gone. Of some `departments` only, the others stay as they are.
 * Fills staged_party with who changed.
 */
async function merge(
  tx: Tx,
  table: 'service' | 'outside_structure',
  columns: readonly string[],
  source: OfferSource,
  departments: readonly string[],
): Promise<Merged> {
  await preferThroughput(tx)
  const [target, staged] = [sql.table(`directory.${table}`), sql.table(`directory.staged_${table}`)]
  const names = sql.raw(columns.join(', '))
  const within =
    departments.length === 0
      ? sql`true`
      : sql`exists (select from territory.commune c where c.code = t.commune_code and c.department_code = any(${[...departments]}::text[]))`
  const held = (await sql<{ n: number }>`select count(*)::int as n from ${target} t where t.source = ${source} and ${within}`.execute(tx)).rows[0]?.n ?? 0
  const gone = await sql<{
    partyId: string
  }>`delete from ${target} t where t.source = ${source} and ${within} and not exists (select from ${staged} s where s.party_id = t.party_id) returning party_id as "partyId"`.execute(
    tx,
  )
  const written = await sql<{ partyId: string; fresh: boolean }>`
    insert into ${target} as t (${names}) select distinct on (party_id) ${names} from ${staged} order by party_id, updated_on desc nulls last
    on conflict (party_id) do update set ${assigned(columns)} where t.row_hash <> excluded.row_hash returning party_id as "partyId", xmax = 0 as fresh`.execute(
    tx,
  )
  const touched = [...gone.rows, ...written.rows].map(({ partyId }) => partyId)
  await sql`insert into directory.staged_party select distinct id from unnest(${touched}::uuid[]) as t(id)`.execute(tx)
  const added = written.rows.filter(({ fresh }) => fresh).length
  return { added, changed: written.rows.length - added, removed: gone.rows.length, held }
}

/** Brings the services of a source to what was staged, and their entries. */
export async function mergeServices(tx: Tx, source: OfferSource, departments: readonly string[] = []): Promise<Merged> {
  const merged = await merge(tx, 'service', serviceColumns, source, departments)
  await deriveServiceEntries(tx)
  return merged
}

/** Brings the structures of a source to what was staged; those that FINESS has too, by SIRET, show as FINESS tells them. */
export async function mergeOutsideStructures(tx: Tx, source: OfferSource, departments: readonly string[] = []): Promise<Merged> {
  const merged = await merge(tx, 'outside_structure', structureColumns, source, departments)
  await findTwins(tx, sql`o.source = ${source}`)
  await deriveOutsideStructureEntries(tx)
  return merged
}

/** After FINESS changed the sites of directory.staged_party: the structures that it has now shows as it tells them, those that it lost show again. */
export async function refreshTwins(tx: Tx): Promise<void> {
  await findTwins(
    tx,
    sql`(o.twin_id in (select party_id from directory.staged_party) or o.siret in (select s.siret from directory.staged_party a join directory.structure s on s.party_id = a.party_id))`,
  )
  await deriveOutsideStructureEntries(tx)
}

/** Tells which structures of other sources are a site of FINESS, by SIRET; adds to staged_party those of which it changed. */
async function findTwins(tx: Tx, among: RawBuilder<unknown>): Promise<void> {
  await sql`with told as (
      select o.party_id, (select s.party_id from directory.structure s where s.siret = o.siret and (s.closed_on is null or s.closed_on > platform.today()) order by s.finess limit 1) as twin_id
      from directory.outside_structure o where ${among}
    ), changed as (
      update directory.outside_structure o set twin_id = told.twin_id from told where o.party_id = told.party_id and o.twin_id is distinct from told.twin_id returning o.party_id
    ) insert into directory.staged_party select party_id from changed c where not exists (select from directory.staged_party a where a.party_id = c.party_id)`.execute(
    tx,
  )
}

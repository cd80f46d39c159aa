import { sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'
import { placeKey } from '../contract/search-key.ts'

export interface GeographyCommune {
  readonly code: string
  readonly name: string
  readonly kind: 'commune' | 'arrondissement'
  readonly parentCode: string | null
  readonly departmentCode: string | null
  readonly regionCode: string | null
  readonly epciCode: string | null
  readonly postalCodes: readonly string[]
  readonly population: number | null
}

/** The official geography of a year, as `loadGeography` takes it. */
export interface Geography {
  /** Edition: loading the same one again does nothing. */
  readonly edition: string
  readonly regions: readonly { readonly code: string; readonly name: string }[]
  readonly departments: readonly { readonly code: string; readonly name: string; readonly regionCode: string }[]
  readonly epcis: readonly { readonly code: string; readonly name: string }[]
  readonly communes: readonly GeographyCommune[]
  /** Former names and codes: `code` is the one of before the merger. */
  readonly aliases: readonly { readonly communeCode: string; readonly code: string; readonly name: string }[]
}

const settingKey = 'territory.geography'

/** The edition of the geography that the database holds, or null before the first loading. */
export async function loadedGeography(tx: Tx): Promise<string | null> {
  const { rows } = await sql<{ edition: string }>`select value ->> 'edition' as edition from platform.setting where key = ${settingKey}`.execute(tx)
  return rows[0]?.edition ?? null
}

/** Brings the geography to an edition: adds, renames, and takes out of force what the edition no longer has; deletes no commune. */
export async function loadGeography(tx: Tx, geography: Geography): Promise<void> {
  const json = (rows: readonly unknown[]): string => JSON.stringify(rows)
  await sql`insert into territory.region (code, name) select code, name from jsonb_to_recordset(${json(geography.regions)}::jsonb) as r(code text, name text)
    on conflict (code) do update set name = excluded.name where region.name is distinct from excluded.name`.execute(tx)
  await sql`insert into territory.department (code, name, region_code) select code, name, "regionCode" from jsonb_to_recordset(${json(geography.departments)}::jsonb) as r(code text, name text, "regionCode" text)
    on conflict (code) do update set name = excluded.name, region_code = excluded.region_code where (department.name, department.region_code) is distinct from (excluded.name, excluded.region_code)`.execute(
    tx,
  )
  await sql`insert into territory.epci (code, name) select code, name from jsonb_to_recordset(${json(geography.epcis)}::jsonb) as r(code text, name text)
    on conflict (code) do update set name = excluded.name where epci.name is distinct from excluded.name`.execute(tx)
  // Arrondissements refer to their city: cities first.
  for (const kind of ['commune', 'arrondissement'] as const)
    await loadCommunes(
      tx,
      geography.communes.filter((commune) => commune.kind === kind),
    )
  await sql`update territory.commune set in_force = false where in_force and code <> all (${geography.communes.map((commune) => commune.code)}::text[])`.execute(
    tx,
  )
  await sql`delete from territory.commune_alias`.execute(tx)
  await sql`insert into territory.commune_alias (commune_code, code, name, search_key)
    select "communeCode", code, name, key from jsonb_to_recordset(${json(geography.aliases.map((alias) => ({ ...alias, key: placeKey(alias.name) })))}::jsonb) as r("communeCode" text, code text, name text, key text)
    on conflict do nothing`.execute(tx)
  await sql`insert into platform.setting (key, value) values (${settingKey}, ${JSON.stringify({ edition: geography.edition })}::jsonb)
    on conflict (key) do update set value = excluded.value, updated_at = now()`.execute(tx)
}

async function loadCommunes(tx: Tx, communes: readonly GeographyCommune[]): Promise<void> {
  const rows = communes.map((commune) => ({ ...commune, key: placeKey(commune.name) }))
  await sql`insert into territory.commune (code, name, search_key, kind, parent_code, department_code, region_code, epci_code, postal_codes, population)
    select code, name, key, kind, "parentCode", "departmentCode", "regionCode", "epciCode", array(select jsonb_array_elements_text("postalCodes")), population
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(code text, name text, key text, kind text, "parentCode" text, "departmentCode" text, "regionCode" text, "epciCode" text, "postalCodes" jsonb, population integer)
    on conflict (code) do update set name = excluded.name, search_key = excluded.search_key, kind = excluded.kind, parent_code = excluded.parent_code, department_code = excluded.department_code,
      region_code = excluded.region_code, epci_code = excluded.epci_code, postal_codes = excluded.postal_codes, population = excluded.population, in_force = true
    where (commune.name, commune.search_key, commune.kind, commune.parent_code, commune.department_code, commune.region_code, commune.epci_code, commune.postal_codes, commune.population, commune.in_force)
      is distinct from (excluded.name, excluded.search_key, excluded.kind, excluded.parent_code, excluded.department_code, excluded.region_code, excluded.epci_code, excluded.postal_codes, excluded.population, true)`.execute(
    tx,
  )
}

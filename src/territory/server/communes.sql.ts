import { sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'
import type { CommuneHit } from '../contract/commune.ts'
import { placeKey } from '../contract/search-key.ts'

export interface Commune {
  readonly code: string
  readonly name: string
  readonly kind: 'commune' | 'arrondissement'
  readonly postalCodes: readonly string[]
  readonly departmentCode: string | null
  readonly departmentName: string | null
  readonly regionCode: string | null
  readonly epciCode: string | null
  readonly epciName: string | null
  readonly latitude: number | null
  readonly longitude: number | null
}

/** A commune by its code, by the code it had before a merger, or null. */
export async function communeByCode(tx: Tx, code: string): Promise<Commune | null> {
  const { rows } = await sql<Commune>`
    select c.code, c.name, c.kind, c.postal_codes as "postalCodes", c.department_code as "departmentCode", d.name as "departmentName", c.region_code as "regionCode",
      c.epci_code as "epciCode", e.name as "epciName", c.latitude, c.longitude
    from territory.commune c left join territory.department d on d.code = c.department_code left join territory.epci e on e.code = c.epci_code
    where c.code in (select ${code}::text union all select commune_code from territory.commune_alias where code = ${code})
    order by c.code = ${code} desc limit 1`.execute(tx)
  return rows[0] ?? null
}

/** Codes of the communes whose middle stands within some kilometres of a place; empty when the place has no position. */
export async function communesNear(tx: Tx, place: Pick<Commune, 'latitude' | 'longitude'>, kilometres: number): Promise<readonly string[]> {
  if (place.latitude === null || place.longitude === null) return []
  const scale = Math.cos((place.latitude * Math.PI) / 180)
  const reach = kilometres / 111.32
  const { rows } = await sql<{ code: string }>`select code from territory.commune
    where latitude between ${place.latitude - reach}::float8 and ${place.latitude + reach}::float8
      and longitude between ${place.longitude - reach / scale}::float8 and ${place.longitude + reach / scale}::float8
      and power(latitude - ${place.latitude}::float8, 2) + power((longitude - ${place.longitude}::float8) * ${scale}::float8, 2) <= power(${reach}::float8, 2)`.execute(
    tx,
  )
  return rows.map((row) => row.code)
}

/** Those of the codes that name no commune, neither today nor before a merger. */
export async function unknownCommunes(tx: Tx, codes: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ code: string }>`
    select code from unnest(${codes}::text[]) as given(code) where not exists (select from territory.commune c where c.code = given.code)
      and not exists (select from territory.commune_alias a where a.code = given.code)`.execute(tx)
  return rows.map((row) => row.code)
}

/**
 * Communes whose name (or former name) has a word beginning with each typed word, and whose codes begin with each typed number.
 * The best first: a name that begins with the typed words before one that holds them further on; then by population, which counts 20 times more
 * for a whole name, 50 times more within the perimeter of whoever searches and 5 times more in its départements: « rupt » typed in Remiremont is
 * Rupt-sur-Moselle, not the Rupt of Haute-Marne, and « metz » is Metz everywhere. `day` chooses the perimeter and the DAC shown.
 */
export async function searchCommunes(tx: Tx, text: string, day: string, limit: number): Promise<readonly CommuneHit[]> {
  const typed = placeKey(text).split(' ').filter(Boolean).slice(0, 8)
  const numbers = typed.filter((word) => /^(\d{2,5}|2[ab]\d{0,3})$/.test(word)).map((word) => word.toUpperCase())
  const words = typed.filter((word) => !numbers.includes(word.toUpperCase()))
  if (typed.length === 0 || (words.length === 0 && numbers.length === 0)) return []
  const named = words.map((word) => sql`(n.search_key like ${`%${word}%`} and ' ' || n.search_key like ${`% ${word}%`})`)
  const numbered = numbers.map((number) =>
    number.length === 5
      ? sql`(c.code = ${number} or c.postal_codes @> array[${number}] or c.code in (select commune_code from territory.commune_alias where code = ${number}))`
      : sql`(c.code like ${`${number}%`} or exists (select from unnest(c.postal_codes) p where p like ${`${number}%`}))`,
  )
  // A full number of Paris, Lyon or Marseille means its arrondissement first; a name means the city first.
  const narrowest = numbers.length > 0 ? sql`kind = 'arrondissement' desc,` : sql``
  const key = words.join(' ')
  const { rows } = await sql<CommuneHit>`
    with own as (
      select p.commune_code as code from territory.perimeter p where p.service_id = platform.actor_service() and daterange(p.starts_on, p.ends_on, '[)') @> ${day}::date
    ), near as (
      select c.department_code from own join territory.commune c using (code)
      union select c.department_code from territory.service s join territory.commune c on c.code = s.commune_code where s.id = platform.actor_service()
    ), found as (
      select distinct on (c.code) c.*, n.former, n.search_key not like ${`${key}%`} as inside,
        greatest(c.population, 1)::bigint * case when n.search_key = ${key} then 20 else 1 end
          * case when c.code in (select code from own) then 50 when c.department_code in (select department_code from near) then 5 else 1 end as weight
      from (
        select code as commune_code, search_key, null::text as former from territory.commune
        union all select commune_code, search_key, name from territory.commune_alias
      ) n join territory.commune c on c.code = n.commune_code
      where c.in_force and ${sql.join([...numbered, ...named], sql` and `)} ${words.length === 0 ? sql`and n.former is null` : sql``}
      order by c.code, n.former nulls first
    ), best as (select * from found order by inside, ${narrowest} weight desc, code limit ${limit})
    select b.code, b.name, b.kind, b.postal_codes as "postalCodes", b.department_code as "departmentCode", d.name as "departmentName", e.name as "epciName", b.former as "formerName",
      (${dacReference(sql`b.code`, day)}) as dac
    from best b left join territory.department d on d.code = b.department_code left join territory.epci e on e.code = b.epci_code
    order by b.inside, ${narrowest} b.weight desc, b.code`.execute(tx)
  return rows
}

/** The DAC of a commune on a day as JSON { id, name }: null where none covers it, and for a city whose arrondissements have several. */
export function dacReference(commune: ReturnType<typeof sql>, day: string): ReturnType<typeof sql> {
  return sql`select case when count(distinct s.id) = 1 then jsonb_build_object('id', (array_agg(s.id))[1], 'name', (array_agg(s.name))[1]) end
    from territory.commune covered join territory.perimeter p on p.commune_code = covered.code
    join territory.service s on s.id = p.service_id
    where (covered.code = ${commune} or covered.parent_code = ${commune}) and p.exclusive and daterange(p.starts_on, p.ends_on, '[)') @> ${day}::date`
}

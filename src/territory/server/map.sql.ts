import { sql } from 'kysely'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { MapCommune, MapService, perimeterGaps } from '../contract/map.ts'

/** Départements where a DAC is announced or a perimeter holds a commune: the region, as everything here draws it. */
const regionDepartments = sql`(select unnest(announced_departments) as code from territory.service where kind = 'dac'
  union select k.department_code from territory.perimeter p join territory.commune k on k.code = p.commune_code)`
const live = (day: string): ReturnType<typeof sql> => sql`daterange(p.starts_on, p.ends_on, '[)') @> ${day}::date`
/** Paris, Lyon and Marseille are covered by arrondissement: the city itself is not drawn. */
const undivided = sql`c.in_force and not exists (select from territory.commune part where part.parent_code = c.code)`

export async function mapServices(tx: Tx, day: string): Promise<readonly MapService[]> {
  const { rows } = await sql<MapService>`
    select s.id, s.kind, s.name, s.short_name as "shortName", s.cpts_status as status, s.phone, s.commune_code as "communeCode", c.name as "communeName", c.latitude, c.longitude,
      (select count(*)::int from territory.perimeter p where p.service_id = s.id and ${live(day)}) as communes
    from territory.service s left join territory.commune c on c.code = s.commune_code
    where s.kind in ('dac', 'cpts') and (s.ends_on is null or s.ends_on >= ${day}::date) order by s.kind desc, s.name, s.id`.execute(tx)
  return rows
}

/** Communes of the region that have a place on the map, with the services that cover them as places in `services`. */
export async function mapCommunes(tx: Tx, day: string, services: readonly MapService[]): Promise<MapCommune[]> {
  const { rows } = await sql<{ row: MapCommune }>`
    with ranked as (select id, (place - 1)::int as place from unnest(${services.map(({ id }) => id)}::uuid[]) with ordinality as given(id, place)),
    covered as (select p.commune_code, jsonb_agg(r.place order by r.place) as places from territory.perimeter p join ranked r on r.id = p.service_id where ${live(day)} group by p.commune_code)
    select jsonb_build_array(c.code, c.name, c.department_code, round(c.latitude::numeric, 4), round(c.longitude::numeric, 4), coalesce(c.population, 0), (c.located_by = 'estimated')::int, coalesce(covered.places, '[]')) as row
    from territory.commune c left join covered on covered.commune_code = c.code
    where c.department_code in ${regionDepartments} and ${undivided} and c.latitude is not null order by c.code`.execute(tx)
  return rows.map(({ row }) => row)
}

/** Places outside the region within a quarter of a degree of its box. */
export async function placesBeyond(tx: Tx): Promise<[number, number][]> {
  const { rows } = await sql<{ row: [number, number] }>`
    with box as (select min(latitude) - 0.25 as south, max(latitude) + 0.25 as north, min(longitude) - 0.35 as west, max(longitude) + 0.35 as east
      from territory.commune where department_code in ${regionDepartments} and latitude is not null)
    select jsonb_build_array(round(c.latitude::numeric, 3), round(c.longitude::numeric, 3)) as row from territory.commune c, box
    where c.department_code not in ${regionDepartments} and ${undivided} and c.latitude between box.south and box.north and c.longitude between box.west and box.east`.execute(
    tx,
  )
  return rows.map(({ row }) => row)
}

export interface GapsPage {
  readonly limit: number
  /** Département, EPCI, key of the name and code of the last row seen. */
  readonly after: readonly [string, string, string, string] | null
}

type Gap = OutputOf<typeof perimeterGaps>['rows'][number]

/** A page of the communes that no service covers, or several; how many they are in all, and who lives there. One row more than asked tells of a next page. */
export async function readGaps(
  tx: Tx,
  kind: 'dac' | 'cpts',
  show: 'holes' | 'overlaps',
  day: string,
  { limit, after }: GapsPage,
): Promise<{
  readonly rows: readonly (Gap & { readonly key: readonly [string, string, string, string] })[]
  readonly total: number
  readonly population: number
}> {
  const seen =
    after === null
      ? sql`true`
      : sql`(department, epci, search_key, code) > (${after[0]}::text collate "C", ${after[1]}::text collate "C", ${after[2]}::text collate "C", ${after[3]}::text collate "C")`
  const { rows } = await sql<{ page: (Gap & { key: [string, string, string, string] })[]; total: number; population: number }>`
    with covering as (
      select p.commune_code, array_agg(s.name order by s.name) as services from territory.perimeter p join territory.service s on s.id = p.service_id
      where s.kind = ${kind} and ${live(day)} group by p.commune_code),
    gaps as materialized (
      select c.code collate "C" as code, c.name, c.search_key, c.department_code, coalesce(c.department_code, '') collate "C" as department, e.name as epci_name,
        coalesce(e.name, '~') collate "C" as epci, c.population, coalesce(v.services, '{}') as services
      from territory.commune c left join covering v on v.commune_code = c.code left join territory.epci e on e.code = c.epci_code
      where c.department_code in ${regionDepartments} and ${undivided} and ${show === 'holes' ? sql`v.services is null` : sql`cardinality(v.services) > 1`})
    select (select count(*)::int from gaps) as total, (select coalesce(sum(population), 0)::int from gaps) as population,
      coalesce((select jsonb_agg(jsonb_build_object('communeCode', code, 'communeName', name, 'departmentCode', department_code, 'epciName', epci_name, 'population', population, 'services', services,
        'key', jsonb_build_array(department, epci, search_key, code)) order by department, epci, search_key, code)
        from (select * from gaps where ${seen} order by department, epci, search_key, code limit ${limit + 1}) page), '[]') as page`.execute(tx)
  const [found] = rows
  return { rows: found?.page ?? [], total: found?.total ?? 0, population: found?.population ?? 0 }
}

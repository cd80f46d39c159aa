import { sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'

export interface CommuneMiddle {
  readonly code: string
  readonly latitude: number
  readonly longitude: number
}

const settingKey = 'territory.communeMiddles'

/** The edition of the published middles that the database holds; null before the first loading. */
export async function loadedMiddles(tx: Tx): Promise<string | null> {
  const { rows } = await sql<{ edition: string }>`select value ->> 'edition' as edition from platform.setting where key = ${settingKey}`.execute(tx)
  return rows[0]?.edition ?? null
}

/**
 * Places communes as a published list tells them, without moving those that the operator or the addresses of structures placed; then estimates the
 * others from their neighbours. Gives how many the list placed.
 */
export async function loadPublishedMiddles(tx: Tx, edition: string, middles: readonly CommuneMiddle[]): Promise<number> {
  const placed = await sql`update territory.commune c set latitude = m.latitude, longitude = m.longitude, located_by = 'geonames'
    from jsonb_to_recordset(${JSON.stringify(middles)}::jsonb) as m(code text, latitude float8, longitude float8)
    where m.code = c.code and (c.located_by is null or c.located_by = 'estimated')`.execute(tx)
  await estimateMiddles(tx)
  await sql`insert into platform.setting (key, value) values (${settingKey}, ${JSON.stringify({ edition })}::jsonb)
    on conflict (key) do update set value = excluded.value, updated_at = now()`.execute(tx)
  return Number(placed.numAffectedRows ?? 0)
}

/** Places communes as the operator's file says: nothing moves them afterwards but another file. Gives how many were placed and the codes that nobody knows. */
export async function placeCommunes(tx: Tx, middles: readonly CommuneMiddle[]): Promise<{ readonly placed: number; readonly unknown: readonly string[] }> {
  const { rows: unknown } = await sql<{ code: string }>`select code from unnest(${middles.map(({ code }) => code)}::text[]) as given(code)
    where not exists (select from territory.commune c where c.code = given.code) order by code`.execute(tx)
  // The trigger keeps what the operator gave before: it is released first.
  await sql`update territory.commune set located_by = null where located_by = 'operator' and code = any(${middles.map(({ code }) => code)}::text[])`.execute(tx)
  const placed = await sql`update territory.commune c set latitude = m.latitude, longitude = m.longitude, located_by = 'operator'
    from jsonb_to_recordset(${JSON.stringify(middles)}::jsonb) as m(code text, latitude float8, longitude float8) where m.code = c.code`.execute(tx)
  await estimateMiddles(tx)
  return { placed: Number(placed.numAffectedRows ?? 0), unknown: unknown.map(({ code }) => code) }
}

/**
 * Communes that nothing places stand around the mean of those that share their postal code, else their EPCI, else their département: on a spiral
 * with 1.5 km between neighbours, so that each has a place of its own on the map. Right within some kilometres, and said to be estimated.
 */
async function estimateMiddles(tx: Tx): Promise<void> {
  await sql`update territory.commune set located_by = null where located_by = 'estimated'`.execute(tx)
  await sql`
    with known as (select code, latitude, longitude, postal_codes, epci_code, department_code from territory.commune where located_by in ('operator', 'addresses', 'geonames')),
    by_postal as (select postal, avg(latitude) as latitude, avg(longitude) as longitude from known, unnest(postal_codes) as postal group by postal),
    by_epci as (select epci_code, avg(latitude) as latitude, avg(longitude) as longitude from known group by epci_code),
    by_department as (select department_code, avg(latitude) as latitude, avg(longitude) as longitude from known group by department_code),
    missing as (select code, postal_codes, epci_code, department_code from territory.commune where located_by is null and in_force),
    first_postal as (select m.code, min(p.postal) as postal from missing m cross join unnest(m.postal_codes) as u(postal) join by_postal p on p.postal = u.postal group by m.code),
    around as (
      select m.code, coalesce(p.latitude, e.latitude, d.latitude) as latitude, coalesce(p.longitude, e.longitude, d.longitude) as longitude,
        row_number() over (partition by coalesce(p.postal, e.epci_code, d.department_code) order by m.code) as place
      from missing m left join first_postal f on f.code = m.code left join by_postal p on p.postal = f.postal
      left join by_epci e on e.epci_code = m.epci_code left join by_department d on d.department_code = m.department_code)
    update territory.commune c set located_by = 'estimated',
      latitude = a.latitude + 0.0135 * sqrt(a.place) * sin(a.place * 2.39996),
      longitude = a.longitude + 0.0135 * sqrt(a.place) * cos(a.place * 2.39996) / cos(radians(a.latitude))
    from around a where a.code = c.code and a.latitude is not null`.execute(tx)
}

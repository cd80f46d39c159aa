import { sql } from 'kysely'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { areas, coverage, perimeter, perimeterPreview } from '../contract/queries.ts'
import { searchKey } from '../contract/search-key.ts'

export interface Dates {
  readonly startsOn: string
  /** The day after the last one; null without an end. */
  readonly endsOn: string | null
}

const during = (dates: Dates): ReturnType<typeof sql> => sql`daterange(${dates.startsOn}::date, ${dates.endsOn}::date, '[)')`

/** Codes as they are recorded: Paris, Lyon and Marseille stand for their arrondissements, former codes for today's. Keeps the order, drops repetitions. */
export async function recordedCommunes(tx: Tx, codes: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ code: string }>`
    select coalesce(part.code, c.code) as code
    from unnest(${codes}::text[]) with ordinality as given(code, place)
    join territory.commune c on c.code = coalesce((select g.code from territory.commune g where g.code = given.code), (select a.commune_code from territory.commune_alias a where a.code = given.code limit 1))
    left join territory.commune part on part.parent_code = c.code and part.in_force
    group by 1 order by min(place), 1`.execute(tx)
  return rows.map((row) => row.code)
}

/** Perimeters are changed one at a time, so that whoever comes second learns with whom she overlaps. Held until the transaction ends. */
export async function lockPerimeters(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('territory.perimeter'))`.execute(tx)
}

/** Of the communes, those that another DAC has at these dates. */
export async function overlaps(
  tx: Tx,
  serviceId: string,
  codes: readonly string[],
  dates: Dates,
): Promise<readonly { communeCode: string; communeName: string; serviceName: string; startsOn: string; endsOn: string | null }[]> {
  const { rows } = await sql<{ communeCode: string; communeName: string; serviceName: string; startsOn: string; endsOn: string | null }>`
    select c.code as "communeCode", c.name as "communeName", s.name as "serviceName", p.starts_on as "startsOn", p.ends_on as "endsOn"
    from territory.perimeter p join territory.commune c on c.code = p.commune_code join territory.service s on s.id = p.service_id
    where p.exclusive and p.commune_code = any(${codes}::text[]) and p.service_id <> ${serviceId} and daterange(p.starts_on, p.ends_on, '[)') && ${during(dates)}
    order by c.name, c.code, p.starts_on`.execute(tx)
  return rows
}

/** Of the communes, those that the service itself has at these dates: wholly covered, or with dates that would collide. */
export async function ownCommunes(
  tx: Tx,
  serviceId: string,
  codes: readonly string[],
  dates: Dates,
): Promise<{ covered: readonly string[]; colliding: readonly string[] }> {
  const { rows } = await sql<{ code: string; covered: boolean }>`
    select commune_code as code, bool_or(daterange(starts_on, ends_on, '[)') @> ${during(dates)}) as covered from territory.perimeter
    where service_id = ${serviceId} and commune_code = any(${codes}::text[]) and daterange(starts_on, ends_on, '[)') && ${during(dates)} group by commune_code`.execute(
    tx,
  )
  return { covered: rows.filter((row) => row.covered).map((row) => row.code), colliding: rows.filter((row) => !row.covered).map((row) => row.code) }
}

export async function insertPerimeter(
  tx: Tx,
  serviceId: string,
  codes: readonly string[],
  dates: Dates,
  exclusive: boolean,
  source: string,
  by: string,
  now: Date,
): Promise<void> {
  await sql`insert into territory.perimeter (id, service_id, commune_code, starts_on, ends_on, exclusive, source, recorded_by, recorded_at)
    select gen_random_uuid(), ${serviceId}, code, ${dates.startsOn}::date, ${dates.endsOn}::date, ${exclusive}, ${source}, ${by}, ${now} from unnest(${codes}::text[]) as given(code)`.execute(
    tx,
  )
}

/** Ends the periods of the communes that run on the day before `end`, and takes back those planned to begin later. Gives how many ended. */
export async function endCommunes(tx: Tx, serviceId: string, codes: readonly string[], end: string, today: string): Promise<number> {
  const ended = await sql`update territory.perimeter set ends_on = ${end}::date
    where service_id = ${serviceId} and commune_code = any(${codes}::text[]) and starts_on < ${end}::date and (ends_on is null or ends_on > ${end}::date)`.execute(
    tx,
  )
  const planned =
    await sql`delete from territory.perimeter where service_id = ${serviceId} and commune_code = any(${codes}::text[]) and starts_on >= ${end}::date and starts_on > ${today}::date`.execute(
      tx,
    )
  return Number(ended.numAffectedRows ?? 0) + Number(planned.numAffectedRows ?? 0)
}

export async function readPerimeter(tx: Tx, serviceId: string, day: string): Promise<OutputOf<typeof perimeter>> {
  const { rows } = await sql<OutputOf<typeof perimeter>['rows'][number]>`
    select c.code as "communeCode", c.name as "communeName", c.department_code as "departmentCode", e.name as "epciName", p.starts_on as "startsOn", p.ends_on as "endsOn", p.source
    from territory.perimeter p join territory.commune c on c.code = p.commune_code left join territory.epci e on e.code = c.epci_code
    where p.service_id = ${serviceId} and daterange(p.starts_on, p.ends_on, '[)') @> ${day}::date order by c.department_code, e.name nulls last, c.search_key`.execute(
    tx,
  )
  return { rows, total: rows.length, next: null }
}

/** Communes of EPCI and départements, by code. */
export async function communesOfAreas(tx: Tx, epciCodes: readonly string[], departmentCodes: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{
    code: string
  }>`select code from territory.commune where in_force and kind = 'commune' and (epci_code = any(${epciCodes}::text[]) or department_code = any(${departmentCodes}::text[])) order by search_key, code`.execute(
    tx,
  )
  return rows.map((row) => row.code)
}

export async function communeNames(tx: Tx, codes: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ code: string; name: string }>`select code, name from territory.commune where code = any(${codes}::text[])`.execute(tx)
  return new Map(rows.map((row) => [row.code, row.name]))
}

export type PreviewRow = OutputOf<typeof perimeterPreview>['rows'][number]

/** EPCI and départements whose name has every typed word, or whose number is typed. */
export async function searchAreas(tx: Tx, text: string): Promise<OutputOf<typeof areas>['rows']> {
  const words = searchKey(text).split(' ').filter(Boolean).slice(0, 6)
  if (words.length === 0) return []
  const named = (name: ReturnType<typeof sql>): ReturnType<typeof sql> =>
    sql.join(
      words.map((word) => sql`lower(unaccent(${name})) like ${`%${word}%`}`),
      sql` and `,
    ) as ReturnType<typeof sql>
  const { rows } = await sql<OutputOf<typeof areas>['rows'][number]>`
    select * from (
      select 'department' as kind, d.code, d.name, (select count(*)::int from territory.commune c where c.department_code = d.code and c.kind = 'commune' and c.in_force) as communes
      from territory.department d where d.code = upper(${words[0] ?? ''}) or (${named(sql`d.name`)})
      union all
      select 'epci', e.code, e.name, (select count(*)::int from territory.commune c where c.epci_code = e.code and c.kind = 'commune' and c.in_force) from territory.epci e where ${named(sql`e.name`)}
    ) found order by kind, name limit 20`.execute(tx)
  return rows
}

/** By département where a DAC is announced or has a commune: how many of its communes have one on the day; and the holes of one département. */
export async function readCoverage(tx: Tx, day: string, departmentCode: string | null): Promise<OutputOf<typeof coverage>> {
  const departments = await sql<OutputOf<typeof coverage>['departments'][number]>`
    with live as (select p.commune_code, s.name from territory.perimeter p join territory.service s on s.id = p.service_id where p.exclusive and daterange(p.starts_on, p.ends_on, '[)') @> ${day}::date)
    select d.code, d.name, count(distinct c.code)::int as communes, count(distinct live.commune_code)::int as covered, coalesce(array_agg(distinct live.name) filter (where live.name is not null), '{}') as dacs
    from territory.department d join territory.commune c on c.department_code = d.code and c.in_force and not exists (select from territory.commune part where part.parent_code = c.code)
    left join live on live.commune_code = c.code
    where d.code in (select unnest(announced_departments) from territory.service where kind = 'dac' union select k.department_code from territory.perimeter p join territory.commune k on k.code = p.commune_code where p.exclusive)
    group by d.code order by d.code`.execute(tx)
  const holes =
    departmentCode === null
      ? { rows: [] }
      : await sql<OutputOf<typeof coverage>['holes'][number]>`
    select c.code as "communeCode", c.name as "communeName", e.name as "epciName", c.population from territory.commune c left join territory.epci e on e.code = c.epci_code
    where c.department_code = ${departmentCode} and c.in_force and not exists (select from territory.commune part where part.parent_code = c.code)
      and not exists (select from territory.perimeter p where p.commune_code = c.code and p.exclusive and daterange(p.starts_on, p.ends_on, '[)') @> ${day}::date)
    order by e.name nulls last, c.search_key`.execute(tx)
  return { departments: departments.rows, holes: holes.rows }
}

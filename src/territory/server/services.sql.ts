import { sql } from 'kysely'
import type { ActorFunction, ServiceKind } from '../../platform/contract/actor.ts'
import type { ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { ServiceCard } from '../contract/queries.ts'
import { searchKey } from '../contract/search-key.ts'

const card = sql`s.id, s.kind, s.name, s.short_name as "shortName", s.phone, s.email, s.address, s.postal_code as "postalCode", s.commune_code as "communeCode",
  c.name as "communeName", s.cpts_status as "cptsStatus", s.open_to_public as "openToPublic"`

/** The services whose perimeter holds the commune on the day ('YYYY-MM-DD'); a city stands for all its arrondissements. */
export async function servicesCovering(tx: Tx, communeCode: string, day: string, kind: ServiceKind): Promise<readonly ServiceCard[]> {
  const { rows } = await sql<ServiceCard>`
    select ${card} from territory.service s left join territory.commune c on c.code = s.commune_code
    where s.kind = ${kind} and (s.ends_on is null or s.ends_on >= ${day}::date) and s.id in (
      select p.service_id from territory.commune covered join territory.perimeter p on p.commune_code = covered.code
      where (covered.code = ${communeCode} or covered.parent_code = ${communeCode}) and daterange(p.starts_on, p.ends_on, '[)') @> ${day}::date)
    order by s.name, s.id`.execute(tx)
  return rows
}

/** The DAC that published directories announce for a département, where no perimeter says it. */
export async function dacAnnouncedFor(tx: Tx, departmentCode: string, day: string): Promise<readonly ServiceCard[]> {
  const { rows } = await sql<ServiceCard>`
    select ${card} from territory.service s left join territory.commune c on c.code = s.commune_code
    where s.kind = 'dac' and s.announced_departments @> array[${departmentCode}] and (s.ends_on is null or s.ends_on >= ${day}::date)
    order by s.name, s.id`.execute(tx)
  return rows
}

export interface ServiceFilter {
  readonly kinds: readonly ServiceKind[]
  readonly text: string
  readonly departmentCode: string | null
  readonly ended: boolean
  readonly limit: number
  /** Name and id of the last row seen. */
  readonly after: readonly [string, string] | null
}

/** Services by name; `day` decides which have ended. One row more than asked tells that there is a next page. */
export async function listServices(
  tx: Tx,
  filter: ServiceFilter,
  day: string,
): Promise<readonly (ServiceCard & { legalPersonName: string | null; endsOn: string | null })[]> {
  const words = searchKey(filter.text).split(' ').filter(Boolean).slice(0, 6)
  const key = sql`lower(unaccent(concat_ws(' ', s.name, s.short_name, c.name, s.finess)))`
  const conditions = [
    filter.kinds.length > 0 ? sql`s.kind = any(${filter.kinds}::text[])` : sql`true`,
    filter.departmentCode === null
      ? sql`true`
      : sql`(c.department_code = ${filter.departmentCode} or s.announced_departments @> array[${filter.departmentCode}])`,
    filter.ended ? sql`true` : sql`(s.ends_on is null or s.ends_on >= ${day}::date)`,
    filter.after === null ? sql`true` : sql`(s.name, s.id) > (${filter.after[0]}, ${filter.after[1]}::uuid)`,
    ...words.map((word) => sql`${key} like ${`%${word}%`}`),
  ]
  const { rows } = await sql<ServiceCard & { legalPersonName: string | null; endsOn: string | null }>`
    select ${card}, l.name as "legalPersonName", s.ends_on as "endsOn" from territory.service s
    left join territory.commune c on c.code = s.commune_code left join territory.legal_person l on l.id = s.legal_person_id
    where ${sql.join(conditions, sql` and `)} order by s.name, s.id limit ${filter.limit + 1}`.execute(tx)
  return rows
}

export interface ServiceMember {
  readonly userId: UserId
  readonly name: string
  readonly jobTitle: string | null
  readonly functions: readonly ActorFunction[]
}

/** Who works in a service on a day, one row per user with all her functions there; closed accounts left out. */
export async function membersOn(tx: Tx, serviceId: string, day: string, functions: readonly ActorFunction[]): Promise<readonly ServiceMember[]> {
  const { rows } = await sql<ServiceMember>`
    select u.id as "userId", u.given_name || ' ' || u.family_name as name, min(m.job_title) as "jobTitle", array_agg(distinct f order by f) as functions
    from territory.membership m join territory.user_account u on u.id = m.user_id and u.status = 'active', unnest(m.functions) f
    where m.service_id = ${serviceId} and m.starts_on <= ${day}::date and (m.ends_on is null or m.ends_on >= ${day}::date)
    group by u.id having ${functions.length === 0 ? sql`true` : sql`array_agg(f) && ${functions}::text[]`}
    order by u.family_name, u.given_name, u.id`.execute(tx)
  return rows
}

export async function namesOfServices(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<ServiceId, string>> {
  const { rows } = await sql<{ id: ServiceId; name: string }>`select id, name from territory.service where id = any(${ids}::uuid[])`.execute(tx)
  return new Map(rows.map((row) => [row.id, row.name]))
}

export async function namesOfUsers(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<UserId, string>> {
  const { rows } = await sql<{
    id: UserId
    name: string
  }>`select id, given_name || ' ' || family_name as name from territory.user_account where id = any(${ids}::uuid[])`.execute(tx)
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** The day of the business clock in the zone of the installation, 'YYYY-MM-DD'. */
export async function businessDay(tx: Tx): Promise<string> {
  const { rows } = await sql<{ today: string }>`select platform.today()::text as today`.execute(tx)
  return rows[0]?.today ?? ''
}

/** Where a service is; null without an address. */
export async function communeCodeOfService(tx: Tx, serviceId: ServiceId): Promise<string | null> {
  const { rows } = await sql<{ code: string | null }>`select commune_code as code from territory.service where id = ${serviceId}`.execute(tx)
  return rows[0]?.code ?? null
}

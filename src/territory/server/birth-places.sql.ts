import { sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'
import type { BirthPlace } from '../contract/birth-places.ts'
import { placeKey } from '../contract/search-key.ts'

/** A period of a code: a commune or a country under one name. */
export interface BirthPlacePeriod {
  readonly code: string
  readonly name: string
  readonly kind: 'commune' | 'country'
  readonly startsOn: string | null
  readonly endsOn: string | null
}

const settingKey = 'territory.birth_places'

/** Where the list comes from: the edition that Jalon ships, or the files that the operator imported, which are never replaced by the shipped ones. */
export async function loadedBirthPlaces(tx: Tx): Promise<{ readonly edition: string; readonly imported: boolean } | null> {
  const { rows } = await sql<{ edition: string; imported: boolean }>`select value ->> 'edition' as edition, (value ->> 'imported')::boolean as imported
    from platform.setting where key = ${settingKey}`.execute(tx)
  return rows[0] ?? null
}

/** Replaces the whole list. */
export async function replaceBirthPlaces(tx: Tx, periods: readonly BirthPlacePeriod[], edition: string, imported: boolean): Promise<void> {
  await sql`delete from territory.birth_place`.execute(tx)
  const rows = periods.map((period) => ({ ...period, key: placeKey(period.name) }))
  await sql`insert into territory.birth_place (code, name, search_key, kind, starts_on, ends_on)
    select code, name, key, kind, "startsOn", "endsOn" from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(code text, name text, key text, kind text, "startsOn" date, "endsOn" date)
    on conflict do nothing`.execute(tx)
  await sql`insert into platform.setting (key, value) values (${settingKey}, ${JSON.stringify({ edition, imported })}::jsonb)
    on conflict (key) do update set value = excluded.value, updated_at = now()`.execute(tx)
}

const columns = sql`b.code, b.name, b.kind, d.name as "departmentName", b.starts_on as "startsOn", b.ends_on as "endsOn"`
const department = sql`left join territory.department d on b.kind = 'commune' and d.code = left(b.code, case when b.code like '97%' then 3 else 2 end)`
const heldOn = (day: string) => sql`(b.starts_on is null or b.starts_on <= ${day}::date) and (b.ends_on is null or b.ends_on > ${day}::date)`
/** A country held on a day unless it was over: births before an independence are registered under today's country (RNIPP). */
const possibleOn = (day: string) => sql`(b.kind = 'country' and (b.ends_on is null or b.ends_on > ${day}::date)) or (${heldOn(day)})`

/**
 * Places whose name has a word beginning with each typed word, or whose code is the typed one. Best first: a name that begins with the typed words before
 * one that holds them further on; then those of the actor's own départements and the populous ones. One row per code, under the name it had that day,
 * whichever of its names was typed.
 */
export async function searchBirthPlaces(tx: Tx, text: string, day: string | null, limit: number): Promise<readonly BirthPlace[]> {
  const typed = placeKey(text).split(' ').filter(Boolean).slice(0, 8)
  if (typed.length === 0) return []
  const codes = typed.filter((word) => /^(\d{5}|2[ab]\d{3})$/.test(word)).map((word) => word.toUpperCase())
  const words = typed.filter((word) => !codes.includes(word.toUpperCase()))
  if (words.join('').length < 2 && codes.length === 0) return []
  const conditions = [
    ...codes.map((code) => sql`n.code = ${code}`),
    ...words.map((word) => sql`(n.search_key like ${`%${word}%`} and ' ' || n.search_key like ${`% ${word}%`})`),
  ]
  const key = words.join(' ')
  const { rows } = await sql<BirthPlace>`with near as (
      select distinct c.department_code as code from territory.perimeter p join territory.commune c on c.code = p.commune_code where p.service_id = platform.actor_service()
      union select c.department_code from territory.service s join territory.commune c on c.code = s.commune_code where s.id = platform.actor_service()
    ), found as (
      select distinct on (b.code) b.*, n.search_key as matched,
        case when b.kind = 'country' then 300000 else greatest(coalesce((select max(c.population) from territory.commune c where c.code = b.code or c.search_key = b.search_key and left(c.code, 2) = left(b.code, 2)), 1), 1) end::bigint
          * case when n.search_key = ${key} then 20 else 1 end * case when left(b.code, 2) in (select code from near) then 50 else 1 end as weight
      from territory.birth_place n join territory.birth_place b on b.code = n.code ${day === null ? sql`` : sql`and (${possibleOn(day)})`}
      where ${sql.join(conditions, sql` and `)}
      order by b.code, ${day === null ? sql`b.ends_on is null desc, b.ends_on desc` : sql`(${heldOn(day)}) desc, b.starts_on`}, n.search_key = ${key} desc
    )
    select ${columns} from found b ${department} order by b.matched not like ${`${key}%`}, b.weight desc, b.code limit ${limit}`.execute(tx)
  return rows
}

/** The periods of a code, the last first. */
export async function periodsOfBirthPlace(tx: Tx, code: string): Promise<readonly BirthPlace[]> {
  const { rows } =
    await sql<BirthPlace>`select ${columns} from territory.birth_place b ${department} where b.code = ${code} order by b.ends_on desc nulls first`.execute(tx)
  return rows
}

/** Communes that bore one of these names on a day, or stand today where this code stood (a merger): what somebody may mean by a code that did not hold. */
export async function birthPlacesLike(tx: Tx, code: string, names: readonly string[], day: string, limit = 3): Promise<readonly BirthPlace[]> {
  const keys = names.map(placeKey)
  const { rows } = await sql<BirthPlace>`select ${columns} from territory.birth_place b ${department}
    where b.kind = 'commune' and b.code <> ${code} and ${heldOn(day)}
      and (b.search_key = any (${keys}::text[]) or b.code in (select commune_code from territory.commune_alias where code = ${code})
        or right(b.code, 3) = ${code.slice(2)} and exists (select from unnest(${keys}::text[]) k where b.search_key like k || ' %' or k like b.search_key || ' %'))
    order by right(b.code, 3) <> ${code.slice(2)}, left(b.code, 1) <> ${code.slice(0, 1)}, b.code limit ${limit}`.execute(tx)
  return rows
}

export async function arrondissements(tx: Tx): Promise<readonly BirthPlacePeriod[]> {
  const { rows } =
    await sql<BirthPlacePeriod>`select code, name, 'commune' as kind, null as "startsOn", null as "endsOn" from territory.commune where kind = 'arrondissement'`.execute(
      tx,
    )
  return rows
}

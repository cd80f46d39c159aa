import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'
import { type Compared, difficultyThen, doctorsOf, withAccompanied } from './indicators.sql.ts'
import { middleOf } from './periods.ts'

/** A page of a list and the count of the whole: the count and the lines come from one statement, so that they always agree. */
export interface PageOf<Row> {
  readonly total: number
  readonly rows: readonly Row[]
  readonly next: string | null
}

function pageOf<Row extends { total: number; key: string }>(found: readonly Row[], pageSize: number): PageOf<Omit<Row, 'total' | 'key'>> {
  const rows = found.slice(0, pageSize)
  return {
    total: found[0]?.total ?? 0,
    rows: rows.map(({ total: _total, key: _key, ...row }) => row),
    next: found.length > pageSize ? (rows[rows.length - 1]?.key ?? null) : null,
  }
}

/** Keyset: the rows after the cursor in (key) order; `total` counts them all, whatever the page. */
const paged = (list: RawBuilder<unknown>, descending: boolean, pageSize: number, cursor: string | null): RawBuilder<unknown> => sql`select * from (
  select l.*, (select count(*)::int from listed) as total from (${list}) l) p
  ${cursor === null ? sql`` : descending ? sql`where key < ${cursor}` : sql`where key > ${cursor}`}
  order by key collate "C" ${descending ? sql`desc` : sql`asc`} limit ${pageSize + 1}`

export interface SollicitationFilter {
  readonly group: string | null
  readonly kind: string | null
  readonly answer: string | null
  readonly principalAnswer: string | null
  readonly answered: boolean | null
  readonly pageSize: number
  readonly cursor: string | null
}
export interface SollicitationLine {
  readonly id: string
  readonly number: number
  readonly receivedAt: string
  readonly requester: string
  readonly motive: string | null
  readonly answer: string | null
  readonly firstAnsweredAt: string | null
  readonly late: boolean
}

/** Indicators 1 to 3, line by line: without a person, by date. */
export async function sollicitationPage(tx: Tx, { serviceId, now, timeZone }: Compared, filter: SollicitationFilter): Promise<PageOf<SollicitationLine>> {
  const conditions: RawBuilder<unknown>[] = [
    sql`s.received_at >= (${now.from}::date::timestamp at time zone ${timeZone})`,
    sql`s.received_at < ((${now.to}::date + 1)::timestamp at time zone ${timeZone})`,
  ]
  if (serviceId !== null) conditions.push(sql`s.holder_org = ${serviceId}::uuid`)
  if (filter.kind !== null) conditions.push(sql`s.requester_kind = ${filter.kind}`)
  if (filter.group !== null) conditions.push(sql`coalesce(k.parent, s.requester_kind) = ${filter.group}`)
  if (filter.principalAnswer !== null) conditions.push(sql`s.principal_answer = ${filter.principalAnswer}`)
  if (filter.answer !== null)
    conditions.push(sql`exists (select from reporting.sollicitation_answer a where a.sollicitation_id = s.id and a.code = ${filter.answer})`)
  if (filter.answered !== null) conditions.push(filter.answered ? sql`s.principal_answer is not null` : sql`s.principal_answer is null`)
  const { rows } = await sql<SollicitationLine & { total: number; key: string }>`with listed as materialized (
      select s.id, s.number, s.received_at, s.due_at, s.first_answered_at, s.principal_answer, k.label as kind_label
      from reporting.sollicitation s left join territory.value k on k.set_code = 'intake.requester_kind' and k.code = s.requester_kind
      where ${sql.join(conditions, sql` and `)})
    ${paged(
      sql`select x.id, x.number, x.received_at as "receivedAt", coalesce(x.kind_label, 'Autre') as requester,
        (select v.label from reporting.sollicitation_motive m join territory.value v on v.set_code = 'intake.motive' and v.code = m.motive where m.sollicitation_id = x.id order by m.position limit 1) as motive,
        (select v.label from territory.value v where v.set_code = 'intake.answer' and v.code = x.principal_answer) as answer,
        x.first_answered_at as "firstAnsweredAt",
        coalesce(x.first_answered_at > x.due_at, false) as late,
        to_char(x.received_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS') || x.id::text as key from listed x`,
      true,
      filter.pageSize,
      filter.cursor,
    )}`.execute(tx)
  return pageOf(rows, filter.pageSize)
}

export interface AccompanimentFilter {
  /** Bounds of the age band, both included; null bounds are open; undefined when no band is asked. */
  readonly ages: { readonly from: number; readonly to: number } | 'unknown' | null
  readonly population: string | null
  readonly difficulty: string | null
  readonly pageSize: number
  readonly cursor: string | null
}
export interface AccompanimentLine {
  readonly pseudonym: string
  readonly age: number | null
  readonly commune: string | null
  readonly level: string
  readonly openedOn: string
  readonly closedOn: string | null
  readonly population: string | null
}

/** Indicators 4 and 5, line by line: one pseudonymous line per person. */
export async function accompanimentPage(tx: Tx, compared: Compared, filter: AccompanimentFilter): Promise<PageOf<AccompanimentLine>> {
  const conditions: RawBuilder<unknown>[] = [sql`a.n = 0`]
  if (filter.ages === 'unknown') conditions.push(sql`a.age is null`)
  else if (filter.ages !== null) conditions.push(sql`a.age between ${filter.ages.from} and ${filter.ages.to}`)
  if (filter.population !== null)
    conditions.push(filter.population === 'not_recorded' ? sql`a.main_population is null` : sql`a.main_population = ${filter.population}`)
  if (filter.difficulty !== null) {
    conditions.push(
      sql`exists (select from reporting.episode_problem x join period p on p.n = a.n where x.episode_id = a.episode_id and ${difficultyThen} and x.code = ${filter.difficulty})`,
    )
  }
  const { rows } = await sql<
    AccompanimentLine & { total: number; key: string }
  >`${withAccompanied(compared)}, listed as materialized (select * from accompanied a where ${sql.join(conditions, sql` and `)})
    ${paged(
      sql`select upper(left(x.person_pseudonym, 8)) as pseudonym, x.age, c.name as commune, coalesce(l.label, 'Non renseigné') as level, x.opened_on as "openedOn", x.closed_on as "closedOn",
        (select v.label from territory.value v where v.set_code = 'steering.population' and v.code = x.main_population) as population,
        x.opened_on::text || x.person_pseudonym as key
      from listed x left join territory.commune c on c.code = x.commune_code left join territory.value l on l.set_code = 'episodes.level' and l.code = x.level`,
      true,
      filter.pageSize,
      filter.cursor,
    )}`.execute(tx)
  return pageOf(rows, filter.pageSize)
}

export interface DoctorLine {
  readonly partyId: string
  readonly name: string
  readonly city: string | null
  readonly liberal: boolean
  readonly requests: number
}

/** Indicator 6, line by line. */
export async function doctorPage(
  tx: Tx,
  { serviceId, now, timeZone }: Compared,
  filter: { asked: boolean | null; liberal: boolean | null; pageSize: number; cursor: string | null },
): Promise<PageOf<DoctorLine>> {
  const asked = filter.asked === null ? sql`true` : filter.asked ? sql`requests > 0` : sql`requests = 0`
  const condition = filter.liberal === null ? asked : sql`${asked} and liberal = ${filter.liberal}`
  const { rows } = await sql<
    DoctorLine & { total: number; key: string }
  >`with ${doctorsOf(serviceId, now, middleOf(now), timeZone)}, listed as materialized (select * from doctors where ${condition})
    ${paged(
      sql`select x.party_id as "partyId", coalesce(e.label, 'Praticien retiré de l’annuaire') as name, e.city, x.liberal, x.requests, coalesce(e.sort_key, '') || x.party_id::text as key
      from listed x left join directory.entry e using (party_id)`,
      false,
      filter.pageSize,
      filter.cursor,
    )}`.execute(tx)
  return pageOf(rows, filter.pageSize)
}

import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'
import type { AskedByMode, AskedShare } from '../contract/secrecy.ts'
import type { Period } from './periods.ts'

/** Two periods compared, for one service or (null) the region. Times are cut at midnight of `timeZone`. */
export interface Compared {
  readonly serviceId: string | null
  readonly now: Period
  readonly before: Period
  readonly timeZone: string
}

export interface CountRow {
  readonly code: string
  readonly label: string
  readonly count: number
  readonly previous: number
}

const of = (column: RawBuilder<unknown>, serviceId: string | null): RawBuilder<unknown> =>
  serviceId === null ? sql`true` : sql`${column} = ${serviceId}::uuid`

/** The two periods as rows (n = 0 now, 1 before), in days and in instants. */
const periods = ({ now, before, timeZone }: Compared): RawBuilder<unknown> => sql`period as (
  select n, first, last, (first::timestamp at time zone ${timeZone}) as since, ((last + 1)::timestamp at time zone ${timeZone}) as until
  from (values (0, ${now.from}::date, ${now.to}::date), (1, ${before.from}::date, ${before.to}::date)) as v(n, first, last))`

const both = sql`count(*) filter (where n = 0)::int as count, count(*) filter (where n = 1)::int as previous`

/** A count of one service, and what the region counts of it: less where the same persons are counted by another service first. */
export interface Tally extends CountRow {
  readonly service: string
  readonly whole: { readonly count: number; readonly previous: number }
}

/** A figure of one of the tables that a statement counts together. */
interface Figure extends CountRow {
  readonly figure: string
  readonly service: string
}

const figuresOf = (rows: readonly Figure[], figure: string): readonly Tally[] =>
  rows
    .filter((row) => row.figure === figure)
    .map(({ code, label, service, count, previous }) => ({ code, label, service, count, previous, whole: { count, previous } }))

export interface RequestFigures {
  /** Indicator 1, by month of the period; the month is written as it is in the current period. */
  readonly months: readonly Tally[]
  /** Indicator 2: one primary kind of requester per sollicitation; `groups` folds the kinds into the published groups. */
  readonly kinds: readonly (Tally & { readonly group: string })[]
  readonly groups: readonly Tally[]
  /** Indicator 3: answers to the sollicitations received in the period; the principal one of each, and all. */
  readonly principalAnswers: readonly Tally[]
  readonly allAnswers: readonly Tally[]
}

/** Indicators 1 to 3: the sollicitations of both periods are read once, and counted in five ways for each service. */
export async function requestFigures(tx: Tx, compared: Compared): Promise<RequestFigures> {
  const { rows } = await sql<Figure & { group: string }>`with ${periods(compared)}, received as materialized (
      select p.n, s.id, s.holder_org as service, s.requester_kind as kind, coalesce(v.parent, s.requester_kind) as kind_group,
        to_char((s.received_at at time zone ${compared.timeZone}) + make_interval(years => n), 'YYYY-MM') as month
      from reporting.sollicitation s join period p on s.received_at >= p.since and s.received_at < p.until
      left join territory.value v on v.set_code = 'intake.requester_kind' and v.code = s.requester_kind
      where ${of(sql`s.holder_org`, compared.serviceId)}
    ), counted as (
      select case when grouping(month) = 0 then 'month' when grouping(kind) = 0 then 'kind' else 'group' end as figure, service, coalesce(month, kind, kind_group) as code, ${both}
      from received group by grouping sets ((service, month), (service, kind), (service, kind_group))
      union all
      select case when grouping(a.principal) = 0 then 'principal' else 'answer' end, r.service, a.code, ${both}
      from received r join reporting.sollicitation_answer a on a.sollicitation_id = r.id
      group by grouping sets ((r.service, a.code), (r.service, a.code, a.principal)) having grouping(a.principal) = 1 or a.principal
    )
    select c.figure, c.service, c.code, coalesce(v.label, 'Autre') as label, coalesce(v.parent, c.code) as "group", c.count, c.previous from counted c
    left join territory.value v on v.code = c.code and v.set_code = case when c.figure in ('kind', 'group') then 'intake.requester_kind' else 'intake.answer' end`.execute(
    tx,
  )
  return {
    months: figuresOf(rows, 'month'),
    kinds: rows.filter((row) => row.figure === 'kind').map(({ figure: _figure, ...row }) => ({ ...row, whole: { count: row.count, previous: row.previous } })),
    groups: figuresOf(rows, 'group'),
    principalAnswers: figuresOf(rows, 'principal'),
    allAnswers: figuresOf(rows, 'answer'),
  }
}

/**
 * Persons with at least one active day of accompaniment in each period: her age at 31/12 of the year in which the period ends, and
 * her principal population as it was on its last day. A day is active between an opening (or reopening) and a closing unless she sleeps (« en veille »)
 * that day: what is past stays as it was, whatever the accompaniment becomes. Most accompaniments ran on from their opening: only the `broken` ones
 * (several levels, a sleep) are looked at day by day, and those that had no active day are `away`. Once in each service that accompanies her: the region counts
 * the `first_of_all`.
 */
export const accompanied = (compared: Compared, kept: RawBuilder<unknown> = sql``): RawBuilder<unknown> => sql`broken as materialized (
  select l.episode_id from reporting.episode_level l where ${of(sql`l.service_id`, compared.serviceId)} group by l.episode_id having count(*) > 1
  union select d.episode_id from reporting.episode_dormancy d where ${of(sql`d.service_id`, compared.serviceId)}
), span as materialized (
  select p.n, l.episode_id, greatest(l.starts_on, p.first) as first, least(coalesce(l.ends_on, p.last), p.last) as last
  from broken b join reporting.episode_level l on l.episode_id = b.episode_id join period p on l.starts_on <= p.last and (l.ends_on is null or l.ends_on >= p.first)
), away as materialized (
  select p.n, b.episode_id from broken b cross join period p
  except
  select s.n, s.episode_id from span s
  left join reporting.episode_dormancy d on d.episode_id = s.episode_id and d.starts_on <= s.last and (d.ends_on is null or d.ends_on >= s.first)
  group by s.n, s.episode_id, s.first, s.last
  having coalesce(sum(least(coalesce(d.ends_on, s.last), s.last) - greatest(d.starts_on, s.first) + 1) filter (where d.starts_on is not null), 0) < s.last - s.first + 1
), accompanied as ${kept} (
  select o.*, row_number() over (partition by o.n, o.person_pseudonym order by o.opened_on desc, o.episode_id) = 1 as first_of_all from (
    select distinct on (p.n, e.person_pseudonym, e.service_id) p.n, e.person_pseudonym, e.service_id as service, e.episode_id,
      extract(year from p.last)::int - e.birth_year as age, x.code as main_population, e.commune_code, e.level, e.opened_on, e.closed_on
    from reporting.episode e join period p on e.opened_on <= p.last and (e.closed_on is null or e.closed_on >= p.first)
    left join reporting.episode_problem x on x.episode_id = e.episode_id and x.axis = 'population' and x.principal
      and x.starts_on <= p.last and (x.ends_on is null or x.ends_on > p.last)
    where ${of(sql`e.service_id`, compared.serviceId)} and not exists (select from away a where a.n = p.n and a.episode_id = e.episode_id)
    order by p.n, e.person_pseudonym, e.service_id, e.opened_on desc, e.episode_id, x.starts_on desc) o)`

/** Of whom it was said on a day of the period `p`: what ends on a day is replaced that day, and what ended the day it began was a mistake. */
export const difficultyThen = sql`x.axis = 'difficulty' and x.starts_on <= p.last and (x.ends_on is null or x.ends_on > greatest(p.first, x.starts_on))`

/** The rows of both periods as a table expression; used by the figures and by the lines, so that they agree. */
export const withAccompanied = (compared: Compared): RawBuilder<unknown> => sql`with ${periods(compared)}, ${accompanied(compared)}`

export interface PersonFigures {
  /** Indicator 4; null where the birth date is unknown. */
  readonly ages: readonly (Tally & { readonly age: number | null })[]
  /** Persons asleep during the whole current period: counted apart. */
  readonly dormant: readonly Tally[]
  /** Indicator 5: one principal population per person; difficulties as many as she has. */
  readonly populations: readonly Tally[]
  readonly difficulties: readonly Tally[]
}

const persons = sql`count(distinct a.person_pseudonym)`

/** Indicators 4 and 5: the persons of both periods are found once. */
export async function personFigures(tx: Tx, compared: Compared): Promise<PersonFigures> {
  const { rows } = await sql<
    Omit<Figure, 'code'> & { code: string | null; wholeCount: number; wholePrevious: number }
  >`with ${periods(compared)}, ${accompanied(compared, sql`materialized`)}, asleep as materialized (
      select distinct e.service_id as service, e.person_pseudonym from span s join reporting.episode e on e.episode_id = s.episode_id
      where s.n = 0 and exists (select from away w where w.n = 0 and w.episode_id = s.episode_id)
        and not exists (select from accompanied a where a.n = 0 and a.person_pseudonym = e.person_pseudonym and a.service = e.service_id)
    ), counted as (
      select case when grouping(age) = 0 then 'age' else 'population' end as figure, service,
        case when grouping(age) = 0 then age::text else coalesce(main_population, 'not_recorded') end as code, ${both},
        count(*) filter (where n = 0 and first_of_all)::int as whole_count, count(*) filter (where n = 1 and first_of_all)::int as whole_previous
      from accompanied group by grouping sets ((service, age), (service, main_population))
      union all
      select 'difficulty', a.service, x.code, ${persons} filter (where a.n = 0)::int, ${persons} filter (where a.n = 1)::int,
        ${persons} filter (where a.n = 0 and a.first_of_all)::int, ${persons} filter (where a.n = 1 and a.first_of_all)::int
      from accompanied a join period p on p.n = a.n join reporting.episode_problem x on x.episode_id = a.episode_id and ${difficultyThen} group by a.service, x.code
      union all
      select 'dormant', z.service, null, count(*)::int, 0, count(*) filter (where z.first_of_all and active.person_pseudonym is null)::int, 0
      from (select y.*, row_number() over (partition by y.person_pseudonym order by y.service) = 1 as first_of_all from asleep y) z
      left join (select distinct a.person_pseudonym from accompanied a where a.n = 0) active on active.person_pseudonym = z.person_pseudonym group by z.service
    )
    select c.figure, c.service, c.code, coalesce(v.label, case c.figure when 'population' then 'Non renseignée' else 'Autre' end) as label, c.count, c.previous,
      c.whole_count as "wholeCount", c.whole_previous as "wholePrevious" from counted c
    left join territory.value v on v.code = c.code and v.set_code = case c.figure when 'population' then 'steering.population' when 'difficulty' then 'steering.difficulty' end`.execute(
    tx,
  )
  const of = (figure: string): readonly (Tally & { readonly raw: string | null })[] =>
    rows
      .filter((row) => row.figure === figure)
      .map(({ code, label, service, count, previous, wholeCount, wholePrevious }) => ({
        code: code ?? '',
        raw: code,
        label,
        service,
        count,
        previous,
        whole: { count: wholeCount, previous: wholePrevious },
      }))
  return {
    ages: of('age').map(({ raw, ...row }) => ({ ...row, age: raw === null ? null : Number(raw) })),
    dormant: of('dormant'),
    populations: of('population'),
    difficulties: of('difficulty'),
  }
}

/** Territory of a service on a day, as commune codes; the whole of what DAC cover when null. */
const territoryOn = (serviceId: string | null, day: string): RawBuilder<unknown> => sql`covered as (
  select distinct x.commune_code from territory.perimeter x where x.exclusive and x.starts_on <= ${day}::date and (x.ends_on is null or x.ends_on > ${day}::date)
    and ${of(sql`x.service_id`, serviceId)})`

/**
 * Generalists practising in the territory at the middle of the period, with the number of their sollicitations in it. The directory holds
 * today's practices only: `practising` is as of its last import, whatever the period.
 */
export const doctorsOf = (
  serviceId: string | null,
  period: Period,
  middle: string,
  timeZone: string,
): RawBuilder<unknown> => sql`${territoryOn(serviceId, middle)}, doctor as (
  select g.party_id, min(g.commune_code) as commune_code, coalesce(bool_or(g.liberal), false) as liberal from reporting.general_practitioner g join covered c on c.commune_code = g.commune_code group by g.party_id
), asked as (
  select s.requester_party_id as party_id, count(*)::int as requests from reporting.sollicitation s
  where s.received_at >= (${period.from}::date::timestamp at time zone ${timeZone}) and s.received_at < ((${period.to}::date + 1)::timestamp at time zone ${timeZone})
    and ${of(sql`s.holder_org`, serviceId)} group by 1
), doctors as (select d.party_id, d.commune_code, d.liberal, coalesce(a.requests, 0) as requests from doctor d left join asked a using (party_id))`

/** Liberal: whoever has a liberal practice in the territory, salaried elsewhere or not. */
type DoctorShare = AskedByMode
type DoctorCount = AskedShare

/** Indicator 6. */
export async function doctorShare(tx: Tx, serviceId: string | null, period: Period, middle: string, timeZone: string): Promise<DoctorShare> {
  const { rows } = await sql<DoctorCount & { readonly liberal: boolean }>`with ${doctorsOf(serviceId, period, middle, timeZone)}
    select liberal, count(*) filter (where requests > 0)::int as asked, count(*)::int as practising from doctors group by liberal`.execute(tx)
  return shareOf(rows)
}

/** Nobody in the territory. */
export const noDoctor: DoctorShare = { asked: 0, practising: 0, liberal: { asked: 0, practising: 0 }, salaried: { asked: 0, practising: 0 } }

function shareOf(rows: readonly (DoctorCount & { readonly liberal: boolean })[]): DoctorShare {
  const modeOf = (liberal: boolean): DoctorCount => {
    const { asked, practising } = rows.find((row) => row.liberal === liberal) ?? noDoctor
    return { asked, practising }
  }
  const [liberal, salaried] = [modeOf(true), modeOf(false)]
  return { asked: liberal.asked + salaried.asked, practising: liberal.practising + salaried.practising, liberal, salaried }
}

/** The same of every service at once: who practises in its territory, and asked it. */
export async function doctorShares(tx: Tx, period: Period, middle: string, timeZone: string): Promise<ReadonlyMap<string, DoctorShare>> {
  const { rows } = await sql<DoctorCount & { readonly service: string; readonly liberal: boolean }>`with covered as (
      select distinct x.service_id as service, x.commune_code from territory.perimeter x
      where x.exclusive and x.starts_on <= ${middle}::date and (x.ends_on is null or x.ends_on > ${middle}::date)
    ), doctor as (
      select c.service, g.party_id, coalesce(bool_or(g.liberal), false) as liberal from reporting.general_practitioner g join covered c on c.commune_code = g.commune_code group by 1, 2
    ), asked as (
      select distinct s.holder_org as service, s.requester_party_id as party_id from reporting.sollicitation s
      where s.received_at >= (${period.from}::date::timestamp at time zone ${timeZone}) and s.received_at < ((${period.to}::date + 1)::timestamp at time zone ${timeZone})
    )
    select d.service, d.liberal, count(a.party_id)::int as asked, count(*)::int as practising
    from doctor d left join asked a on a.service = d.service and a.party_id = d.party_id group by 1, 2`.execute(tx)
  return new Map([...new Set(rows.map((row) => row.service))].map((service) => [service, shareOf(rows.filter((row) => row.service === service))]))
}

/** Indicator 7: Σ (quotity × days present) ÷ days of the period, by job; trainees are not counted. */
export async function staff(tx: Tx, compared: Compared): Promise<readonly { code: string; label: string; fte: number; previous: number }[]> {
  const share = (
    n: number,
  ): RawBuilder<unknown> => sql`coalesce(round(sum(s.quotity * greatest(0, least(coalesce(s.ends_on, p.last), p.last) - greatest(s.starts_on, p.first) + 1)::numeric
    / (p.last - p.first + 1)) filter (where p.n = ${n}), 2), 0)::float8`
  const { rows } = await sql<{ code: string; label: string; fte: number; previous: number }>`with ${periods(compared)}
    select s.job as code, coalesce(v.label, 'Autre') as label, ${share(0)} as fte, ${share(1)} as previous
    from steering.post s join period p on s.starts_on <= p.last and (s.ends_on is null or s.ends_on >= p.first)
    left join territory.value v on v.set_code = 'steering.job_kind' and v.code = s.job
    where s.removed_at is null and s.employment <> 'trainee' and ${of(sql`s.service_id`, compared.serviceId)}
    group by 1, 2 order by fte desc, label`.execute(tx)
  return rows
}

/** Indicator 8: the accounts of the year in which the period ends, and of the year before. */
export async function funding(
  tx: Tx,
  serviceId: string | null,
  year: number,
): Promise<readonly { code: string; label: string; amount: number; previous: number; provisional: boolean }[]> {
  const { rows } = await sql<{ code: string; label: string; amount: number; previous: number; provisional: boolean }>`
    select f.funder as code, coalesce(v.label, 'Autre') as label, coalesce(sum(f.amount) filter (where f.year = ${year}), 0)::float8 as amount,
      coalesce(sum(f.amount) filter (where f.year = ${year - 1}), 0)::float8 as previous, coalesce(bool_or(f.provisional) filter (where f.year = ${year}), false) as provisional
    from steering.funding f left join territory.value v on v.set_code = 'steering.funder' and v.code = f.funder
    where f.removed_at is null and f.year in (${year}, ${year - 1}) and ${of(sql`f.service_id`, serviceId)} group by 1, 2 order by amount desc, label`.execute(
    tx,
  )
  return rows
}

/** « DAC Hautes-Vallées », or « La région », and the day of the directory behind indicator 6. */
export async function heading(tx: Tx, serviceId: string | null, timeZone: string): Promise<{ name: string; directoryDay: string | null }> {
  const { rows } = await sql<{ name: string | null; day: string | null }>`select (select name from territory.service where id = ${serviceId}) as name,
    (select coalesce(edition, (imported_at at time zone ${timeZone})::date)::text from directory.source where code = 'rpps') as day`.execute(tx)
  return { name: serviceId === null ? 'Toute la région' : (rows[0]?.name ?? 'Service'), directoryDay: rows[0]?.day ?? null }
}

import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'
import type { DirectoryHit } from '../contract/hit.ts'
import { type SearchZone, searchCap } from '../contract/queries.ts'
import type { DirectoryQuery } from '../contract/search-text.ts'

/** Where the search stands: codes of the commune, of what surrounds it, and its middle when known. */
export interface Around {
  readonly code: string
  readonly name: string
  readonly epciCode: string | null
  readonly departmentCode: string | null
  readonly latitude: number | null
  readonly longitude: number | null
}

export interface DirectorySearch {
  readonly query: DirectoryQuery
  readonly around: Around | null
  readonly within: SearchZone | null
  /** The communes of a zone given in kilometres, the one itself aside; null for other zones. */
  readonly nearby: readonly string[] | null
  readonly facets: readonly string[]
  readonly themes: readonly string[]
  readonly publics: readonly string[]
  /** Parties to whom a correction gives the telephone that was typed. */
  readonly corrected: readonly string[]
  readonly limit: number
  /** Sort key of the last row seen. */
  readonly after: SortKey | null
  /** How many answers are looked at, at most. */
  readonly cap: number
}

/** Ring, exactness, distance in hundreds of metres, name, id. */
export type SortKey = readonly [number, number, number, string, string]
export type FoundHit = DirectoryHit & { readonly sort: SortKey }

const unknownDistance = 1_000_000

/** Words of a query hold letters and digits only (`readDirectoryQuery`), tokens come from our own tables: neither can leave its quotes. */
const exactly = (token: string): string => `'${token.replaceAll("'", '')}'`
const beginning = (token: string): string => `${exactly(token)}:*`

function numberQuery(number: string): string {
  // The national identifier puts an 8 before the RPPS number.
  if (/^8\d{11}$/.test(number)) return `(${exactly(`r${number.slice(1)}`)} | ${beginning(`s${number}`)})`
  const marks = [number.length <= 10 ? 't' : '', number.length <= 9 ? 'f' : '', number.length <= 11 ? 'r' : '', number.length <= 14 ? 's' : ''].filter(Boolean)
  return marks.length === 0 ? exactly(`r${number}`) : `(${marks.map((mark) => beginning(`${mark}${number}`)).join(' | ')})`
}

const anyOf = (mark: string, codes: readonly string[]): string | null =>
  codes.length === 0 ? null : `(${codes.map((code) => exactly(`${mark}${code}`)).join(' | ')})`

const all = (...parts: readonly (string | null)[]): string => parts.filter((part) => part !== null && part !== '').join(' & ')

interface Branch {
  readonly ring: number
  readonly query: string
}

/** The search cut into rings that do not overlap, the nearest first; beyond the département, whole words before beginnings of words. */
function branchesOf(
  { query, around, within, nearby, facets, themes, publics }: DirectorySearch,
  filtered: boolean,
): { readonly branches: readonly Branch[]; readonly exact: string | null } {
  const numbers = query.numbers.map(numberQuery)
  const text = all(...query.words.map(beginning), ...numbers)
  const exact = query.words.length === 0 ? null : all(...query.words.map(exactly), ...numbers)
  const facet = all(filtered ? anyOf('k:', facets) : null, anyOf('h:', themes), anyOf('p:', publics)) || null
  const commune = around === null ? null : exactly(`c:${around.code}`)
  const epci = around?.epciCode == null ? null : exactly(`e:${around.epciCode}`)
  const department = around?.departmentCode == null ? null : exactly(`d:${around.departmentCode}`)
  const not = (token: string | null): string | null => (token === null ? null : `!${token}`)
  const rings: Branch[] = []
  if (commune !== null) rings.push({ ring: 0, query: all(text, facet, commune) })
  if (nearby !== null)
    return { branches: [...rings, ...(nearby.length === 0 ? [] : [{ ring: 1, query: all(text, facet, anyOf('c:', nearby), not(commune)) }])], exact }
  if (epci !== null && within !== 'commune') rings.push({ ring: 1, query: all(text, facet, epci, not(commune)) })
  if (department !== null && within !== 'commune' && within !== 'epci') rings.push({ ring: 2, query: all(text, facet, department, not(epci), not(commune)) })
  if (within === null || around === null) {
    const elsewhere = all(facet, not(department), not(epci), not(commune))
    if (exact === null) rings.push({ ring: 4, query: all(text, elsewhere) })
    else rings.push({ ring: 3, query: all(exact, elsewhere) }, { ring: 4, query: all(text, `!(${exact})`, elsewhere) })
  }
  return { branches: rings.filter((branch) => branch.query !== ''), exact }
}

/** Whoever practises in the commune itself is no further than it, wherever her main place is. */
function inCommune(around: Around | null): RawBuilder<unknown> {
  return sql`case when e.commune_code = ${around?.code ?? null} then ${distance(around)} else 0 end`
}

/** The answers, at most `cap`, with what sorts them. The rings run one after the other and stop at the cap. */
function hitsOf(search: DirectorySearch, filtered: boolean): RawBuilder<unknown> {
  const { branches, exact } = branchesOf(search, filtered)
  const inexact = exact === null ? sql`0` : sql`case when e.words @@ ${exact}::tsquery then 0 else 1 end`
  const rings = branches.map(
    (
      branch,
    ) => sql`(select e.party_id, e.kind, ${branch.ring}::int as ring, ${branch.ring === 4 ? sql`1` : inexact} as inexact, e.sort_key, e.facet, ${branch.ring === 0 ? inCommune(search.around) : distance(search.around)} as distance
    from directory.entry e left join territory.commune c on c.code = e.commune_code where e.words @@ ${branch.query}::tsquery)`,
  )
  if (search.corrected.length > 0) {
    const already = sql.join(
      branches.map(({ query }) => sql`e.words @@ ${query}::tsquery`),
      sql` or `,
    )
    rings.unshift(sql`(select e.party_id, e.kind, 0 as ring, 0 as inexact, e.sort_key, e.facet, ${distance(search.around)} as distance
      from directory.entry e left join territory.commune c on c.code = e.commune_code where e.party_id = any(${search.corrected}::uuid[]) and not (${already}))`)
  }
  return sql`select * from (${sql.join(rings, sql` union all `)}) u limit ${search.cap + 1}`
}

/** Kilometres to the middle of the commune, on a flat map: right within a region. */
function kilometres(around: Around | null, latitude: RawBuilder<unknown>, longitude: RawBuilder<unknown>): RawBuilder<unknown> {
  if (around?.latitude == null || around.longitude === null) return sql`null::float8`
  const scale = Math.cos((around.latitude * Math.PI) / 180)
  return sql`111.32 * sqrt(power(${latitude} - ${around.latitude}::float8, 2) + power((${longitude} - ${around.longitude}::float8) * ${scale}::float8, 2))`
}

/** From the address of a structure, else from the middle of the commune of the entry. */
function distance(around: Around | null): RawBuilder<unknown> {
  return kilometres(around, sql`coalesce(e.latitude, c.latitude)`, sql`coalesce(e.longitude, c.longitude)`)
}

const hasAccount = sql`exists (select from territory.user_account u where u.professional_id = e.party_id and u.status = 'active') as "hasAccount"`
/** What a service corrected holds over the national file. */
const phone = sql`coalesce((select k.value from directory.correction k where k.party_id = e.party_id and k.field = 'phone' and k.ended_at is null), e.phone)`
const columns = sql`e.party_id as "partyId", e.kind, e.facet, e.label, e.detail, e.place, e.postal_code as "postalCode", e.city, e.commune_code as "communeCode", ${phone} as phone, e.category,
  coalesce(e.latitude, c.latitude) as latitude, coalesce(e.longitude, c.longitude) as longitude, ${hasAccount}`

/** Of a professional who practises in several places, the one that made her an answer so near: it is told instead of her main place. */
function nearPlace(
  around: Around | null,
  words: readonly string[],
  nearby: readonly string[] | null,
): {
  readonly join: RawBuilder<unknown>
  readonly columns: RawBuilder<unknown>
  readonly distance: RawBuilder<unknown>
} {
  if (around === null) return { join: sql`left join territory.commune c on c.code = e.commune_code`, columns, distance: sql`p.distance` }
  // « infirmier rupt » asks for Rupt, wherever one stands: her place there is the one to tell.
  const told = sql`' ' || concat_ws(' ', c.search_key, e.postal_code)`
  const asked =
    words.length === 0
      ? sql`false`
      : sql`coalesce(${sql.join(
          words.map((word) => sql`${told} like ${`% ${word}%`}`),
          sql` or `,
        )}, false)`
  const ring = sql`case p.ring when 0 then c.code = ${around.code} or c.parent_code = ${around.code} when 1 then ${nearby === null ? sql`c.epci_code = ${around.epciCode}` : sql`c.code = any(${nearby}::text[])`} else c.department_code = ${around.departmentCode} end`
  return {
    join: sql`left join territory.commune c on c.code = e.commune_code left join lateral (
      select w.site_name as place, w.postal_code, c.name as city, c.code as commune_code, w.phone, c.latitude, c.longitude, ${kilometres(around, sql`c.latitude`, sql`c.longitude`)} as distance
      from directory.practice w join territory.commune c on c.code = w.commune_code
      where w.party_id = e.party_id and ${ring} order by w.mode = 'L' desc nulls last, w.line_hash limit 1
    ) near on p.ring < 3 and e.kind = 'professional' and (${ring}) is not true and not (${asked})`,
    columns: sql`e.party_id as "partyId", e.kind, e.facet, e.label, e.detail, case when near.city is null then e.place else near.place end as place, coalesce(near.postal_code, e.postal_code) as "postalCode",
      coalesce(near.city, e.city) as city, coalesce(near.commune_code, e.commune_code) as "communeCode", case when near.city is null then ${phone} else coalesce(near.phone, ${phone}) end as phone, e.category,
      case when near.city is null then coalesce(e.latitude, c.latitude) else near.latitude end as latitude, case when near.city is null then coalesce(e.longitude, c.longitude) else near.longitude end as longitude, ${hasAccount}`,
    distance: sql`case when near.city is null then p.distance else near.distance end`,
  }
}

/** One page of answers, and how many there are (null beyond the cap). */
export async function searchEntries(tx: Tx, search: DirectorySearch): Promise<{ readonly rows: readonly FoundHit[]; readonly total: number | null }> {
  if (branchesOf(search, true).branches.length === 0) return { rows: [], total: 0 }
  const near = nearPlace(search.around, search.query.words, search.nearby)
  const key = sql`(h.ring, h.inexact, coalesce((h.distance * 10)::int, ${unknownDistance}), h.sort_key, h.party_id)`
  const after =
    search.after === null
      ? sql`true`
      : sql`${key} > (${search.after[0]}::int, ${search.after[1]}::int, ${search.after[2]}::int, ${search.after[3]}::text collate "C", ${search.after[4]}::uuid)`
  const { rows } = await sql<FoundHit & { total: number }>`
    with hits as materialized (${hitsOf(search, true)}), page as (
      select h.*, (select count(*)::int from hits) as total, row_number() over (order by h.ring, h.inexact, coalesce((h.distance * 10)::int, ${unknownDistance}), h.sort_key, h.party_id) as place
      from hits h where ${after} order by place limit ${search.limit + 1})
    select ${near.columns}, round((${near.distance})::numeric, 1)::float8 as "distanceKm", p.total, jsonb_build_array(p.ring, p.inexact, coalesce((p.distance * 10)::int, ${unknownDistance}), p.sort_key, p.party_id) as sort
    from page p join directory.entry e on e.party_id = p.party_id ${near.join} order by p.place`.execute(tx)
  const total = rows[0]?.total ?? 0
  return { rows, total: total > search.cap ? null : total }
}

/** How many answers there are of each trade or kind, whatever facets are chosen; null beyond the cap. */
export async function countFacets(tx: Tx, search: DirectorySearch): Promise<readonly { facet: string; count: number }[] | null> {
  if (branchesOf(search, false).branches.length === 0) return []
  const { rows } = await sql<{ facet: string; count: number; total: number }>`
    with hits as materialized (${hitsOf({ ...search, cap: searchCap }, false)})
    select facet, count(*)::int as count, sum(count(*)) over ()::int as total from hits group by facet order by count(*) desc, facet`.execute(tx)
  return (rows[0]?.total ?? 0) > searchCap ? null : rows.map(({ facet, count }) => ({ facet, count }))
}

/** Families of themes and publics of the services among the answers, the most frequent first. */
export async function countThemes(
  tx: Tx,
  search: DirectorySearch,
): Promise<{ readonly themes: readonly { code: string; count: number }[]; readonly publics: readonly { code: string; count: number }[] }> {
  if (branchesOf(search, true).branches.length === 0) return { themes: [], publics: [] }
  const { rows } = await sql<{ mark: string; code: string; count: number }>`
    with hits as materialized (${hitsOf({ ...search, cap: searchCap }, true)})
    select left(token, 1) as mark, substr(token, 3) as code, count(*)::int as count
    from hits h join directory.entry e on e.party_id = h.party_id and e.kind = 'service', unnest(tsvector_to_array(e.words)) as token
    where h.kind = 'service' and (token like 'p:%' or (token like 'h:%' and token not like '%--%')) group by token order by count(*) desc, token`.execute(tx)
  const marked = (mark: string): { code: string; count: number }[] => rows.filter((row) => row.mark === mark).map(({ code, count }) => ({ code, count }))
  return { themes: marked('h'), publics: marked('p') }
}

/** Parties to whom a live correction gives a telephone that begins so. */
export async function partiesCorrectedTo(tx: Tx, numbers: readonly string[]): Promise<readonly string[]> {
  if (numbers.length === 0) return []
  const { rows } = await sql<{
    partyId: string
  }>`select distinct party_id as "partyId" from directory.correction where ended_at is null and field in ('phone', 'other_phone')
    and (${sql.join(
      numbers.map((number) => sql`value like ${`${number}%`}`),
      sql` or `,
    )}) limit 20`.execute(tx)
  return rows.map(({ partyId }) => partyId)
}

/** When nothing begins like what was typed: names that sound like it (« fritch » for Fritsch). */
export async function searchAlike(tx: Tx, search: DirectorySearch): Promise<readonly FoundHit[]> {
  const named = search.query.words.filter((word) => /[a-z]/.test(word))
  if (named.length === 0 || search.query.numbers.length > 0) return []
  const conditions = search.query.words.map((word) =>
    word.length < 4 ? sql`e.words @@ ${beginning(word)}::tsquery` : sql`(e.words @@ ${beginning(word)}::tsquery or ${word} <% e.sort_key)`,
  )
  // The usual threshold of 0.6 misses « fritche » for Fritsch.
  await sql`select set_config('pg_trgm.word_similarity_threshold', '0.45', true)`.execute(tx)
  const facet = search.facets.length === 0 ? sql`true` : sql`e.facet = any(${search.facets}::text[])`
  const { rows } = await sql<FoundHit>`
    select ${columns}, round((${distance(search.around)})::numeric, 1)::float8 as "distanceKm", '[]'::jsonb as sort
    from directory.entry e left join territory.commune c on c.code = e.commune_code
    where ${sql.join(conditions, sql` and `)} and ${facet}
    order by word_similarity(${named.join(' ')}, e.sort_key) desc, c.department_code = ${search.around?.departmentCode ?? null} desc nulls last, e.sort_key limit ${search.limit}`.execute(
    tx,
  )
  return rows
}

/** Entries by id, as hits, with their national numbers. */
export async function entriesOf(
  tx: Tx,
  partyIds: readonly string[],
  around: Around | null,
): Promise<readonly (DirectoryHit & { readonly rpps: string | null; readonly finess: string | null })[]> {
  const { rows } = await sql<DirectoryHit & { readonly rpps: string | null; readonly finess: string | null }>`
    select ${columns}, e.rpps, e.finess, round((${distance(around)})::numeric, 1)::float8 as "distanceKm" from directory.entry e left join territory.commune c on c.code = e.commune_code
    where e.party_id = any(${partyIds}::uuid[])`.execute(tx)
  return rows
}

/** Whoever has exactly this telephone: by the national files, a local card or a correction. */
export async function callersWithNumber(tx: Tx, number: string, around: Around | null): Promise<readonly DirectoryHit[]> {
  const { rows } = await sql<DirectoryHit>`
    select ${columns}, round((${distance(around)})::numeric, 1)::float8 as "distanceKm" from directory.entry e left join territory.commune c on c.code = e.commune_code
    where e.words @@ ${exactly(`t${number.replace(/\D/g, '')}`)}::tsquery
      or e.party_id in (select k.party_id from directory.correction k where k.ended_at is null and k.field in ('phone', 'other_phone') and k.value = ${number})
    order by e.kind = 'local' desc, e.kind = 'professional' desc, (${distance(around)}) nulls last, e.sort_key limit 5`.execute(tx)
  return rows
}

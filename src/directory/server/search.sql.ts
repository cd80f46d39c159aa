import { CompiledQuery, type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'
import { ahead } from '../../platform/server/prepared-statements.ts'
import type { DirectoryHit } from '../contract/hit.ts'
import type { SearchZone } from '../contract/queries.ts'
import type { Around, SearchWord, Surroundings } from './search-terms.sql.ts'

export interface DirectorySearch {
  readonly words: readonly SearchWord[]
  /** Parties whom the numbers typed name; null when none was. */
  readonly named: readonly string[] | null
  readonly around: Around | null
  readonly surroundings: Surroundings
  readonly within: SearchZone | null
  /** The communes of a zone given in kilometres, the one itself aside; null for other zones. */
  readonly nearby: readonly string[] | null
  readonly facets: readonly string[]
  readonly themes: readonly string[]
  readonly publics: readonly string[]
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
const oneOf = (lexemes: readonly string[]): string | null =>
  lexemes.length === 0 ? null : lexemes.length === 1 ? (lexemes[0] ?? null) : `(${lexemes.join(' | ')})`
const anyOf = (mark: string, codes: readonly string[]): string | null => oneOf(codes.map((code) => exactly(`${mark}${code}`)))
const all = (...parts: readonly (string | null)[]): string => parts.filter((part) => part !== null && part !== '').join(' & ')
const not = (query: string | null): string | null => (query === null ? null : `!${query}`)

const begun = ({ word, terms }: SearchWord): string | null => oneOf([beginning(word), ...terms.map(({ token }) => exactly(token))])
const whole = ({ word, terms }: SearchWord): string | null => oneOf([exactly(word), ...terms.filter(({ exact }) => exact).map(({ token }) => exactly(token))])

interface Branch {
  /** Null for the three nearest rings at once: each answer tells its own. */
  readonly ring: number | null
  /** What the index is asked. */
  readonly query: string
  /** What is then looked at in each answer of the index, as what it must not hold costs the index more; '' for nothing. */
  readonly besides: string
}

/**
 * Beginnings so short that, near by, reading everybody costs less than gathering all the words of the country that begin so: in the commune and its EPCI,
 * in the département.
 */
const [shortNearby, shortInDepartment] = [4, 3]

/** The search cut into rings that do not overlap, the nearest first; beyond the département, whole words before beginnings of words. */
function branchesOf(
  { words, around, surroundings, within, nearby, facets, themes, publics }: DirectorySearch,
  filtered: boolean,
): { readonly branches: readonly Branch[]; readonly exact: string | null } {
  // What the place of a ring says already needs not be asked: « rupt » in Rupt.
  const ringOf = (ring: number | null, said: readonly string[], short: number, where: string | null, ...nearer: readonly (string | null)[]): Branch => {
    const left = words.filter(({ terms }) => !terms.some(({ token }) => said.includes(token)))
    const besides = left.filter(({ word }) => word.length <= short)
    return {
      ring,
      query: all(...left.filter((word) => !besides.includes(word)).map(begun), facet, where),
      besides: all(...besides.map(begun), ...nearer.map(not)),
    }
  }
  const exact = words.length === 0 ? null : all(...words.map(whole))
  const facet = all(filtered ? anyOf('k:', facets) : null, anyOf('h:', themes), anyOf('p:', publics)) || null
  const commune = anyOf('c:', surroundings.commune)
  const epci = anyOf('c:', surroundings.epci)
  const department = around?.departmentCode == null ? null : exactly(`d:${around.departmentCode}`)
  const saidByCommune = surroundings.commune.map((code) => `c:${code}`)
  const saidByDepartment = around?.departmentCode == null ? [] : [`d:${around.departmentCode}`]
  const rings: Branch[] = []
  // A name is so rare that one reading of the département costs less than one of each ring.
  const rare = words.some(({ word, terms }) => word.length > shortNearby && !terms.some(({ token, exact: meant }) => meant && /^[kmq]:/.test(token)))
  const atOnce = rare && nearby === null && department !== null && within !== 'commune' && within !== 'epci'
  if (atOnce) rings.push(ringOf(null, [], shortInDepartment, oneOf([department, ...surroundings.epci.map((code) => exactly(`c:${code}`))])))
  else if (commune !== null) rings.push(ringOf(0, saidByCommune, shortNearby, commune))
  if (nearby !== null) return { branches: nearby.length === 0 ? rings : [...rings, ringOf(1, [], shortNearby, anyOf('c:', nearby), commune)], exact }
  if (!atOnce && epci !== null && within !== 'commune') rings.push(ringOf(1, [], shortNearby, epci, commune))
  if (!atOnce && department !== null && within !== 'commune' && within !== 'epci')
    rings.push(ringOf(2, saidByDepartment, shortInDepartment, department, epci, commune))
  if (within === null || around === null) {
    const nearer = [department, epci, commune]
    if (exact === null) rings.push(ringOf(4, [], 0, null, ...nearer))
    else rings.push({ ring: 3, query: all(exact, facet), besides: all(...nearer.map(not)) }, ringOf(4, [], 0, null, `(${exact})`, ...nearer))
  }
  return { branches: rings.filter((branch) => branch.query !== ''), exact }
}

/** Everything that is asked besides a number, whatever the ring. */
function conditionOf(search: DirectorySearch, filtered: boolean): string {
  const { words, around, surroundings, within, nearby, facets, themes, publics } = search
  const zone =
    within === null || around === null
      ? null
      : nearby !== null
        ? anyOf('c:', [...surroundings.commune, ...nearby])
        : within === 'commune'
          ? anyOf('c:', surroundings.commune)
          : within === 'epci'
            ? anyOf('c:', [...surroundings.commune, ...surroundings.epci])
            : around.departmentCode === null
              ? null
              : exactly(`d:${around.departmentCode}`)
  return all(...words.map(begun), filtered ? anyOf('k:', facets) : null, anyOf('h:', themes), anyOf('p:', publics), zone)
}

/**
 * For the transactions of a search: its statements are planned for the words asked, as how many hold them decides between the index and the table, and
 * the table is read from its beginning, as the next page must find the same answers.
 */
async function planForWords(tx: Tx): Promise<void> {
  await tx.executeQuery(
    CompiledQuery.raw(`${ahead}select set_config('plan_cache_mode', 'force_custom_plan', true), set_config('synchronize_seqscans', 'off', true)`),
  )
}

/**
 * The answers, at most `cap`, with what sorts them. The rings run one after the other and stop at the cap; only then is it looked up where their communes are.
 */
function hitsOf(search: DirectorySearch, filtered: boolean): RawBuilder<unknown> {
  const { branches, exact } = branchesOf(search, filtered)
  // A second trade of hers makes an entry hold a facet that is not the one it is shown under.
  const facet = filtered && search.facets.length > 0 ? sql`and e.facet = any(${search.facets}::text[])` : sql``
  const told = sql`e.party_id, e.kind, e.sort_key, e.facet, e.commune_code, e.latitude, e.longitude`
  const rings =
    search.named === null
      ? branches.flatMap((branch) =>
          partsOf(branch, search.cap).map(
            ({ kinds, limit }) =>
              sql`(select ${told}, ${ringTold(branch, search.surroundings)} as ring, ${inexactOf(branch, exact)} as inexact from directory.entry e where e.words @@ ${branch.query}::tsquery
                ${branch.besides === '' ? sql`` : sql`and ts_match_vq(e.words, ${branch.besides}::tsquery)`} ${facet} ${kinds} ${limit})`,
          ),
        )
      : [
          sql`(select ${told}, 3 as ring, 0 as inexact from directory.entry e where e.party_id = any(${search.named}::uuid[]) and ${asked(conditionOf(search, filtered))} ${facet})`,
        ]
  // Whoever practises in the commune itself is no further than it, wherever her main place is.
  const near = sql`case when e.ring = 0 and e.commune_code is distinct from ${search.around?.code ?? null} then 0 else ${distance(search.around)} end`
  return sql`select e.party_id, e.kind, e.sort_key, e.facet, e.ring, e.inexact, ${near} as distance
    from (select * from (${sql.join(rings, sql` union all `)}) u limit ${search.cap + 1}) e
      left join lateral (select k.latitude, k.longitude from territory.commune k where k.code = e.commune_code offset 0) c on true`
}

interface Part {
  readonly kinds: RawBuilder<unknown>
  readonly limit: RawBuilder<unknown>
}

/**
 * Beyond the département, what half of the professionals hold (« infirmier ») is found sooner in the table than in the index. The planner sees it where it
 * knows how many answers are enough, and where an empty table, which costs nothing to begin, does not stand before theirs.
 */
function partsOf({ ring }: Branch, cap: number): readonly Part[] {
  if (ring === null || ring < 3) return [{ kinds: sql``, limit: sql`` }]
  const limit = sql`limit ${cap + 1}`
  return [
    { kinds: sql`and e.kind = 'local'`, limit },
    { kinds: sql`and e.kind = 'professional'`, limit },
    { kinds: sql`and e.kind in ('service', 'structure')`, limit },
  ]
}

function ringTold({ ring }: Branch, { commune, epci }: Surroundings): RawBuilder<unknown> {
  if (ring !== null) return sql`${ring}::int`
  return sql`case when e.words @@ ${anyOf('c:', commune) ?? ''}::tsquery then 0 when e.words @@ ${anyOf('c:', epci) ?? ''}::tsquery then 1 else 2 end`
}

function inexactOf({ ring }: Branch, exact: string | null): RawBuilder<unknown> {
  if (exact === null || ring === 3) return sql`0`
  if (ring === 4) return sql`1`
  return sql`case when e.words @@ ${exact}::tsquery then 0 else 1 end`
}

function asked(condition: string): RawBuilder<unknown> {
  return condition === '' ? sql`true` : sql`e.words @@ ${condition}::tsquery`
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

export interface Counts {
  /** How many answers there are of each trade or kind, whatever facets are chosen; null beyond the cap. */
  readonly facets: readonly { readonly facet: string; readonly count: number }[] | null
  /** Families of themes and publics of the services among the answers, the most frequent first. */
  readonly themes: readonly { readonly code: string; readonly count: number }[]
  readonly publics: readonly { readonly code: string; readonly count: number }[]
}

const isEmpty = (search: DirectorySearch, filtered: boolean): boolean => search.named === null && branchesOf(search, filtered).branches.length === 0

/** One page of answers, how many there are (null beyond the cap), and their counts when asked. */
export async function searchEntries(
  tx: Tx,
  search: DirectorySearch,
  counted: boolean,
): Promise<{ readonly rows: readonly FoundHit[]; readonly total: number | null; readonly counts: Counts | null }> {
  const nothing: Counts = { facets: [], themes: [], publics: [] }
  await planForWords(tx)
  if (isEmpty(search, true)) return { rows: [], total: 0, counts: counted ? nothing : null }
  const near = nearPlace(
    search.around,
    search.words.map(({ word }) => word),
    search.nearby,
  )
  const key = sql`(h.ring, h.inexact, coalesce((h.distance * 10)::int, ${unknownDistance}), h.sort_key, h.party_id)`
  const after =
    search.after === null
      ? sql`true`
      : sql`${key} > (${search.after[0]}::int, ${search.after[1]}::int, ${search.after[2]}::int, ${search.after[3]}::text collate "C", ${search.after[4]}::uuid)`
  // Without a facet chosen, or with nothing else asked, one reading of the answers serves the page and its counters.
  const alone = search.facets.length === 0 || isEmpty(search, false)
  const { rows } = await sql<{ hits: FoundHit[] | null; total: number; facets: Counts['facets']; themes: { token: string; count: number }[] | null }>`
    with hits as materialized (${hitsOf(search, true)})${counted && !alone ? sql`, every as materialized (${hitsOf(search, false)})` : sql``}, page as (
      select h.*, row_number() over (order by h.ring, h.inexact, coalesce((h.distance * 10)::int, ${unknownDistance}), h.sort_key, h.party_id) as rank
      from hits h where ${after} order by rank limit ${search.limit + 1})
    select (select jsonb_agg(to_jsonb(told) - 'rank' order by told.rank) from (
        select ${near.columns}, round((${near.distance})::numeric, 1)::float8 as "distanceKm", p.rank, jsonb_build_array(p.ring, p.inexact, coalesce((p.distance * 10)::int, ${unknownDistance}), p.sort_key, p.party_id) as sort
        from page p join directory.entry e on e.party_id = p.party_id ${near.join}) told) as hits,
      (select count(*)::int from hits) as total, ${counted ? countsOf(alone ? sql`hits` : sql`every`) : sql`null::jsonb as facets, null::jsonb as themes`}`.execute(
    tx,
  )
  const found = rows[0] ?? { hits: null, total: 0, facets: null, themes: null }
  const marked = (mark: string): { code: string; count: number }[] =>
    (found.themes ?? []).filter(({ token }) => token.startsWith(mark)).map(({ token, count }) => ({ code: token.slice(2), count }))
  const sum = (found.facets ?? []).reduce((whole, { count }) => whole + count, 0)
  return {
    rows: found.hits ?? [],
    total: found.total > search.cap ? null : found.total,
    counts: counted ? { facets: sum > search.cap ? null : (found.facets ?? []), themes: marked('h'), publics: marked('p') } : null,
  }
}

function countsOf(every: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select jsonb_agg(jsonb_build_object('facet', facet, 'count', n) order by n desc, facet) from (select facet, count(*)::int as n from ${every} group by facet) f) as facets,
    (select jsonb_agg(jsonb_build_object('token', token, 'count', n) order by n desc, token) from (
      select token, count(*)::int as n from hits h join directory.entry e on e.party_id = h.party_id and e.kind = 'service', unnest(tsvector_to_array(e.words)) as token
      where h.kind = 'service' and (token like 'p:%' or (token like 'h:%' and token not like '%--%')) group by token) t) as themes`
}

/** A short list of names spelt nearly so is drawn from as many answers, the nearest rings first. */
const alikeCap = 300

/** When nothing begins like what was typed: names spelt nearly so (« fritch » for Fritsch), given word by word, the nearest first. */
export async function searchAlike(tx: Tx, search: DirectorySearch, names: readonly (readonly string[])[]): Promise<readonly FoundHit[]> {
  if (search.named !== null || names.every((found) => found.length === 0)) return []
  const widened: DirectorySearch = {
    ...search,
    after: null,
    cap: Math.min(search.cap, alikeCap),
    words: search.words.map(({ word, terms }, index) => ({
      word,
      terms: [...terms, ...(names[index] ?? []).map((token) => ({ token, exact: true }))],
    })),
  }
  const named = search.words.map(({ word }) => word).join(' ')
  const { rows } = await sql<FoundHit>`
    with hits as materialized (${hitsOf(widened, true)})
    select ${columns}, round((${distance(search.around)})::numeric, 1)::float8 as "distanceKm", '[]'::jsonb as sort
    from hits h join directory.entry e on e.party_id = h.party_id left join territory.commune c on c.code = e.commune_code
    order by round(word_similarity(${named}, e.sort_key)::numeric, 1) desc, h.ring, h.distance nulls last, e.sort_key limit ${search.limit}`.execute(tx)
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

/** Those of the parties that the directory shows, as callers: local cards first, then professionals, the nearest first. */
export async function callersAmong(tx: Tx, partyIds: readonly string[], around: Around | null): Promise<readonly DirectoryHit[]> {
  const { rows } = await sql<DirectoryHit>`
    select ${columns}, round((${distance(around)})::numeric, 1)::float8 as "distanceKm" from directory.entry e left join territory.commune c on c.code = e.commune_code
    where e.party_id = any(${partyIds}::uuid[])
    order by e.kind = 'local' desc, e.kind = 'professional' desc, (${distance(around)}) nulls last, e.sort_key limit 5`.execute(tx)
  return rows
}

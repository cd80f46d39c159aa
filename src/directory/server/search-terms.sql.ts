import { sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'
import { type Term, termsOf } from '../contract/terms.ts'

/** A word of the search with every code that it may mean: a trade, a skill, a commune, a département. */
export interface SearchWord {
  readonly word: string
  readonly terms: readonly Term[]
}

/** Where the search stands: codes of the commune, of what surrounds it, and its middle when known. */
export interface Around {
  readonly code: string
  readonly name: string
  readonly epciCode: string | null
  readonly departmentCode: string | null
  readonly latitude: number | null
  readonly longitude: number | null
}

/** The communes of a place: itself with its arrondissements, and its EPCI. */
export interface Surroundings {
  readonly commune: readonly string[]
  readonly epci: readonly string[]
}

/** Of the communes that a word may mean, those that other words mean too and those of the département come first; « saint » alone does not mean them all. */
const placesPerWord = 24
const labelsPerWord = 40
const titles: ReadonlySet<string> = new Set(['dr', 'pr'])

/** Reads what each word may mean. Words hold letters and digits only. */
export async function readSearchWords(tx: Tx, words: readonly string[], departmentCode: string | null): Promise<readonly SearchWord[]> {
  if (words.length === 0) return []
  const { rows } = await sql<{ position: number; token: string; exact: boolean }>`
    with asked as materialized (select word, place::int as position, ('''' || word || ''':*')::tsquery as query from unnest(${words}::text[]) with ordinality as w(word, place) where length(word) > 2),
    departments as materialized (select code, ' ' || regexp_replace(lower(unaccent(name)), '[^a-z0-9]+', ' ', 'g') || ' ' as key from territory.department)
    select a.position, t.token, t.exact from asked a, lateral (
      (select 'c:' || c.code as token, f.whole as exact
        from territory.commune c, lateral (select a.word = any(string_to_array(c.search_key, ' ') || c.postal_codes) as whole, c.search_key like a.word || '%' as begins,
          coalesce(c.department_code = ${departmentCode}::text, false) as near, (select count(*) from asked o where territory.words_of(c.search_key, c.postal_codes) @@ o.query) as words) f
        where territory.words_of(c.search_key, c.postal_codes) @@ a.query and c.in_force
          -- « martin » is not asked to mean every Saint-Martin, nor « mar » Marseille
          and (f.words > 1 or f.near and (f.begins or f.whole) or a.word = any(c.postal_codes) or f.begins and (f.whole or length(a.word) > 3))
        order by f.words desc, f.near desc, f.begins desc, f.whole desc, c.population desc nulls last limit ${placesPerWord})
      union all
      select 'd:' || d.code, d.key like '% ' || a.word || ' %' from departments d where d.key like '% ' || a.word || '%'
      union all
      (select case when n.system in ('diploma', 'authorisation') then 'q:' || translate(n.code, ' ', '_') else 'm:' || n.code end, n.words @@ ('''' || a.word || '''')::tsquery or length(a.word) > 3
        from directory.nomenclature n where n.system in ('profession', 'role', 'skill', 'diploma', 'authorisation') and n.words @@ a.query
        order by n.words @@ ('''' || a.word || '''')::tsquery desc, n.system = 'skill' desc, length(n.label), n.code limit ${labelsPerWord})
    ) t`.execute(tx)
  const read = words.map((word, index) => {
    const terms = new Map(termsOf(word).map(({ token, exact }) => [token, exact]))
    for (const { position, token, exact } of rows) if (position === index + 1) terms.set(token, exact || terms.get(token) === true)
    return { word, terms: [...terms].map(([token, exact]) => ({ token, exact })) }
  })
  // « dr martin kiné »: people call by it whom the register does not; the trade says who is meant.
  const tradeSaid = read.some(({ word, terms }) => !titles.has(word) && terms.some(({ token, exact }) => exact && /^[km]:/.test(token)))
  return tradeSaid ? read.filter(({ word }) => !titles.has(word)) : read
}

/** From so many inhabitants on, an EPCI is no neighbourhood: the département says as much, for less. */
const largestNeighbourhood = 800_000

export async function readSurroundings(tx: Tx, around: Around | null, within: string | null): Promise<Surroundings> {
  if (around === null) return { commune: [], epci: [] }
  const { rows } = await sql<{ code: string; own: boolean; population: number }>`
    select code, coalesce(parent_code = ${around.code}, false) as own, coalesce(population, 0) as population from territory.commune where parent_code = ${around.code}
    union all select code, false, coalesce(population, 0) from territory.commune where epci_code = ${around.epciCode} and parent_code is distinct from ${around.code}`.execute(
    tx,
  )
  const commune = [around.code, ...rows.filter(({ own }) => own).map(({ code }) => code)]
  const large = within !== 'epci' && rows.reduce((sum, { population }) => sum + population, 0) > largestNeighbourhood
  return { commune, epci: large ? [] : rows.map(({ code }) => code).filter((code) => !commune.includes(code)) }
}

/** Numbers that begin so are looked for no further. */
const numbersFound = 300

/** The parties that a typed number names, whole or by its beginning: telephone (of the national files, of a card or corrected), and unless `phoneOnly` RPPS, FINESS, SIRET. */
export async function partiesWithNumber(tx: Tx, number: string, { phoneOnly = false }: { readonly phoneOnly?: boolean } = {}): Promise<readonly string[]> {
  const within = (column: string, beginning: string): ReturnType<typeof sql> =>
    sql`${sql.ref(column)} collate "C" >= ${beginning} and ${sql.ref(column)} collate "C" < ${`${beginning}~`}`
  const one = (table: string, column: string, beginning: string): ReturnType<typeof sql> =>
    sql`(select party_id from ${sql.table(`directory.${table}`)} where ${sql.ref(column)} is not null and ${within(column, beginning)} limit ${numbersFound})`
  // The national identifier puts an 8 before the RPPS number.
  const rpps = /^8\d{11}$/.test(number) ? number.slice(1) : number.length <= 11 ? number : null
  const parts = [
    ...(number.length <= 10
      ? [
          one('practice', 'phone', number),
          one('practice', 'other_phone', number),
          one('structure', 'phone', number),
          one('structure', 'other_phone', number),
          one('outside_structure', 'phone', number),
          one('service', 'phone', number),
          one('local_card', 'phone', number),
          one('local_card', 'other_phone', number),
          sql`(select party_id from directory.correction where ended_at is null and field in ('phone', 'other_phone') and value ~>=~ ${number} and value ~<~ ${`${number}~`} limit 20)`,
        ]
      : []),
    ...(!phoneOnly && number.length <= 9 ? [one('structure', 'finess', number.toUpperCase())] : []),
    ...(phoneOnly || rpps === null ? [] : [one('professional', 'rpps', rpps)]),
    ...(!phoneOnly && number.length <= 14 ? [one('structure', 'siret', number), one('outside_structure', 'siret', number)] : []),
  ]
  if (parts.length === 0) return []
  const { rows } = await sql<{
    partyId: string
  }>`select distinct party_id as "partyId" from (${sql.join(parts, sql` union all `)}) named limit ${numbersFound}`.execute(tx)
  return rows.map(({ partyId }) => partyId)
}

/** What is spelt nearly like each word: names, communes; the nearest first. An empty word is asked nothing. */
export async function spellingsOf(tx: Tx, words: readonly string[]): Promise<readonly (readonly string[])[]> {
  if (words.every((word) => word === '')) return words.map(() => [])
  await sql`select set_config('pg_trgm.similarity_threshold', '0.27', true)`.execute(tx)
  const { rows } = await sql<{ position: number; lexeme: string; known: boolean }>`
    with asked as materialized (select word, place::int as position, exists (select from directory.name_word k where k.word >= w.word and k.word < w.word || '~') as known
      from unnest(${words}::text[]) with ordinality as w(word, place) where word <> '')
    select a.position, a.known, n.lexeme from asked a, lateral (
      (select n.word as lexeme from directory.name_word n where n.word % a.word order by similarity(n.word, a.word) desc, n.word limit 8)
      union all
      (select 'c:' || c.code from territory.commune c where c.search_key % a.word and c.in_force and similarity(c.search_key, a.word) > 0.45 order by similarity(c.search_key, a.word) desc, c.population desc nulls last limit 3)
    ) n`.execute(tx)
  // A name that is known is spelt well, unless nothing else is to blame.
  const blamed = rows.some(({ known }) => !known) ? rows.filter(({ known }) => !known) : rows
  return words.map((_, index) => blamed.filter(({ position }) => position === index + 1).map(({ lexeme }) => lexeme))
}

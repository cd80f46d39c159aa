import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'
import { searchKey } from '../../territory/contract/search-key.ts'
import { directoryFacets, facetCategory, facetLabel } from '../contract/facets.ts'
import { generalPracticeSkills, professions, roles } from '../contract/professions.ts'
import { tokensOfTrade } from '../contract/terms.ts'

/** What the derivation of entries needs from the lists of this version, as rows that SQL can join. */
const tradeRows = [
  ...Object.entries(professions).map(([code, trade]) => ({ system: 'profession', code, ...trade })),
  ...Object.entries(roles).map(([code, trade]) => ({ system: 'role', code, ...trade })),
].map(({ system, code, label, feminine, facet, category }) => ({ system, code, label, feminine, facet, category, words: tokensOfTrade(code).join(' ') }))
const facetRows = directoryFacets.map((facet) => ({ facet, label: facetLabel(facet), category: facetCategory(facet) }))
const facetTable = sql`jsonb_to_recordset(${JSON.stringify(facetRows)}::jsonb) as facet(facet text, label text, category text)`
const tradeTable = sql`jsonb_to_recordset(${JSON.stringify(tradeRows)}::jsonb) as trade(system text, code text, label text, feminine text, facet text, category text, words text)`

/** Of directory.entry, in the order in which all statements give them. */
export const entryColumns = [
  'party_id',
  'kind',
  'facet',
  'label',
  'detail',
  'place',
  'postal_code',
  'city',
  'commune_code',
  'phone',
  'rpps',
  'finess',
  'category',
  'latitude',
  'longitude',
  'sort_key',
  'words',
] as const
const columns = sql.raw(entryColumns.join(', '))
/** What an entry says, beside whose it is. */
const said = entryColumns.filter((column) => column !== 'party_id' && column !== 'kind')
const replacing = sql.raw(said.map((column) => `${column} = excluded.${column}`).join(', '))
const differs = sql.raw(`(${said.map((column) => `entry.${column}`).join(', ')}) is distinct from (${said.map((column) => `excluded.${column}`).join(', ')})`)

/** Text of words turned into the lexemes of the search; what is empty falls out. */
const lexemes = (text: ReturnType<typeof sql>): ReturnType<typeof sql> => sql`array_to_tsvector(array_remove(string_to_array(${text}, ' '), ''))`

/** What the directory knows of skills: their names, and whether the files of skills and of diplomas came in, so that professionals are found by them. */
export interface SkillRows {
  readonly skills: readonly { readonly code: string; readonly label: string }[]
  readonly held: boolean
}

/** The skills that the directory knows. */
export async function skillRows(tx: Tx): Promise<SkillRows> {
  const { rows } = await sql<{ code: string; label: string }>`select code, label from directory.nomenclature where system = 'skill'`.execute(tx)
  const { rows: held } = await sql<{
    any: boolean
  }>`select exists (select from directory.skill) or exists (select from directory.diploma) as any`.execute(tx)
  return { skills: rows, held: held[0]?.any ?? false }
}

/** Codes of the skills and diplomas of a professional beyond those of her practices: « q: » marks diplomas, whose codes are of another list. */
const heldSkills = sql`(select string_agg(distinct token, ' ') from (
  select 'm:' || k.skill as token from directory.skill k where k.party_id = l.party_id
  union all select 'q:' || translate(d.diploma, ' ', '_') from directory.diploma d where d.party_id = l.party_id
  union all select 'q:' || translate(d.authorisation, ' ', '_') from directory.diploma d where d.party_id = l.party_id) told)`

/**
 * The entries of the professionals whose practices are given as `p`: one each, placed where she practises as a liberal first, found by the words of all
 * her practices. One sort of the practices, whatever their number. This is the definition of a professional's card: `firstEntries` says the plain ones again
 * while a first extract is read, because deriving 1.4 million of them here took a third of that import.
 */
function professionalEntries({ skills, held }: SkillRows, practices: RawBuilder<unknown>, professionals = sql`directory.professional f`): RawBuilder<unknown> {
  return sql`
    with skills as materialized (select code, label from jsonb_to_recordset(${JSON.stringify(skills)}::jsonb) as s(code text, label text)),
    trades as materialized (
      select coalesce(t.system, n.system) as system, coalesce(t.code, n.code) as code, t.label, t.feminine, t.facet, t.category, coalesce(t.words, 'm:' || n.code) as words, n.label as told
      from (select * from ${tradeTable}) t full join (select * from directory.nomenclature where system in ('profession', 'role')) n on n.system = t.system and n.code = t.code),
    professions as materialized (select * from trades where system = 'profession'),
    roles as materialized (select * from trades where system = 'role'),
    places as materialized (select c.code, c.name, concat_ws(' ', 'c:' || c.code, 'd:' || c.department_code) as words from territory.commune c),
    lines as (
      select p.party_id, p.mode, p.genre, p.profession, p.role, p.site_name, p.postal_code, p.commune_code, p.phone, coalesce(c.name, p.city) as city,
        row_number() over (partition by p.party_id order by
          (case when p.mode = 'L' then 0 when p.mode is null then 48 else 24 end + case when p.genre is null then 0 when p.genre in ('GENR02', 'GENR03') then 16 else 8 end
            + case when p.commune_code is null then 4 else 0 end + case when p.phone is null then 2 else 0 end + case when s.label is null then 1 else 0 end), p.line_hash) as place,
        bool_or(p.profession = '10' and p.skill = any(${generalPracticeSkills}::text[])) over whole as gp,
        min(case when p.profession = '10' and not p.skill = any(${generalPracticeSkills}::text[]) then s.label end) over whole as skill_label,
        string_agg(concat_ws(' ', t.words, r.words, 'm:' || p.skill, coalesce(c.words, p.postal_code), case p.mode when 'L' then 'liberal' when 'S' then 'salarie' end,
          case when p.genre in ('GENR02', 'GENR03') then 'remplacant' end), ' ') over whole as words
      from ${practices}
      left join professions t on t.code = p.profession left join roles r on r.code = p.role left join skills s on s.code = p.skill left join places c on c.code = p.commune_code
      window whole as (partition by p.party_id)
    ), best as (
      select l.*, case when l.gp then 'gp' else coalesce(t.facet, r.facet, 'other_professional') end as facet,
        case when l.gp then 'Médecin généraliste' else coalesce(t.label, r.label, t.told, r.told, 'Professionnel') end as label,
        case when l.gp then 'Médecin généraliste' else coalesce(t.feminine, r.feminine, t.told, r.told, 'Professionnelle') end as feminine,
        coalesce(t.category, r.category, 'administrative') as category
      from lines l left join professions t on t.code = l.profession left join roles r on r.code = l.role where l.place = 1
    )
    select l.party_id, 'professional', l.facet,
      concat_ws(' ', case f.title when 'DR' then 'Dr' || chr(160) when 'PR' then 'Pr' || chr(160) else '' end || initcap(f.given_name), initcap(f.family_name)),
      concat_ws(' · ', concat_ws(' ', case when f.civility = 'MME' then l.feminine else l.label end,
          case when l.genre in ('GENR02', 'GENR03') then case when f.civility = 'MME' then 'remplaçante' else 'remplaçant' end
               when l.mode = 'L' then case when f.civility = 'MME' then 'libérale' else 'libéral' end
               when l.mode = 'S' then case when f.civility = 'MME' then 'salariée' else 'salarié' end
               when l.mode = 'B' then 'bénévole' end), case when not l.gp then l.skill_label end),
      case when l.mode = 'L' and l.site_name ilike 'cabinet%' then null else l.site_name end,
      l.postal_code, l.city, l.commune_code, l.phone, f.rpps, null, l.category, null::float8, null::float8, f.name_key,
      ${lexemes(sql`concat_ws(' ', f.name_key, case when f.title in ('DR', 'PR') or l.facet in ('gp', 'specialist') then 'dr' end, case f.title when 'PR' then 'pr' end,
        'k:' || l.facet, l.words, ${held ? heldSkills : sql`null`})`)}
    from best l join ${professionals} on f.party_id = l.party_id`
}

/** The professionals of a first import are shared between two connections by their ids. */
export type Half = 'low' | 'high'

const middle = sql`'80000000-0000-0000-0000-000000000000'::uuid`

/**
 * Gathers the entries of half the professionals of a first import, where nobody reads yet: of all, or of those of directory.staged_party, whom the reading
 * of the file left to the database.
 */
export function gatherFirstEntries(skills: SkillRows, half: Half, whose: 'all' | 'staged'): RawBuilder<unknown> {
  const [next, range] = [sql.table(`directory.entry_next_${half}`), half === 'low' ? sql`<` : sql`>=`]
  if (whose === 'all')
    return sql`insert into ${next} (${columns}) ${professionalEntries(skills, sql`(select * from directory.practice where party_id ${range} ${middle}) p`)}`
  // Each by the index: tables without statistics yet would be read whole.
  const rowsOf = (
    table: string,
  ): RawBuilder<unknown> => sql`(select held.* from (select distinct party_id from directory.staged_party where party_id ${range} ${middle}) a
    cross join lateral (select * from ${sql.table(`directory.${table}`)} one where one.party_id = a.party_id offset 0) held)`
  return sql`insert into ${next} (${columns}) ${professionalEntries(skills, sql`${rowsOf('practice')} p`, sql`${rowsOf('professional')} f`)}`
}

/** Takes away what the reading of the file gathered for professionals of whom it met other lines later. */
export function forgetFirstEntries(half: Half): RawBuilder<unknown> {
  return sql`delete from ${sql.table(`directory.entry_next_${half}`)} e using (select distinct party_id from directory.staged_party) a where e.party_id = a.party_id`
}

/**
 * Derives again the entries of the professionals of directory.staged_party from their practices. Those who have no practice left lose their entry.
 * Gives how many were written.
 */
export async function deriveProfessionalEntries(tx: Tx): Promise<number> {
  const practices = sql`(select p.* from directory.staged_party a join directory.practice p on p.party_id = a.party_id) p`
  const written = await sql`insert into directory.entry as entry (${columns}) ${professionalEntries(await skillRows(tx), practices)}
    on conflict (party_id, kind) do update set ${replacing} where ${differs}`.execute(tx)
  await sql`delete from directory.entry e using directory.staged_party a
    where e.party_id = a.party_id and e.kind = 'professional' and not exists (select from directory.practice p where p.party_id = a.party_id)`.execute(tx)
  await learnNames(tx)
  return Number(written.numAffectedRows ?? 0)
}

/** What places a row in the search: « s » is the row, its commune_code and postal_code. */
const placeWords = sql`coalesce('c:' || c.code, s.postal_code), 'd:' || c.department_code`
const placeJoin = sql`left join territory.commune c on c.code = s.commune_code`

/** The words of names that came with the entries of directory.staged_party, for those who misspell them. */
async function learnNames(tx: Tx): Promise<void> {
  await sql`insert into directory.name_word select distinct one from directory.staged_party a join directory.entry e on e.party_id = a.party_id, unnest(string_to_array(e.sort_key, ' ')) as one
    where length(one) > 2 and one !~ '[0-9]' on conflict do nothing`.execute(tx)
}

/** Derives again the entries of the structures of directory.staged_party; a closed site has none. */
export async function deriveStructureEntries(tx: Tx): Promise<number> {
  const written = await sql`
    insert into directory.entry as entry (${columns})
    with facets as materialized (select * from ${facetTable})
    select s.party_id, 'structure', s.kind, s.name, s.detail, case when s.legal_name is distinct from s.name then s.legal_name end, s.postal_code, coalesce(c.name, s.city), s.commune_code, s.phone, null, s.finess,
      coalesce(facets.category, 'administrative'), s.latitude, s.longitude, s.name_key,
      ${lexemes(sql`concat_ws(' ', s.name_key, s.search_words, 'k:' || s.kind, ${placeWords})`)}
    from directory.staged_party a join directory.structure s on s.party_id = a.party_id
    ${placeJoin} left join facets on facets.facet = s.kind
    where s.closed_on is null or s.closed_on > platform.today()
    on conflict (party_id, kind) do update set ${replacing} where ${differs}`.execute(tx)
  await sql`delete from directory.entry e using directory.staged_party a
    where e.party_id = a.party_id and e.kind = 'structure'
      and not exists (select from directory.structure s where s.party_id = a.party_id and (s.closed_on is null or s.closed_on > platform.today()))`.execute(tx)
  await learnNames(tx)
  return Number(written.numAffectedRows ?? 0)
}

/** Derives again the entries of the services of directory.staged_party: found by their themes (h:), publics (p:), and the words of their structure. */
export async function deriveServiceEntries(tx: Tx): Promise<number> {
  const written = await sql`
    insert into directory.entry as entry (${columns})
    select s.party_id, 'service', case s.source when 'social' then 'social_service' else 'other' end, s.name, coalesce(s.facts ->> 'detail', 'Offre de service'), owner.name, s.postal_code, coalesce(c.name, s.city), s.commune_code,
      s.phone, null, null, case s.source when 'social' then 'social' else 'health' end, s.latitude, s.longitude, s.name_key,
      ${lexemes(sql`concat_ws(' ', s.name_key, s.search_words, owner.name_key, (select string_agg('h:' || theme || ' h:' || split_part(theme, '--', 1), ' ') from unnest(s.themes) theme),
        (select string_agg('p:' || one, ' ') from unnest(s.publics) one), 'k:' || case s.source when 'social' then 'social_service' else 'other' end, ${placeWords})`)}
    from directory.staged_party a join directory.service s on s.party_id = a.party_id ${placeJoin}
    left join lateral (
      select coalesce(s.structure_name, o.name, f.name) as name, coalesce(o.name_key, f.name_key) as name_key
      from (select) as one left join directory.outside_structure o on o.party_id = s.structure_id left join directory.structure f on f.party_id = s.structure_id
    ) owner on true
    on conflict (party_id, kind) do update set ${replacing} where ${differs}`.execute(tx)
  await sql`delete from directory.entry e using directory.staged_party a
    where e.party_id = a.party_id and e.kind = 'service' and not exists (select from directory.service s where s.party_id = a.party_id)`.execute(tx)
  await learnNames(tx)
  return Number(written.numAffectedRows ?? 0)
}

/** Derives again the entries of the structures of directory.staged_party that only data·inclusion or the ROR has. */
export async function deriveOutsideStructureEntries(tx: Tx): Promise<number> {
  const written = await sql`
    insert into directory.entry as entry (${columns})
    with facets as materialized (select * from ${facetTable})
    select s.party_id, 'structure', s.kind, s.name, s.detail, null, s.postal_code, coalesce(c.name, s.city), s.commune_code, s.phone, null, null, coalesce(facets.category, 'administrative'), s.latitude, s.longitude, s.name_key,
      ${lexemes(sql`concat_ws(' ', s.name_key, s.search_words, 'k:' || s.kind, ${placeWords})`)}
    from directory.staged_party a join directory.outside_structure s on s.party_id = a.party_id ${placeJoin} left join facets on facets.facet = s.kind
    where s.twin_id is null
    on conflict (party_id, kind) do update set ${replacing} where ${differs}`.execute(tx)
  await sql`delete from directory.entry e using directory.staged_party a
    where e.party_id = a.party_id and e.kind = 'structure' and not exists (select from directory.structure s where s.party_id = a.party_id)
      and not exists (select from directory.outside_structure o where o.party_id = a.party_id and o.twin_id is null)`.execute(tx)
  await learnNames(tx)
  return Number(written.numAffectedRows ?? 0)
}

/** True if the directory shows something under this id. */
export async function isListed(tx: Tx, partyId: string): Promise<boolean> {
  const { rows } = await sql`select from directory.entry where party_id = ${partyId}`.execute(tx)
  return rows.length > 0
}

/** Derives again the entry of one local card; an ended card has none. */
export async function deriveLocalEntry(tx: Tx, partyId: string): Promise<void> {
  const { rows } = await sql<{
    name: string
    role: string | null
    structure_name: string | null
  }>`select name, role, structure_name from directory.local_card where party_id = ${partyId} and ended_at is null`.execute(tx)
  const [card] = rows
  if (card === undefined) {
    await sql`delete from directory.entry where party_id = ${partyId}`.execute(tx)
    return
  }
  const nameKey = searchKey(card.name)
  const words = searchKey(`${card.role ?? ''} ${card.structure_name ?? ''}`)
  await sql`
    insert into directory.entry as entry (${columns})
    select l.party_id, 'local', l.kind, l.name, coalesce(l.role, facet.label), l.structure_name, coalesce(l.postal_code, c.postal_codes[1]), c.name, l.commune_code, l.phone, null, null, coalesce(l.category, facet.category, 'administrative'),
      null::float8, null::float8, ${nameKey},
      ${lexemes(sql`concat_ws(' ', ${nameKey}::text, ${words}::text, 'k:' || l.kind, coalesce('c:' || c.code, l.postal_code), 'd:' || c.department_code)`)}
    from directory.local_card l left join territory.commune c on c.code = l.commune_code
    left join ${facetTable} on facet.facet = l.kind
    where l.party_id = ${partyId}
    on conflict (party_id, kind) do update set ${replacing}`.execute(tx)
  await sql`insert into directory.name_word select one from unnest(string_to_array(${nameKey}, ' ')) as one where length(one) > 2 and one !~ '[0-9]' on conflict do nothing`.execute(
    tx,
  )
}

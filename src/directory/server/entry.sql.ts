import { sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'
import { searchKey } from '../../territory/contract/search-key.ts'
import { directoryFacets, facetCategory, facetLabel, facetWords } from '../contract/facets.ts'
import { generalPracticeSkills, professions, roles, specialistWords } from '../contract/professions.ts'

/** What the derivation of entries needs from the lists of this version, as rows that SQL can join. */
const tradeRows = [
  ...Object.entries(professions).map(([code, trade]) => ({ system: 'profession', code, ...trade })),
  ...Object.entries(roles).map(([code, trade]) => ({ system: 'role', code, ...trade })),
].map(({ system, code, label, feminine, facet, category }) => ({ system, code, label, feminine, facet, category, words: searchKey(label) }))
const facetRows = directoryFacets.map((facet) => ({ facet, label: facetLabel(facet), category: facetCategory(facet), words: searchKey(facetWords(facet)) }))
const facetTable = sql`jsonb_to_recordset(${JSON.stringify(facetRows)}::jsonb) as facet(facet text, label text, category text, words text)`
const tradeTable = sql`jsonb_to_recordset(${JSON.stringify(tradeRows)}::jsonb) as trade(system text, code text, label text, feminine text, facet text, category text, words text)`

/** Départements by code with their names as searched: « kiné vosges », « martin haute-marne ». */
const departmentTable = sql`(select code, regexp_replace(lower(unaccent(name)), '[^a-z0-9]+', ' ', 'g') as words from territory.department) as department`

const columns = sql.raw(
  'party_id, kind, facet, label, detail, place, postal_code, city, commune_code, phone, rpps, finess, category, latitude, longitude, sort_key, words',
)
const replacing = sql.raw(
  [
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
  ]
    .map((column) => `${column} = excluded.${column}`)
    .join(', '),
)
const differs =
  sql.raw(`(entry.facet, entry.label, entry.detail, entry.place, entry.postal_code, entry.city, entry.commune_code, entry.phone, entry.category, entry.latitude, entry.longitude, entry.sort_key, entry.words)
  is distinct from (excluded.facet, excluded.label, excluded.detail, excluded.place, excluded.postal_code, excluded.city, excluded.commune_code, excluded.phone, excluded.category, excluded.latitude, excluded.longitude, excluded.sort_key, excluded.words)`)

/** Text of words turned into the lexemes of the search; what is empty falls out. */
const lexemes = (text: ReturnType<typeof sql>): ReturnType<typeof sql> => sql`array_to_tsvector(array_remove(string_to_array(${text}, ' '), ''))`

/** The skills that the directory knows, with the words that find them. */
async function skillRows(tx: Tx): Promise<readonly { code: string; label: string; words: string }[]> {
  const { rows } = await sql<{ code: string; label: string }>`select code, label from directory.nomenclature where system = 'skill'`.execute(tx)
  return rows.map(({ code, label }) => ({ code, label, words: `${searchKey(label)} ${specialistWords[code] ?? ''}`.trim() }))
}

/**
 * Derives again the entries of the professionals of directory.staged_party from their practices: one entry each, placed where she practises as a
 * liberal first. Those who have no practice left lose their entry. Gives how many were written. `bulk` makes the search indexes afterwards, if
 * there was nothing to search in yet.
 */
export async function deriveProfessionalEntries(tx: Tx, bulk = false): Promise<number> {
  if (bulk) await sql`select directory.set_search_indexes(false)`.execute(tx)
  const skills = await skillRows(tx)
  const written = await sql`
    insert into directory.entry as entry (${columns})
    with skills as materialized (select code, label, words from jsonb_to_recordset(${JSON.stringify(skills)}::jsonb) as s(code text, label text, words text)),
    trades as materialized (select * from ${tradeTable}),
    facets as materialized (select * from ${facetTable}),
    lines as (
      select p.party_id, p.mode, p.genre, p.skill, p.site_name, p.postal_code, p.commune_code, p.phone,
        coalesce(c.name, p.city) as city,
        case when p.profession = '10' and p.skill = any(${generalPracticeSkills}::text[]) then 'gp' else coalesce(t.facet, r.facet, 'other_professional') end as facet,
        case when p.profession = '10' and p.skill = any(${generalPracticeSkills}::text[]) then 'Médecin généraliste' else coalesce(t.label, r.label, np.label, nr.label, 'Professionnel') end as label,
        case when p.profession = '10' and p.skill = any(${generalPracticeSkills}::text[]) then 'Médecin généraliste' else coalesce(t.feminine, r.feminine, np.label, nr.label, 'Professionnelle') end as feminine,
        coalesce(t.category, r.category, 'administrative') as category,
        case when p.profession is distinct from '10' or p.skill = any(${generalPracticeSkills}::text[]) then null else s.label end as skill_label,
        concat_ws(' ', t.words, r.words, s.words, c.search_key, department.words, p.postal_code, 'c:' || c.code, 'c:' || c.parent_code, 'e:' || c.epci_code, 'd:' || c.department_code, 't' || p.phone, 't' || p.other_phone,
          case p.mode when 'L' then 'liberal' when 'S' then 'salarie' end,
          case when p.genre in ('GENR02', 'GENR03') then 'remplacant' end) as words,
        row_number() over (partition by p.party_id order by p.mode = 'L' desc nulls last, p.genre in ('GENR02', 'GENR03') nulls first, p.commune_code is not null desc, p.phone is not null desc, s.label is not null desc, p.line_hash) as place
      from directory.staged_party a join directory.practice p on p.party_id = a.party_id
      left join trades t on t.system = 'profession' and t.code = p.profession
      left join trades r on r.system = 'role' and r.code = p.role
      left join directory.nomenclature np on np.system = 'profession' and np.code = p.profession and t.code is null
      left join directory.nomenclature nr on nr.system = 'role' and nr.code = p.role and r.code is null
      left join skills s on s.code = p.skill
      left join territory.commune c on c.code = p.commune_code left join ${departmentTable} on department.code = c.department_code
    ), words as (
      select party_id, string_agg(words, ' ') as words, bool_or(facet = 'gp') as gp, min(skill_label) as skill_label from lines group by party_id
    )
    select f.party_id, 'professional', case when w.gp then 'gp' else l.facet end,
      concat_ws(' ', case f.title when 'DR' then 'Dr' || chr(160) when 'PR' then 'Pr' || chr(160) else '' end || initcap(f.given_name), initcap(f.family_name)),
      concat_ws(' · ', concat_ws(' ', case when w.gp then 'Médecin généraliste' when f.civility = 'MME' then l.feminine else l.label end,
          case when l.genre in ('GENR02', 'GENR03') then case when f.civility = 'MME' then 'remplaçante' else 'remplaçant' end
               when l.mode = 'L' then case when f.civility = 'MME' then 'libérale' else 'libéral' end
               when l.mode = 'S' then case when f.civility = 'MME' then 'salariée' else 'salarié' end
               when l.mode = 'B' then 'bénévole' end), case when not w.gp then w.skill_label end),
      case when l.mode = 'L' and l.site_name ilike 'cabinet%' then null else l.site_name end,
      l.postal_code, l.city, l.commune_code, l.phone, f.rpps, null, l.category, null::float8, null::float8, f.name_key,
      ${lexemes(sql`concat_ws(' ', f.name_key, 'r' || f.rpps, case when f.title in ('DR', 'PR') or l.facet in ('gp', 'specialist') then 'dr' end, case f.title when 'PR' then 'pr' end,
        facets.words, 'k:' || case when w.gp then 'gp' else l.facet end, w.words)`)}
    from directory.staged_party a join directory.professional f on f.party_id = a.party_id
    join lines l on l.party_id = f.party_id and l.place = 1
    join words w on w.party_id = f.party_id
    left join facets on facets.facet = case when w.gp then 'gp' else l.facet end
    on conflict (party_id) do update set ${replacing} where ${differs}`.execute(tx)
  await sql`delete from directory.entry e using directory.staged_party a
    where e.party_id = a.party_id and e.kind = 'professional' and not exists (select from directory.practice p where p.party_id = a.party_id)`.execute(tx)
  if (bulk) await sql`select directory.set_search_indexes(true)`.execute(tx)
  return Number(written.numAffectedRows ?? 0)
}

/** Derives again the entries of the structures of directory.staged_party; a closed site has none. */
export async function deriveStructureEntries(tx: Tx): Promise<number> {
  const written = await sql`
    insert into directory.entry as entry (${columns})
    with facets as materialized (select * from ${facetTable})
    select s.party_id, 'structure', s.kind, s.name, s.detail, case when s.legal_name is distinct from s.name then s.legal_name end, s.postal_code, coalesce(c.name, s.city), s.commune_code, s.phone, null, s.finess,
      coalesce(facets.category, 'administrative'), s.latitude, s.longitude, s.name_key,
      ${lexemes(sql`concat_ws(' ', s.name_key, s.search_words, 'f' || lower(s.finess), facets.words, 'k:' || s.kind, c.search_key, department.words, s.postal_code, 'c:' || c.code, 'c:' || c.parent_code, 'e:' || c.epci_code, 'd:' || c.department_code,
        't' || s.phone, 't' || s.other_phone)`)}
    from directory.staged_party a join directory.structure s on s.party_id = a.party_id
    left join territory.commune c on c.code = s.commune_code left join ${departmentTable} on department.code = c.department_code left join facets on facets.facet = s.kind
    where s.closed_on is null or s.closed_on > platform.today()
    on conflict (party_id) do update set ${replacing} where ${differs}`.execute(tx)
  await sql`delete from directory.entry e using directory.staged_party a
    where e.party_id = a.party_id and e.kind = 'structure'
      and not exists (select from directory.structure s where s.party_id = a.party_id and (s.closed_on is null or s.closed_on > platform.today()))`.execute(tx)
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
      ${lexemes(sql`concat_ws(' ', ${nameKey}::text, ${words}::text, facet.words, 'k:' || l.kind, c.search_key, department.words, c.postal_codes[1], 'c:' || c.code, 'c:' || c.parent_code, 'e:' || c.epci_code, 'd:' || c.department_code,
        't' || l.phone, 't' || l.other_phone)`)}
    from directory.local_card l left join territory.commune c on c.code = l.commune_code left join ${departmentTable} on department.code = c.department_code
    left join ${facetTable} on facet.facet = l.kind
    where l.party_id = ${partyId}
    on conflict (party_id) do update set ${replacing}`.execute(tx)
}

import { sql } from 'kysely'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { ImportSource } from '../contract/import-sources.ts'
import type { directoryCard } from '../contract/queries.ts'

type Card = OutputOf<typeof directoryCard>
type Practice = Card['practices'][number]

/** The situations d’exercice of a professional, one per place, the liberal ones first. */
export async function practicesOf(tx: Tx, partyId: string): Promise<readonly Practice[]> {
  const { rows } = await sql<Practice>`
    with labelled as (
      select p.*, r.label as role_label, s.label as sector_label, coalesce(c.name, p.city) as place_city, structure.party_id as structure_id
      from directory.practice p
      left join directory.nomenclature r on r.system = 'role' and r.code = p.role
      left join directory.nomenclature s on s.system = 'sector' and s.code = p.sector
      left join territory.commune c on c.code = p.commune_code
      left join directory.structure structure on structure.party_id = territory.party_id('finess:' || p.finess)
      where p.party_id = ${partyId}
    )
    select concat_ws(' · ', case mode when 'L' then 'Libéral' when 'S' then 'Salarié' when 'B' then 'Bénévole' end, case when genre in ('GENR02', 'GENR03') then 'remplacement' end, role_label, sector_label) as detail,
      site_name as place, structure_id as "structureId", address, postal_code as "postalCode", place_city as city, array_remove(array[phone, other_phone], null) as phones, email
    from labelled group by mode, genre, role_label, sector_label, site_name, structure_id, address, postal_code, place_city, phone, other_phone, email
    order by mode = 'L' desc nulls last, place_city, address`.execute(tx)
  return rows
}

/** The skills and diplomas of a professional, each once, told by the file that knows most of it, with the day of that file. */
export async function skillsOf(tx: Tx, partyId: string): Promise<Card['skills']> {
  const { rows } = await sql<Card['skills'][number]>`
    with told as (
      select 'skill' as kind, p.skill as code, 'skill' as system, 'rpps' as source, 1 as place from directory.practice p where p.party_id = ${partyId}
      union all select 'skill', k.skill, 'skill', 'skills', 2 from directory.skill k where k.party_id = ${partyId}
      union all select 'diploma', d.diploma, 'diploma', 'diplomas', 3 from directory.diploma d where d.party_id = ${partyId}
      union all select 'authorisation', d.authorisation, 'authorisation', 'diplomas', 4 from directory.diploma d where d.party_id = ${partyId}),
    named as (
      select distinct on (n.label) n.label, t.kind, t.source, t.place from told t join directory.nomenclature n on n.system = t.system and n.code = t.code order by n.label, t.place)
    select n.label, n.kind, n.source, s.edition::text as edition from named n left join directory.source s on s.code = n.source order by n.kind = 'skill' desc, n.kind = 'diploma' desc, n.label`.execute(
    tx,
  )
  return rows
}

export interface StructureCard {
  readonly legalName: string | null
  readonly openedOn: string | null
  readonly professionals: number
  readonly siret: string | null
  readonly practice: Practice
}

/** A structure as FINESS tells it, with how many professionals say that they practise there. */
export async function structureOf(tx: Tx, partyId: string): Promise<StructureCard | null> {
  const { rows } = await sql<StructureCard>`
    select s.legal_name as "legalName", s.opened_on as "openedOn", s.siret, (select count(distinct p.party_id)::int from directory.practice p where p.finess = s.finess) as professionals,
      jsonb_build_object('detail', s.detail, 'place', s.long_name, 'structureId', null, 'address', s.address, 'postalCode', s.postal_code, 'city', coalesce(c.name, s.city),
        'phones', to_jsonb(array_remove(array[s.phone, s.other_phone], null)), 'email', s.email) as practice
    from directory.structure s left join territory.commune c on c.code = s.commune_code where s.party_id = ${partyId}`.execute(tx)
  return rows[0] ?? null
}

/** A local card with who keeps it. */
export async function localCardOf(tx: Tx, partyId: string): Promise<NonNullable<Card['local']> | null> {
  const { rows } = await sql<NonNullable<Card['local']>>`
    select l.role, l.note, l.other_phone as "otherPhone", l.email, l.address, coalesce(u.given_name || ' ' || u.family_name, '') as "authorName", s.name as "serviceName", s.id as "serviceId",
      l.confirmed_on as "confirmedOn", l.version
    from directory.local_card l left join territory.user_account u on u.id = l.created_by left join territory.service s on s.id = l.created_by_service
    where l.party_id = ${partyId} and l.ended_at is null`.execute(tx)
  return rows[0] ?? null
}

/** The editions of the national directories, and how many entries there are. */
export async function readSources(tx: Tx): Promise<{
  sources: { code: ImportSource; edition: string | null; importedAt: string }[]
  professionals: number
  structures: number
  localCards: number
}> {
  const { rows } = await sql<{
    code: ImportSource
    edition: string | null
    importedAt: string
  }>`select code, edition, imported_at as "importedAt" from directory.source order by code desc`.execute(tx)
  // Counting a million rows would cost more than the page that shows them: the end of each import has counted.
  const counts = await sql<{ professionals: number; structures: number; localCards: number }>`
    select coalesce((select cards from directory.source where code = 'rpps'), 0) as professionals,
      coalesce((select cards from directory.source where code = 'finess'), 0) as structures,
      (select count(*)::int from directory.local_card where ended_at is null) as "localCards"`.execute(tx)
  return { sources: rows, ...(counts.rows[0] ?? { professionals: 0, structures: 0, localCards: 0 }) }
}

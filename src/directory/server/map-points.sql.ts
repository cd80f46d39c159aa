import { sql } from 'kysely'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { Tx } from '../../platform/server/db.ts'
import { mapPointCap, type mapPoints } from '../contract/map-points.ts'

type Row = OutputOf<typeof mapPoints>['rows'][number]

/**
 * Structures of the départements of the region, and the services of territory that no structure stands for (same FINESS number). A service whose
 * first day is to come is a project; so is a CPTS that has not signed yet. One row more than the cap tells that there are others.
 */
export async function readMapPoints(tx: Tx, facets: readonly string[], day: string): Promise<readonly Row[]> {
  const kinds = facets.map((facet) => `'k:${facet}'`).join(' | ')
  const { rows } = await sql<Row>`
    with departments as materialized (
      select distinct code from (select unnest(announced_departments) as code from territory.service where kind = 'dac'
        union all select k.department_code from territory.perimeter p join territory.commune k on k.code = p.commune_code) known),
    services as (
      select s.id, s.kind, s.name, s.finess, s.phone, s.cpts_status, c.name as city, coalesce(e.latitude, c.latitude) as latitude, coalesce(e.longitude, c.longitude) as longitude, e.party_id,
        (s.starts_on > ${day}::date or (s.kind = 'cpts' and coalesce(s.cpts_status, 'contract_signed') <> 'contract_signed')) is true as planned
      from territory.service s left join territory.commune c on c.code = s.commune_code
        left join directory.entry e on e.kind = 'structure' and s.finess is not null and e.party_id = territory.party_id('finess:' || s.finess)
      where s.kind = any(${facets}::text[]) and (s.ends_on is null or s.ends_on >= ${day}::date))
    select id::text, party_id as "partyId", kind as facet, name as label, city, phone, latitude, longitude, cpts_status as status, planned from services where latitude is not null
    union all
    select e.party_id::text, e.party_id, e.facet, e.label, e.city, e.phone, coalesce(e.latitude, c.latitude), coalesce(e.longitude, c.longitude), null, false
    from directory.entry e left join territory.commune c on c.code = e.commune_code
    where e.kind in ('structure', 'local', 'service') and e.words @@ ('(' || ${kinds} || ') & (' || (select string_agg('''d:' || code || '''', ' | ') from departments) || ')')::tsquery
      and e.facet = any(${facets}::text[]) and coalesce(e.latitude, c.latitude) is not null
      and not exists (select from services s where s.party_id = e.party_id)
    order by 3, 4 limit ${mapPointCap + 1}`.execute(tx)
  return rows
}

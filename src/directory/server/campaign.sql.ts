import { sql } from 'kysely'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { campaign } from '../contract/own-words.ts'

type Row = OutputOf<typeof campaign>['rows'][number]

export interface CampaignFilter {
  readonly facets: readonly string[]
  readonly asked: 'any' | 'never' | 'notSince' | 'since'
  readonly since: string | null
  readonly tag: string | null
  readonly departmentCode: string | null
  readonly limit: number
  /** Name key and id of the last row seen. */
  readonly after: readonly [string, string] | null
}

/** What a campaign can be kept to: the labels that the service gives, the most frequent first, and the départements of its perimeter. */
export async function readCampaignChoices(tx: Tx, day: string): Promise<Pick<OutputOf<typeof campaign>, 'tags' | 'departments'>> {
  const { rows } = await sql<Pick<OutputOf<typeof campaign>, 'tags' | 'departments'>>`
    select coalesce((select jsonb_agg(jsonb_build_object('tag', tag, 'count', n) order by n desc, tag) from (
        select tag, count(*)::int as n from directory.party_relation r, unnest(r.tags) as tag where r.service_id = (select platform.actor_service()) and not r.no_campaign group by tag order by n desc, tag limit 40) t), '[]') as tags,
      coalesce((select jsonb_agg(jsonb_build_object('code', d.code, 'name', d.name) order by d.code) from territory.department d where d.code in (
        select c.department_code from territory.perimeter p join territory.commune c on c.code = p.commune_code
        where p.service_id = (select platform.actor_service()) and daterange(p.starts_on, p.ends_on, '[)') @> ${day}::date)), '[]') as departments`.execute(tx)
  return rows[0] ?? { tags: [], departments: [] }
}

/**
 * Partners who have their main place in the perimeter of the service of whoever asks, with what they asked of it. Those who do not want to be
 * written to are counted and left out. One row more than asked tells that there is a next page.
 */
export async function readCampaign(
  tx: Tx,
  filter: CampaignFilter,
  day: string,
): Promise<{ readonly rows: readonly (Row & { readonly key: string })[]; readonly total: number; readonly optedOut: number }> {
  const wanted = filter.facets.map((facet) => `'k:${facet}'`).join(' | ')
  const asked = {
    any: sql`true`,
    never: sql`requests = 0`,
    notSince: sql`("lastRequestAt" is null or "lastRequestAt" < ${filter.since}::date)`,
    since: sql`"lastRequestAt" >= ${filter.since}::date`,
  }[filter.asked]
  const after = filter.after === null ? sql`true` : sql`(key, "partyId") > (${filter.after[0]}::text collate "C", ${filter.after[1]}::uuid)`
  const { rows } = await sql<Row & { key: string; noCampaign: boolean; total: number; optedOut: number }>`
    with perimeter as materialized (
      select p.commune_code, c.department_code from territory.perimeter p join territory.commune c on c.code = p.commune_code
      where p.service_id = (select platform.actor_service()) and daterange(p.starts_on, p.ends_on, '[)') @> ${day}::date and (${filter.departmentCode}::text is null or c.department_code = ${filter.departmentCode})),
    departments as materialized (select coalesce(string_agg(distinct '''d:' || department_code || '''', ' | '), '''none''') as query from perimeter),
    exchanged as materialized (select party_id, count(*)::int as requests, max(at) as last_at from reporting.party_exchange where kind = 'request' group by party_id),
    found as (
      select e.party_id as "partyId", e.label, e.detail, e.place, e.postal_code as "postalCode", e.city, e.sort_key as key, coalesce(k.value, e.phone) as phone,
        coalesce(x.requests, 0) as requests, x.last_at as "lastRequestAt", coalesce(r.tags, '{}') as tags, r.prefers, coalesce(r.no_campaign, false) as "noCampaign"
      from directory.entry e join perimeter on perimeter.commune_code = e.commune_code
      left join exchanged x on x.party_id = e.party_id
      left join directory.party_relation r on r.party_id = e.party_id and r.service_id = (select platform.actor_service())
      left join directory.correction k on k.party_id = e.party_id and k.field = 'phone' and k.ended_at is null
      where e.words @@ ('(' || ${wanted} || ') & (' || (select query from departments) || ')')::tsquery and e.facet = any(${filter.facets}::text[])),
    kept as materialized (select * from found where ${asked} and (${filter.tag}::text is null or ${filter.tag} = any(tags)))
    select kept.*, (select count(*)::int from kept where not "noCampaign") as total, (select count(*)::int from kept where "noCampaign") as "optedOut",
      coalesce((select value from directory.correction c where c.party_id = kept."partyId" and c.field = 'email' and c.ended_at is null), local.email, structure.email, near.email) as email,
      coalesce((select value from directory.correction c where c.party_id = kept."partyId" and c.field = 'address' and c.ended_at is null), local.address, structure.address, near.address) as address
    from kept left join directory.local_card local on local.party_id = kept."partyId" left join directory.structure structure on structure.party_id = kept."partyId"
    left join lateral (select p.email, p.address from directory.practice p where p.party_id = kept."partyId" order by p.mode = 'L' desc nulls last, p.email is null, p.line_hash limit 1) near on true
    where not "noCampaign" and ${after} order by key, "partyId" limit ${filter.limit + 1}`.execute(tx)
  return {
    rows: rows.map(({ noCampaign: _noCampaign, total: _total, optedOut: _optedOut, ...row }) => row),
    total: rows[0]?.total ?? 0,
    optedOut: rows[0]?.optedOut ?? 0,
  }
}

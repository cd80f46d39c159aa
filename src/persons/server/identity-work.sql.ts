import { sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'
import type { IdentityWork, IdentityWorkRow } from '../contract/identity-queries.ts'
import type { StrictTrait } from '../contract/identity-status.ts'
import { personNameJson } from './person.sql.ts'

export interface WorkFound {
  readonly rows: readonly (Omit<IdentityWorkRow, 'missing'> & { readonly missing: readonly StrictTrait[] })[]
  readonly total: number
  readonly counts: readonly { readonly work: IdentityWork; readonly count: number }[]
}

/**
 * Identities of a service's own files that need somebody, the gravest first; from its sights, never from all persons. Counts are those of every kind,
 * whatever the filter. Merged identities are left to the one they were merged into; the dead only when their INS is contested or doubtful.
 */
export async function selectIdentityWork(
  tx: Tx,
  serviceId: string,
  wanted: { readonly work: IdentityWork | null; readonly accompaniedOnly: boolean; readonly limit: number },
): Promise<WorkFound> {
  const { rows } = await sql<{ found: WorkFound }>`
    with mine as (
      select s.person_id, bool_or(s.basis = 'dac_in_charge') as accompanied from persons.sight s
      where s.party_id = ${serviceId} and s.basis in ('dac_in_charge', 'request') and s.suspended_at is null and s.starts_at <= platform.clock()
        and (s.ends_at is null or s.ends_at > platform.clock())
        and not exists (select from persons.alias a where a.person_id = s.person_id and a.ends_at is null)
      group by s.person_id having bool_or(s.basis = 'dac_in_charge') or not ${wanted.accompaniedOnly}
    ), facts as (
      select p.person_id, p.identity_status, p.search_key, p.deceased_on, m.accompanied, p.ins_contested_at, p.ins_retrieved_at, p.identity_checked_at, p.identity_attributes, c.state, c.decision,
        c.answered_at,
        array_remove(array[case when p.birth_name is null then 'birthName' end, case when p.birth_given_names = '{}' then 'birthGivenNames' end,
          case when p.birth_date is null or p.birth_date_approximate then 'birthDate' end, case when p.sex is null or p.sex = 'I' then 'sex' end,
          case when p.birth_place_code is null then 'birthPlaceCode' end], null) as missing
      from mine m join persons.person p using (person_id)
      left join lateral (select state, decision, answered_at from persons.insi_call i where i.person_id = p.person_id and i.state <> 'waiting' order by asked_at desc, id desc limit 1) c on true
    ), listed as (
      select f.*, coalesce(f.ins_contested_at, case when f.ins_retrieved_at is null then f.answered_at end, f.ins_retrieved_at, f.identity_checked_at) as since,
        array_remove(array[
          case when f.ins_contested_at is not null then 'contested' end,
          case when f.state = 'found' and f.decision is null then 'answer' end,
          case when 'doubtful' = any (f.identity_attributes) then 'doubtful' end,
          case when f.ins_retrieved_at is null and f.state in ('none', 'several', 'refused', 'unreachable') then 'several' end,
          case when f.ins_retrieved_at is not null and f.identity_checked_at is null then 'document' end,
          case when f.ins_retrieved_at is null and f.identity_checked_at is not null and f.missing = '{}' then 'ins' end,
          case when f.missing <> '{}' then 'incomplete' end,
          case when 'fictitious' = any (f.identity_attributes) then 'fictitious' end], null) as works
      from facts f
    ), due as (select * from listed where works <> '{}' and (deceased_on is null or works && '{contested,doubtful}')
    ), shown as (select * from due where ${wanted.work}::text is null or ${wanted.work} = any (works)
    ), page as (
      select * from shown order by array_position('{contested,answer,doubtful,several,document,ins,incomplete,fictitious}'::text[], works[1]), accompanied desc, since nulls last, search_key limit ${wanted.limit}
    )
    select jsonb_build_object('total', (select count(*) from shown),
      'counts', coalesce((select jsonb_agg(jsonb_build_object('work', work, 'count', n)) from (select work, count(*) as n from due, unnest(works) work group by work) k), '[]'),
      'rows', coalesce((select jsonb_agg(jsonb_build_object('person', ${personNameJson('g.person_id')}, 'works', g.works, 'missing', g.missing, 'identityStatus', g.identity_status,
          'since', g.since, 'accompanied', g.accompanied)
        order by array_position('{contested,answer,doubtful,several,document,ins,incomplete,fictitious}'::text[], g.works[1]), g.accompanied desc, g.since nulls last, g.search_key) from page g), '[]')) as found`.execute(
    tx,
  )
  return rows[0]?.found ?? { rows: [], total: 0, counts: [] }
}

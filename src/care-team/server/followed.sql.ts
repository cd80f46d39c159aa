import { sql } from 'kysely'
import { personNameJson } from '../../persons/server/api.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { FollowedPatient } from '../contract/queries.ts'

/** Sights of the actor's own parties, one line per person; the table is keyed by the party: nothing is scanned beyond her patients. */
const mine = sql`select s.person_id, min(s.starts_at) as since, (array_agg(s.basis order by s.basis))[1] as basis
  from persons.sight s where s.party_id = any (platform.actor_parties()) and s.basis in ('care_team', 'consent') and s.suspended_at is null
    and s.starts_at <= platform.clock() and (s.ends_at is null or s.ends_at > platform.clock()) group by s.person_id`

/**
 * The persons whom the actor follows, the last changed first, in one statement; one more than asked tells that there are others. The page is chosen before
 * anything is read of a circle: her own line, her roles and the référent come from one reading of it, for the persons of the page alone.
 */
export async function selectFollowed(tx: Tx, limit: number, cursor: string | null): Promise<readonly (FollowedPatient & { readonly position: string })[]> {
  const after = /^(\d{4}-\d{2}-\d{2} [\d:.]+[+-]\d{2}(?::\d{2})?)~([0-9a-f-]{36})$/.exec(cursor ?? '')
  const { rows } = await sql<FollowedPatient & { position: string }>`
    with mine as (${mine}), opened as materialized (select person_id, opened_at from persons.recently_opened(300)),
    dated as (
      select m.*, o.opened_at, l.at as last_at, l.title, l.volet, l.author_name, coalesce(l.at, m.since) as moved_at
      from mine m left join opened o on o.person_id = m.person_id
      left join lateral (select t.at, t.title, t.volet, t.author_name from persons.timeline_item t where t.person_id = m.person_id order by t.at desc, t.id desc limit 1) l on true),
    page as (
      select d.* from dated d join persons.person known on known.person_id = d.person_id
      where ${after === null ? sql`true` : sql`(d.moved_at, d.person_id) < (${after[1]}::timestamptz, ${after[2]}::uuid)`}
      order by d.moved_at desc, d.person_id desc limit ${limit + 1})
    select ${personNameJson('d.person_id')} as person, d.since, d.basis, d.opened_at as "openedAt", d.moved_at::text || '~' || d.person_id as position,
      circle."memberId", coalesce(circle.roles, '{}') as roles, circle.referent,
      array(select v.name from unnest(persons.in_charge_of(d.person_id)) p(id) join territory.service v on v.id = p.id order by v.name) as services,
      (select count(*)::int from (select 1 from persons.timeline_item t where t.person_id = d.person_id and t.at > coalesce(d.opened_at, d.since)
        and t.author_id is distinct from platform.actor_id() limit 50) n) as changes,
      case when d.last_at is not null then jsonb_build_object('title', d.title, 'at', d.last_at, 'volet', d.volet, 'authorName', d.author_name) end as last
    from page d cross join lateral (
      select (array_agg(c.id order by c.created_at) filter (where c.hers))[1] as "memberId",
        array_agg(r.role order by r.starts_on) filter (where c.hers and r.role is not null) as roles,
        (array_agg(jsonb_build_object('name', c.name, 'phone', c.phone) order by r.starts_on desc) filter (where r.role = 'referent'))[1] as referent
      from (select m.id, m.name, m.phone, m.created_at, coalesce(m.party_id = any ((select platform.actor_parties())::uuid[]), false) as hers
        from care_team.member m where m.person_id = d.person_id) c
      left join care_team.role r on r.member_id = c.id and r.ends_on is null and (c.hers or r.role = 'referent')) circle
    order by d.moved_at desc, d.person_id desc`.execute(tx)
  return rows
}

export async function countFollowed(tx: Tx): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from (${mine}) m`.execute(tx)
  return rows[0]?.n ?? 0
}

import { sql } from 'kysely'
import { personNameJson } from '../../persons/server/api.ts'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { PersonId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { askedOpinions, dayNews, fileNews, TimelineLine, teamAlerts } from '../contract/queries.ts'
import { alertJson } from './alert.sql.ts'

/** A timelineItem of the contract; the alias of the item is `t`, `u` is the mark of the user or null. */
const lineJson = sql`jsonb_build_object('id', t.id, 'at', t.at, 'kind', t.kind, 'title', t.title, 'summary', t.summary, 'authorId', t.author_id, 'authorName', t.author_name, 'authorFunction',
  coalesce((select lower(u.profession_label) from territory.user_account u where u.id = t.author_id and t.author_function = 'professionnel du cercle'), t.author_function),
  'source', t.source, 'sourceId', t.source_id, 'volet', t.volet, 'isPrivate', t.protection = 'org_private', 'unread', u.item_id is not null,
  'note', case when t.source = 'liaison.note' then (select jsonb_build_object('type', n.kind, 'urgent', n.urgent, 'rootId', n.root_id, 'relation', n.relation,
    'replies', (select count(*) from liaison.note r where r.root_id = n.root_id and r.relation = 'reply'), 'alertState', (select a.state from liaison.alert a where a.source_id = n.id limit 1))
    from liaison.note n where n.id = t.source_id) end)`

/** The identities of a person, one a line: each is read in the order of its own index, so that a long file costs what is shown of it. */
const identities = (personId: PersonId) => sql`unnest((select persons.identity_set(${personId}))::uuid[]) identity(id)`

const same = (personId: PersonId) => sql`any ((select persons.identity_set(${personId}))::uuid[])`

export interface TimelineFilter {
  readonly personId: PersonId
  readonly volet: string | null
  readonly source: string | null
  readonly kind: string | null
  readonly unreadOnly: boolean
  readonly after: { readonly at: string; readonly id: string } | null
  readonly limit: number
}

export interface TimelinePage {
  readonly rows: readonly TimelineLine[]
  readonly unread: number
}

/** One page of the Fil, the latest first, with what is unread in the whole file. Gives one line more than `limit` when there is more. */
export async function selectTimeline(tx: Tx, userId: UserId, filter: TimelineFilter): Promise<TimelinePage> {
  const { volet, source, kind, after } = filter
  const { rows } = await sql<TimelinePage>`select
    coalesce((select jsonb_agg(${lineJson} order by t.at desc, t.id desc) from (
      select i.* from ${identities(filter.personId)} cross join lateral (select i.* from persons.timeline_item i
      where i.person_id = identity.id
        ${volet === null ? sql`` : volet === 'private' ? sql`and i.protection = 'org_private'` : sql`and i.volet = ${volet} and i.protection = 'shared'`}
        ${source === null ? sql`` : sql`and split_part(i.source, '.', 1) = ${source}`} ${kind === null ? sql`` : sql`and i.kind = ${kind}`}
        ${filter.unreadOnly ? sql`and exists (select 1 from liaison.unread m where m.user_id = ${userId} and m.item_id = i.id)` : sql``}
        ${after === null ? sql`` : sql`and (i.at, i.id) < (${after.at}::timestamptz, ${after.id}::uuid)`}
      order by i.at desc, i.id desc limit ${filter.limit + 1}) i
      order by i.at desc, i.id desc limit ${filter.limit + 1}) t left join liaison.unread u on u.user_id = ${userId} and u.item_id = t.id), '[]') as rows,
    (select count(*)::int from liaison.unread u where u.user_id = ${userId} and u.person_id = ${same(filter.personId)} and exists (select 1 from persons.timeline_item t where t.id = u.item_id)) as unread`.execute(
    tx,
  )
  return rows[0] as TimelinePage
}

/** The hours of the DAC in charge, as they are kept. */
interface DacHours {
  readonly serviceName: string
  readonly opening: unknown
  readonly holidays: unknown
}

/** Unread lines of a file, else its last ones; alerts, readers: in one statement. */
export async function selectFileNews(
  tx: Tx,
  userId: UserId,
  personId: PersonId,
  now: Date,
): Promise<Omit<OutputOf<typeof fileNews>, 'openVolets' | 'calendar'> & { readonly dac: DacHours | null }> {
  const { rows } = await sql<Omit<OutputOf<typeof fileNews>, 'openVolets' | 'calendar'> & { readonly dac: DacHours | null }>`with marks as materialized (
      select u.item_id, u.at from liaison.unread u where u.user_id = ${userId} and u.person_id = ${same(personId)} and exists (select 1 from persons.timeline_item t where t.id = u.item_id)),
    shown as materialized (
      (select i.* from persons.timeline_item i join marks on marks.item_id = i.id order by i.at desc, i.id desc limit 12)
      union all
      (select i.* from ${identities(personId)} cross join lateral (select i.* from persons.timeline_item i
        where i.person_id = identity.id and not exists (select 1 from marks) order by i.at desc, i.id desc limit 6) i order by i.at desc, i.id desc limit 6))
    select (select case when v.visited_at > ${now}::timestamptz - interval '30 minutes' then v.previous_at else v.visited_at end from liaison.last_visit v where v.user_id = ${userId} and v.place_id = ${personId}) as since,
      (select count(*)::int from marks) as unread, array(select item_id from marks order by at desc limit 200) as "unreadIds",
      coalesce((select jsonb_agg(${lineJson} order by t.at desc, t.id desc) from shown t left join liaison.unread u on u.user_id = ${userId} and u.item_id = t.id), '[]') as rows,
      coalesce((select jsonb_agg(${alertJson} order by a.raised_at) from liaison.alert a where a.person_id = ${same(personId)} and a.state <> 'settled'), '[]') as alerts,
      (select jsonb_build_object('serviceName', d.name, 'opening', d.opening, 'holidays', (select x.value from platform.setting x where x.key = 'public_holidays'))
        from episodes.episode e join territory.service d on d.id = e.holder_org where e.person_id = ${same(personId)} and e.state <> 'closed'
        order by (e.holder_org = (select platform.actor_service())) desc, e.opened_on desc limit 1) as dac,
      coalesce((select jsonb_agg(jsonb_build_object('userId', r.user_id, 'name', r.name, 'profession', r.profession, 'volets', r.volets)) from liaison.readers(${personId}) r), '[]') as readers`.execute(
    tx,
  )
  return rows[0] as Omit<OutputOf<typeof fileNews>, 'openVolets' | 'calendar'> & { readonly dac: DacHours | null }
}

const referentName = (
  personColumn: string,
) => sql`(select u.given_name || ' ' || u.family_name from episodes.episode e join territory.user_account u on u.id = e.referent_id
  where e.person_id = ${sql.ref(personColumn)} and e.state <> 'closed' order by e.opened_on desc limit 1)`

/** Alerts of the files that a user follows, and her unread lines: starts from her assignments and her marks. */
export async function selectDayNews(tx: Tx, userId: UserId, today: string, now: Date): Promise<OutputOf<typeof dayNews>> {
  const { rows } = await sql<OutputOf<typeof dayNews>>`with followed as materialized (
      select distinct a.person_id from episodes.assignment a where a.user_id = ${userId} and (a.ends_on is null or (a.role = 'handing_over' and a.ends_on >= ${today}))),
    marks as materialized (select u.item_id, u.person_id, u.at from liaison.unread u where u.user_id = ${userId}),
    readable as materialized (select t.*, m.item_id from marks m join persons.timeline_item t on t.id = m.item_id)
    select (select case when v.visited_at > ${now}::timestamptz - interval '30 minutes' then v.previous_at else v.visited_at end from liaison.last_visit v where v.user_id = ${userId} and v.place_id = ${userId}) as since,
      coalesce((select jsonb_agg(${alertJson} || jsonb_build_object('person', ${personNameJson('a.person_id')}, 'referentName', ${referentName('a.person_id')}) order by a.state = 'taken', a.raised_at)
        from (select a.* from followed f join liaison.alert a on a.person_id = f.person_id where a.state = 'to_take' or (a.state = 'taken' and a.taken_by = ${userId})
          union
          select a.* from liaison.alert a where a.holder_org = (select platform.actor_service()) and ((a.state = 'to_take' and ${userId}::uuid = any (a.addressees)) or (a.state = 'taken' and a.taken_by = ${userId}))) a), '[]') as alerts,
      coalesce((select jsonb_agg(${lineJson} || jsonb_build_object('person', ${personNameJson('t.person_id')}) order by t.at desc, t.id desc)
        from (select * from readable order by at desc, id desc limit 12) t cross join lateral (select t.item_id) u), '[]') as news,
      (select count(*)::int from readable) as unread, (select count(distinct person_id)::int from readable) as "unreadFiles", array(select item_id from readable order by at desc limit 200) as "unreadIds"`.execute(
    tx,
  )
  return rows[0] as OutputOf<typeof dayNews>
}

export async function selectTeamAlerts(tx: Tx, service: string): Promise<OutputOf<typeof teamAlerts>['rows']> {
  const { rows } = await sql<{
    rows: OutputOf<typeof teamAlerts>['rows']
  }>`select coalesce(jsonb_agg(x.line order by x.taken, x.raised_at), '[]') as rows from (
    select ${alertJson} || jsonb_build_object('person', ${personNameJson('a.person_id')}, 'referentName', ${referentName('a.person_id')}) as line, a.state = 'taken' as taken, a.raised_at
    from liaison.alert a where a.holder_org = ${service} and a.state <> 'settled' order by a.raised_at limit 200) x`.execute(tx)
  return rows[0]?.rows ?? []
}

export interface UnreadPage {
  readonly rows: readonly (TimelineLine & { readonly person: OutputOf<typeof dayNews>['news'][number]['person'] })[]
  readonly total: number
}

export async function selectUnread(tx: Tx, userId: UserId, after: { readonly at: string; readonly id: string } | null, limit: number): Promise<UnreadPage> {
  const { rows } =
    await sql<UnreadPage>`with readable as materialized (select t.*, m.item_id from liaison.unread m join persons.timeline_item t on t.id = m.item_id where m.user_id = ${userId})
    select coalesce((select jsonb_agg(${lineJson} || jsonb_build_object('person', ${personNameJson('t.person_id')}) order by t.at desc, t.id desc)
      from (select * from readable ${after === null ? sql`` : sql`where (at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`} order by at desc, id desc limit ${limit + 1}) t cross join lateral (select t.item_id) u), '[]') as rows,
      (select count(*)::int from readable) as total`.execute(tx)
  return rows[0] as UnreadPage
}

export async function countUnread(tx: Tx, userId: UserId): Promise<{ unread: number; files: number }> {
  return (
    (
      await sql<{
        unread: number
        files: number
      }>`select count(*)::int as unread, count(distinct t.person_id)::int as files from liaison.unread m join persons.timeline_item t on t.id = m.item_id where m.user_id = ${userId}`.execute(
        tx,
      )
    ).rows[0] ?? { unread: 0, files: 0 }
  )
}

/** What is asked of an outside professional about those whom she sees through the circle: starts from her own sight. */
export async function selectAskedOpinions(tx: Tx, userId: UserId): Promise<OutputOf<typeof askedOpinions>['rows']> {
  const { rows } = await sql<OutputOf<typeof askedOpinions>['rows'][number]>`with mine as materialized (
      select distinct s.person_id from persons.sight s where s.party_id = any ((select platform.actor_parties())::uuid[]) and s.basis in ('care_team', 'consent') and s.suspended_at is null
        and s.starts_at <= platform.clock() and (s.ends_at is null or s.ends_at > platform.clock()))
    select ${personNameJson('n.person_id')} as person, n.id as "noteId", coalesce(n.title, left(n.body, 120)) as title, n.at, n.author_name as "authorName", n.asked_of is not distinct from ${userId}::uuid as "ofMe"
    from mine join liaison.note n on n.person_id = mine.person_id
    where n.kind = 'opinion_request' and n.relation is null and n.author_id <> ${userId} and (n.asked_of is null or n.asked_of = ${userId}) and n.at > platform.clock() - interval '60 days'
      and not exists (select 1 from liaison.note r where r.root_id = n.id and r.relation = 'reply')
    order by n.asked_of is null, n.at desc limit 100`.execute(tx)
  return rows.filter((row) => row.person !== null)
}

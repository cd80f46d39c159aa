import { sql } from 'kysely'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import type { UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { filedRequest, filedRequests } from '../contract/queries.ts'
import type { SollicitationId } from '../contract/sollicitation.ts'

type Filed = OutputOf<typeof filedRequests>
type FiledDetail = OutputOf<typeof filedRequest>

const lastFeedback = sql`(select max(f.given_at) from intake.feedback f where f.sollicitation_id = s.id and f.addressed_to = 'requester')`
const readAt = sql`(select r.read_at from intake.requester_reading r where r.sollicitation_id = s.id and r.user_id = platform.actor_id())`

/** The shared part: what she wrote, where it stands, what came back. A request typed by the desk for her shows without its text. */
const columns = sql`s.id, s.number, s.status, s.concerns, s.person_name as "personName", s.person_birth_date as "personBirthDate",
  (select c.name from territory.commune c where c.code = s.commune_code) as "communeName",
  (select t.text from intake.request_text t where t.sollicitation_id = s.id and t.by_requester) as text, s.received_at as "receivedAt", s.due_at as "dueAt",
  (select d.name from territory.service d where d.id = s.holder_org) as "dacName",
  array(select a.code from intake.answer a where a.sollicitation_id = s.id order by a.principal desc, a.given_at) as answers,
  ${lastFeedback} as "lastFeedbackAt", coalesce(${lastFeedback} > coalesce(${readAt}, '-infinity'), false) as unread`

/** Hers by her account or by her card in the directory. */
const hers = (actor: Actor) => sql`(s.requester_user_id = ${actor.userId} or s.requester_party_id = ${actor.professionalId}::uuid)`

export async function selectFiled(
  tx: Tx,
  actor: Actor,
  filter: { readonly open: boolean; readonly limit: number; readonly after: readonly [string, string] | null },
): Promise<{ rows: readonly (Filed['rows'][number] & { sortKey: string })[]; counts: Filed['counts'] }> {
  const { rows } = await sql<Filed['rows'][number] & { sortKey: string; counts: Filed['counts'] }>`
    with counted as (
      select jsonb_build_object('all', count(*), 'open', count(*) filter (where s.status <> 'closed'), 'unread', count(*) filter (where ${lastFeedback} > coalesce(${readAt}, '-infinity'))) as counts
      from intake.sollicitation s where ${hers(actor)} and s.merged_into is null
    ), page as (
      select ${columns}, s.received_at::text as "sortKey", row_number() over (order by s.received_at desc, s.id desc) as place
      from intake.sollicitation s where ${hers(actor)} and s.merged_into is null and ${filter.open ? sql`s.status <> 'closed'` : sql`true`}
        and ${filter.after === null ? sql`true` : sql`(s.received_at, s.id) < (${filter.after[0]}::timestamptz, ${filter.after[1]}::uuid)`}
      order by s.received_at desc, s.id desc limit ${filter.limit + 1}
    )
    select counted.counts, page.* from counted left join page on true order by page.place`.execute(tx)
  return { rows: rows.filter((row) => row.id !== null), counts: rows[0]?.counts ?? { all: 0, open: 0, unread: 0 } }
}

export async function selectFiledDetail(tx: Tx, id: SollicitationId): Promise<FiledDetail> {
  const { rows } = await sql<FiledDetail>`
    select ${columns}, s.urgency, array(select m.motive from intake.request_motive m where m.sollicitation_id = s.id and m.by_requester order by m.position) as motives,
      (select d.phone from territory.service d where d.id = s.holder_org) as "dacPhone",
      (select u.given_name || ' ' || u.family_name from territory.user_account u where u.id = s.assigned_to) as "assignedToName",
      coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'addressedTo', f.addressed_to, 'recipientName', f.recipient_name, 'channel', f.channel, 'text', f.text,
        'givenAt', to_char(f.given_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'givenByName', f.given_by_name) order by f.given_at)
        from intake.feedback f where f.sollicitation_id = s.id and f.addressed_to = 'requester'), '[]') as feedbacks
    from intake.sollicitation s where s.id = ${id}`.execute(tx)
  return rows[0] as FiledDetail
}

export async function markRead(tx: Tx, id: SollicitationId, userId: UserId, at: Date): Promise<void> {
  await sql`insert into intake.requester_reading (sollicitation_id, user_id, read_at) values (${id}, ${userId}, ${at})
    on conflict (sollicitation_id, user_id) do update set read_at = excluded.read_at`.execute(tx)
}

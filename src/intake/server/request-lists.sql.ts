import { sql } from 'kysely'
import { informedOnSql, personNameJson } from '../../persons/server/api.ts'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { QueueView, queueCounts, reorientationsToFollow, requestQueue, similarRequests, triageList } from '../contract/queries.ts'
import type { RequestLine } from '../contract/request-line.ts'

/** The columns of a RequestLine, from `intake.sollicitation s`. */
export const lineColumns = sql`s.id, s.number, s.status, s.concerns, ${personNameJson('s.person_id')} as person, s.person_name as "personName",
  s.person_birth_date as "personBirthDate", (select c.name from territory.commune c where c.code = s.commune_code) as "communeName",
  (select t.text from intake.request_text t where t.sollicitation_id = s.id) as text,
  array(select m.motive from intake.request_motive m where m.sollicitation_id = s.id order by m.position) as motives, s.urgency, s.received_at as "receivedAt",
  s.due_at as "dueAt", s.closed_at as "closedAt", s.requester_kind as "requesterKind", s.requester_name as "requesterName", s.caller_name as "callerName",
  s.caller_quality as "callerQuality", (select jsonb_build_object('id', u.id, 'name', u.given_name || ' ' || u.family_name) from territory.user_account u where u.id = s.assigned_to) as "assignedTo",
  array_remove(array[case when s.requester_waits then 'requester' end, case when s.referrer_waits then 'referred_by' end], null) as "toInform", s.version`

/** A line inside JSON, with instants as the API writes them. */
const instantJson = (column: string) => sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

export interface QueueFilter {
  readonly service: ServiceId
  readonly user: UserId
  readonly view: QueueView
  readonly status: string | null
  readonly urgency: string | null
  readonly requesterKind: string | null
  readonly limit: number
  /** Sort key and id of the last line seen. */
  readonly after: readonly [string, string] | null
}

export interface QueuePage {
  readonly rows: readonly (RequestLine & { readonly sortKey: string })[]
  readonly counts: OutputOf<typeof requestQueue>['counts'] & { readonly closed: number }
}

const views = {
  all: sql`s.status <> 'closed'`,
  late: sql`s.status <> 'closed' and s.queue_at < platform.clock()`,
  mine: (user: UserId) => sql`s.status <> 'closed' and s.assigned_to = ${user}`,
  to_inform: sql`(s.requester_waits or s.referrer_waits)`,
  triage: sql`s.status = 'triage'`,
  closed: sql`s.status = 'closed'`,
}

/** What each view is ordered by: the queue by its due time, the closed ones by their end, those to inform by the age of the answer. */
const orders = {
  due: { key: sql`s.queue_at`, cast: sql`timestamptz`, compare: sql`>`, direction: sql`asc` },
  closed: { key: sql`s.closed_at`, cast: sql`timestamptz`, compare: sql`<`, direction: sql`desc` },
  answered: { key: sql`s.first_answered_at`, cast: sql`timestamptz`, compare: sql`>`, direction: sql`asc` },
}

/** One page of the queue and the counts of all views under the same filters, in one statement that starts from the service's own index. */
export async function selectQueue(tx: Tx, filter: QueueFilter): Promise<QueuePage> {
  const order = filter.view === 'closed' ? orders.closed : filter.view === 'to_inform' ? orders.answered : orders.due
  const filters = sql.join(
    [
      sql`s.holder_org = ${filter.service}`,
      sql`s.merged_into is null`,
      ...(filter.status === null ? [] : [sql`s.status = ${filter.status}`]),
      ...(filter.urgency === null ? [] : [sql`s.urgency = ${filter.urgency}`]),
      ...(filter.requesterKind === null ? [] : [sql`s.requester_kind = ${filter.requesterKind}`]),
    ],
    sql` and `,
  )
  const view = filter.view === 'mine' ? views.mine(filter.user) : views[filter.view]
  const next = filter.after === null ? sql`true` : sql`(${order.key}, s.id) ${order.compare} (${filter.after[0]}::${order.cast}, ${filter.after[1]}::uuid)`
  const { rows } = await sql<QueuePage['rows'][number] & { counts: QueuePage['counts'] }>`
    with counted as (
      select jsonb_build_object('all', open.all_open, 'late', open.late, 'mine', open.mine, 'triage', open.triage,
        'to_inform', (select count(*) from intake.sollicitation s where ${filters} and ${views.to_inform}),
        'closed', ${filter.view === 'closed' ? sql`(select count(*) from intake.sollicitation s where ${filters} and ${views.closed})` : sql`0`}) as counts
      from (select count(*) as all_open, count(*) filter (where ${views.late}) as late, count(*) filter (where ${views.mine(filter.user)}) as mine,
          count(*) filter (where ${views.triage}) as triage
        from intake.sollicitation s where ${filters} and ${views.all}) open
    ), page as (
      select ${lineColumns}, ${order.key}::text as "sortKey", row_number() over (order by ${order.key} ${order.direction}, s.id ${order.direction}) as place
      from intake.sollicitation s where ${filters} and ${view} and ${next}
      order by ${order.key} ${order.direction}, s.id ${order.direction} limit ${filter.limit + 1}
    )
    select counted.counts, page.* from counted left join page on true order by page.place`.execute(tx)
  const counts = rows[0]?.counts ?? { all: 0, late: 0, mine: 0, to_inform: 0, triage: 0, closed: 0 }
  return { rows: rows.filter((row) => row.id !== null), counts }
}

/** The counts of the queue without filters, and the messages left for the user. */
export async function selectCounts(tx: Tx, service: ServiceId, user: UserId): Promise<OutputOf<typeof queueCounts>> {
  const waiting = sql`s.holder_org = ${service} and s.merged_into is null`
  const { rows } = await sql<OutputOf<typeof queueCounts>>`
    select count(*) as "all", count(*) filter (where ${views.late}) as late, count(*) filter (where ${views.mine(user)}) as mine, count(*) filter (where ${views.triage}) as triage,
      (select count(*) from intake.sollicitation s where ${waiting} and ${views.to_inform}) as to_inform,
      (select count(*) from intake.contact c where c.for_user_id = ${user} and c.handled_at is null) as messages
    from intake.sollicitation s where ${waiting} and ${views.all}`.execute(tx)
  return rows[0] ?? { all: 0, late: 0, mine: 0, to_inform: 0, triage: 0, messages: 0 }
}

export interface SimilarTo {
  readonly exceptId: string | null
  readonly personId: string | null
  /** As `searchKey` writes it. */
  readonly nameKey: string | null
  readonly birthDate: string | null
  readonly communeCode: string | null
  readonly phone: string | null
}

/** Requests of the last three months of the actor's own desk that may be the same, best reason first. */
export async function selectSimilar(tx: Tx, to: SimilarTo): Promise<OutputOf<typeof similarRequests>['rows']> {
  const { rows } = await sql<OutputOf<typeof similarRequests>['rows'][number]>`
    select ${lineColumns}, near.because from intake.similar_requests(persons.identity_set(${to.personId}::uuid), ${to.nameKey ?? ''}, ${to.birthDate}::date, ${to.communeCode}, ${to.phone},
      ${to.exceptId}::uuid) near join intake.sollicitation s on s.id = near.id
    order by array_position(array['person', 'name', 'phone'], near.because), s.received_at desc`.execute(tx)
  return rows
}

/** What waits for the commission, oldest first. */
export async function selectTriage(tx: Tx, service: ServiceId): Promise<OutputOf<typeof triageList>['rows']> {
  const { rows } = await sql<OutputOf<typeof triageList>['rows'][number]>`
    select ${lineColumns}, s.triage_since as "triageSince", s.triage_proposal as "triageProposal", s.person_informed as "personInformed", ${informedOnSql('s.person_id')} as "informedOn", s.referred_by_name as "referredByName", s.extra,
      coalesce((select jsonb_agg(jsonb_build_object('check', f.check_code, 'finding', f.finding) order by f.check_code) from intake.subsidiarity f where f.sollicitation_id = s.id), '[]') as findings,
      array(select a.code from intake.answer a where a.sollicitation_id = s.id order by a.principal desc, a.given_at) as answers,
      (select d.decision from intake.triage_decision d where d.sollicitation_id = s.id order by d.decided_at desc limit 1) as "lastDecision"
    from intake.sollicitation s where s.holder_org = ${service} and s.status = 'triage' and s.merged_into is null order by s.triage_since, s.id`.execute(tx)
  return rows
}

/** The columns of a ReorientationLine, from `intake.reorientation r`. */
export const reorientationColumns = sql`r.id, r.target, r.partner_name as "partnerName", r.partner_phone as "partnerPhone", r.note, r.social_outcome as "socialOutcome",
  r.sent_at as "sentAt", r.follow_up_on as "followUpOn", r.outcome, r.outcome_at as "outcomeAt", r.outcome_note as "outcomeNote", r.relevance, r.reminders, r.version`

type ToFollow = OutputOf<typeof reorientationsToFollow>

/** Reorientations without outcome or without a judgement on their relevance; those without a date come last. */
export async function selectReorientations(
  tx: Tx,
  filter: { readonly service: ServiceId; readonly due: boolean; readonly limit: number; readonly after: readonly [string, string] | null },
): Promise<{ rows: readonly (ToFollow['rows'][number] & { sortKey: string })[]; counts: ToFollow['counts'] }> {
  const waiting = sql`r.holder_org = ${filter.service} and (r.outcome = 'pending' or r.relevance is null)`
  const isDue = sql`(r.follow_up_on <= platform.today())`
  const key = sql`coalesce(r.follow_up_on, 'infinity'::date)`
  const { rows } = await sql<ToFollow['rows'][number] & { sortKey: string; counts: ToFollow['counts'] }>`
    with counted as (select jsonb_build_object('all', count(*), 'due', count(*) filter (where ${isDue})) as counts from intake.reorientation r
        join intake.sollicitation s on s.id = r.sollicitation_id and s.merged_into is null where ${waiting}),
      page as (
        select ${reorientationColumns}, ${key}::text as "sortKey", row_number() over (order by ${key}, r.id) as place,
          (select jsonb_set(to_jsonb(line), '{receivedAt}', to_jsonb(${instantJson('line.receivedAt')}))
            || jsonb_build_object('dueAt', ${instantJson('line.dueAt')}, 'closedAt', ${instantJson('line.closedAt')})
            from (select ${lineColumns}) line) as request
        from intake.reorientation r join intake.sollicitation s on s.id = r.sollicitation_id and s.merged_into is null
        where ${waiting} and ${filter.due ? isDue : sql`true`} and ${filter.after === null ? sql`true` : sql`(${key}, r.id) > (${filter.after[0]}::date, ${filter.after[1]}::uuid)`}
        order by ${key}, r.id limit ${filter.limit + 1})
    select counted.counts, page.* from counted left join page on true order by page.place`.execute(tx)
  return { rows: rows.filter((row) => row.id !== null), counts: rows[0]?.counts ?? { all: 0, due: 0 } }
}

import { sql } from 'kysely'
import { personNameJson } from '../../persons/server/api.ts'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { askedOfMe, planSummary, plansToRevise } from '../contract/queries.ts'
import { unnamedActor } from '../contract/recipients.ts'
import { finalActionStatuses } from '../contract/value-sets.ts'

const overStatuses = `{${finalActionStatuses.join(',')}}`
const lateAction = (today: string) => sql`a.removed_at is null and a.due_kind <> 'until' and a.due_on < ${today} and a.status <> all (${overStatuses}::text[])`

type ToRevise = OutputOf<typeof plansToRevise>['rows'][number]

/** Validated plans of a référent that are due, or whose criterion was reached; starts from her few plans, never from all of them. */
export async function selectToRevise(tx: Tx, referentId: UserId, today: string, until: string): Promise<ToRevise[]> {
  return (
    await sql<ToRevise>`with mine as materialized (select * from care_plans.plan p where p.referent_id = ${referentId} and p.state <> 'closed' and p.validated_number is not null
      and (p.review_on <= ${until} or p.criterion_reached_at is not null))
    select * from (select mine.id as "planId", ${personNameJson('mine.person_id')} as person, mine.validated_number as "validatedNumber", mine.draft_number as "draftNumber", mine.review_on as "reviewOn",
        (select coalesce(jsonb_agg(jsonb_build_object('words', c.words, 'reachedOn', c.reached_on) order by c.reached_at), '[]') from care_plans.criterion c
          where c.plan_id = mine.id and c.reached_at is not null and c.removed_at is null) as criteria,
        mine.criterion_reached_at is not null as "criterionReached",
        (select count(*)::int from care_plans.action a where a.plan_id = mine.id and ${lateAction(today)}) as "lateActions"
      from mine order by mine.criterion_reached_at is null, mine.review_on, mine.id) listed
    where person is not null and person ->> 'deathDay' is null`.execute(tx)
  ).rows
}

type Asked = OutputOf<typeof askedOfMe>

/** Actions given to one of the parties of the actor in plans of others, not over yet. */
export async function selectAskedActions(tx: Tx, parties: readonly string[]): Promise<Asked['actions']> {
  if (parties.length === 0) return []
  return (
    await sql<
      Asked['actions'][number]
    >`select * from (select a.plan_id as "planId", ${personNameJson('a.person_id')} as person, o.title as objective, b.title as problem,
        jsonb_build_object('id', a.id, 'code', a.code, 'title', a.title, 'details', a.details, 'actor', jsonb_build_object('kind', a.actor_kind, 'partyId', a.actor_party_id, 'name', a.actor_name, 'role', a.actor_role),
          'dueOn', a.due_on, 'dueKind', a.due_kind, 'dueWords', a.due_words, 'status', a.status, 'statusOn', a.status_on, 'statusWords', a.status_words, 'answer', a.answer, 'answerOn', a.answer_on,
          'answerMode', a.answer_mode, 'answerWords', a.answer_words, 'answerNotedBy', a.answer_noted_by_name, 'position', a.position, 'version', a.version) as action
      from care_plans.action a join care_plans.objective o on o.id = a.objective_id join care_plans.problem b on b.id = o.problem_id join care_plans.plan p on p.id = a.plan_id
      where a.actor_party_id = any (${`{${parties.join(',')}}`}::uuid[]) and a.removed_at is null and o.removed_at is null and b.removed_at is null
        and a.status <> all (${overStatuses}::text[]) and p.state <> 'closed' and (p.state <> 'draft' or a.validated_in is not null)
      order by a.answer is not null, a.due_on nulls last, a.id limit 100) asked where person is not null`.execute(tx)
  ).rows
}

/** Agreements asked of the actor on a plan that is proposed now, and not answered. */
export async function selectAskedAgreements(tx: Tx, parties: readonly string[]): Promise<Asked['agreements']> {
  if (parties.length === 0) return []
  return (
    await sql<
      Asked['agreements'][number]
    >`select * from (select distinct on (g.plan_id) g.plan_id as "planId", ${personNameJson('g.person_id')} as person, g.number, g.answered_on as "askedOn", g.id as "agreementId", g.state
      from care_plans.agreement g join care_plans.plan p on p.id = g.plan_id and p.draft_number = g.number and p.state = 'proposed'
      where g.party_id = any (${`{${parties.join(',')}}`}::uuid[]) order by g.plan_id, g.recorded_at desc, g.id desc) last
    where last.state in ('asked', 'no_answer') and person is not null`.execute(tx)
  ).rows
}

type Summary = NonNullable<OutputOf<typeof planSummary>['plan']>

/**
 * The plan of a person in a few lines. `living` says that the reader may read the copy being written; else only what was proposed or validated. `unnamed`: the
 * parties whose name is kept from the reader.
 */
export async function selectSummary(tx: Tx, personId: PersonId, living: boolean, unnamed: readonly string[]): Promise<Summary | null> {
  return (
    (
      await sql<Summary>`select p.id, p.state, p.draft_number as "draftNumber", p.validated_number as "validatedNumber", p.validated_on as "validatedOn", p.review_on as "reviewOn",
      (select jsonb_build_object('words', s.words, 'saidOn', s.said_on, 'writtenByName', (select u.given_name || ' ' || u.family_name from territory.user_account u where u.id = s.written_by))
        from care_plans.statement s where s.plan_id = p.id and s.kind = 'wishes' and s.words is not null and (${living} or p.state <> 'draft' or p.validated_number is not null)) as wishes,
      (select coalesce(jsonb_agg(jsonb_build_object('words', c.words, 'reachedOn', c.reached_on) order by c.reached_at), '[]') from care_plans.criterion c
        where c.plan_id = p.id and c.reached_at is not null and c.removed_at is null) as reached,
      (select coalesce(jsonb_agg(n.line), '[]') from (select jsonb_build_object('title', a.title, 'dueOn', a.due_on, 'dueKind', a.due_kind, 'dueWords', a.due_words, 'status', a.status, 'who', case when a.actor_party_id = any (${`{${unnamed.join(',')}}`}::uuid[]) then ${unnamedActor.name}::text else a.actor_name end) as line
        from care_plans.action a join care_plans.objective o on o.id = a.objective_id join care_plans.problem b on b.id = o.problem_id
        where a.plan_id = p.id and a.removed_at is null and o.removed_at is null and b.removed_at is null and o.status <> 'not_pursued' and a.due_on is not null and (${living} or p.state <> 'draft' or a.validated_in is not null)
          and a.status <> all (${overStatuses}::text[]) order by a.due_on, a.id limit 3) n) as next
    from care_plans.plan p where p.person_id = any ((select persons.identity_set(${personId}))::uuid[])
    order by p.state = 'closed', p.holder_org is distinct from platform.actor_service(), p.created_at desc limit 1`.execute(tx)
    ).rows[0] ?? null
  )
}

export interface PlanPastTerm {
  readonly planId: string
  readonly personId: PersonId
  readonly service: ServiceId
  readonly reviewOn: string
  /** Since the term. */
  readonly days: number
}

/**
 * As the system: validated plans of accompaniments in progress whose review was due before today; not of the dead, nor of files whose use is limited.
 * In the order of their ids, from the one after `after`, `most` at most.
 */
export async function plansPastTerm(tx: Tx, after: string | null, most: number): Promise<readonly PlanPastTerm[]> {
  return (
    await sql<PlanPastTerm>`select p.id as "planId", p.person_id as "personId", p.holder_org as service, p.review_on::text as "reviewOn", platform.today() - p.review_on as days
      from care_plans.plan p join persons.person who on who.person_id = p.person_id
      where who.deceased_on is null and not persons.use_limited(p.person_id) and p.state <> 'closed' and p.validated_number is not null and p.review_on < platform.today() and p.review_on > platform.today() - 366
        and (${after}::uuid is null or p.id > ${after}::uuid) order by p.id limit ${most}`.execute(tx)
  ).rows
}

import { sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'
import type { PlanContent, PlanId } from '../contract/plan.ts'

const actionJson = sql`jsonb_build_object('id', a.id, 'code', a.code, 'title', a.title, 'details', a.details,
  'actor', jsonb_build_object('kind', a.actor_kind, 'partyId', a.actor_party_id, 'name', a.actor_name, 'role', a.actor_role),
  'dueOn', a.due_on, 'dueKind', a.due_kind, 'dueWords', a.due_words, 'status', a.status, 'statusOn', a.status_on, 'statusWords', a.status_words,
  'answer', a.answer, 'answerOn', a.answer_on, 'answerMode', a.answer_mode, 'answerWords', a.answer_words, 'answerNotedBy', a.answer_noted_by_name,
  'position', a.position, 'version', a.version)`

const objectiveJson = sql`jsonb_build_object('id', o.id, 'code', o.code, 'title', o.title, 'details', o.details, 'status', o.status, 'statusReason', o.status_reason,
  'statusWords', o.status_words, 'statusOn', o.status_on, 'position', o.position, 'version', o.version,
  'actions', (select coalesce(jsonb_agg(${actionJson} order by a.position, a.id), '[]') from care_plans.action a where a.objective_id = o.id and a.removed_at is null))`

/** The living content of a plan, row-level security leaving out what is of a closed volet. One statement. */
export async function selectContent(tx: Tx, id: PlanId): Promise<PlanContent> {
  const { rows } = await sql<PlanContent>`select
    (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'code', p.code, 'title', p.title, 'details', p.details, 'volet', p.volet, 'position', p.position, 'version', p.version,
        'objectives', (select coalesce(jsonb_agg(${objectiveJson} order by o.position, o.id), '[]') from care_plans.objective o where o.problem_id = p.id and o.removed_at is null))
      order by p.position, p.id), '[]') from care_plans.problem p where p.plan_id = ${id} and p.removed_at is null) as problems,
    (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'kind', s.kind, 'words', s.words, 'saidOn', s.said_on, 'volet', s.volet, 'version', s.version,
        'writtenByName', (select u.given_name || ' ' || u.family_name from territory.user_account u where u.id = s.written_by)) order by s.kind), '[]')
      from care_plans.statement s where s.plan_id = ${id} and s.words is not null) as statements,
    (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'code', c.code, 'words', c.words, 'volet', c.volet, 'reachedOn', c.reached_on, 'reachedByName', c.reached_by_name,
        'reachedWords', c.reached_words, 'version', c.version) order by c.created_at, c.id), '[]')
      from care_plans.criterion c where c.plan_id = ${id} and c.removed_at is null) as criteria`.execute(tx)
  return rows[0] ?? { problems: [], statements: [], criteria: [] }
}

/** The content of a validated version: the parts of the volets that the actor sees. */
export async function selectVersionContent(tx: Tx, id: PlanId, number: number): Promise<PlanContent> {
  const { rows } = await sql<PlanContent>`select
    (select coalesce(jsonb_agg(v.content order by (v.content ->> 'position')::double precision, v.problem_id), '[]') from care_plans.version_problem v where v.plan_id = ${id} and v.number = ${number}) as problems,
    (select coalesce(jsonb_agg(v.content order by v.kind), '[]') from care_plans.version_part v where v.plan_id = ${id} and v.number = ${number} and v.kind <> 'criterion') as statements,
    (select coalesce(jsonb_agg(v.content order by v.part_id), '[]') from care_plans.version_part v where v.plan_id = ${id} and v.number = ${number} and v.kind = 'criterion') as criteria`.execute(
    tx,
  )
  return rows[0] ?? { problems: [], statements: [], criteria: [] }
}

export interface RemovedLine {
  readonly kind: 'problem' | 'objective' | 'action'
  readonly id: string
  readonly title: string
  readonly version: number
}

/** Lines taken out while their parent stays: what may be put back. */
export async function selectRemoved(tx: Tx, id: PlanId): Promise<RemovedLine[]> {
  return (
    await sql<RemovedLine>`select 'problem' as kind, p.id, p.title, p.version from care_plans.problem p where p.plan_id = ${id} and p.removed_at is not null
    union all select 'objective', o.id, o.title, o.version from care_plans.objective o join care_plans.problem p on p.id = o.problem_id where o.plan_id = ${id} and o.removed_at is not null and p.removed_at is null
    union all select 'action', a.id, a.title, a.version from care_plans.action a join care_plans.objective o on o.id = a.objective_id join care_plans.problem p on p.id = o.problem_id
      where a.plan_id = ${id} and a.removed_at is not null and o.removed_at is null and p.removed_at is null`.execute(tx)
  ).rows
}

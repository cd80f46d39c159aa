import { sql } from 'kysely'
import { newId, type PersonId, type ServiceId, type UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { PlanId } from '../contract/plan.ts'

export interface PlannedFacts {
  readonly personId: PersonId
  readonly episodeId: string
  readonly holderOrg: ServiceId
  readonly referentId: UserId
  readonly state: 'draft' | 'proposed' | 'validated'
  readonly actorPartyId?: string | null
  readonly clock: Date
}

export interface Planned {
  readonly planId: PlanId
  readonly problemId: string
  readonly objectiveId: string
  readonly actionId: string
  readonly socialProblemId: string
  readonly criterionId: string
}

/** Plants a small plan as the system: a problem of health with its objective and action, a problem of the social volet, a criterion, the person's agreement. */
export async function aPlan(tx: Tx, { personId, episodeId, holderOrg, referentId, state, actorPartyId = null, clock }: PlannedFacts): Promise<Planned> {
  const planned: Planned = { planId: newId(), problemId: newId(), objectiveId: newId(), actionId: newId(), socialProblemId: newId(), criterionId: newId() }
  const validated = state === 'validated'
  await sql`insert into care_plans.plan (id, person_id, episode_id, referent_id, state, draft_number, validated_number, validated_on, review_on, holder_org, created_at)
    values (${planned.planId}, ${personId}, ${episodeId}, ${referentId}, ${state}, ${validated ? null : 1}, ${validated ? 1 : null}, ${validated ? '2026-10-01' : null}, '2027-01-12', ${holderOrg}, ${clock})`.execute(
    tx,
  )
  await sql`insert into care_plans.problem (id, plan_id, person_id, title, position, volet, holder_org, created_at) values
    (${planned.problemId}, ${planned.planId}, ${personId}, 'Chutes répétées', 1, 'health', ${holderOrg}, ${clock}),
    (${planned.socialProblemId}, ${planned.planId}, ${personId}, 'Aidante épuisée', 2, 'social', ${holderOrg}, ${clock})`.execute(tx)
  await sql`insert into care_plans.objective (id, plan_id, problem_id, person_id, title, position, volet, holder_org, created_at)
    values (${planned.objectiveId}, ${planned.planId}, ${planned.problemId}, ${personId}, 'Se déplacer sans tomber', 1, 'health', ${holderOrg}, ${clock})`.execute(
    tx,
  )
  await sql`insert into care_plans.action (id, plan_id, objective_id, person_id, title, actor_kind, actor_party_id, actor_name, position, volet, holder_org, created_at)
    values (${planned.actionId}, ${planned.planId}, ${planned.objectiveId}, ${personId}, 'Équilibre et marche', 'professional', ${actorPartyId}, 'Hugo Arnould', 1, 'health', ${holderOrg}, ${clock})`.execute(
    tx,
  )
  await sql`insert into care_plans.criterion (id, plan_id, person_id, code, words, volet, holder_org, created_at)
    values (${planned.criterionId}, ${planned.planId}, ${personId}, 'fall', 'Une chute', 'social', ${holderOrg}, ${clock})`.execute(tx)
  await sql`insert into care_plans.agreement (id, plan_id, person_id, number, party, party_name, state, mode, answered_on, noted_by, noted_by_name, recorded_at, holder_org)
    values (${newId()}, ${planned.planId}, ${personId}, 1, 'person', 'Odile Perrin', 'agrees', 'oral', '2026-10-01', ${referentId}, 'Julie Marchal', ${clock}, ${holderOrg})`.execute(
    tx,
  )
  if (validated)
    await sql`insert into care_plans.version (plan_id, number, person_id, validated_on, validated_at, validated_by, validated_by_name, review_on, holder_org)
      values (${planned.planId}, 1, ${personId}, '2026-10-01', ${clock}, ${referentId}, 'Julie Marchal', '2027-01-12', ${holderOrg})`.execute(tx)
  return planned
}

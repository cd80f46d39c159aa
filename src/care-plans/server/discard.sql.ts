import { sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'
import type { PlanId } from '../contract/plan.ts'

/** True when one of these problems, absent from what the actor may read of the validated version, was in it: its volet there is closed to her. */
export async function partlyHidden(tx: Tx, planId: PlanId, number: number, problems: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ hidden: boolean }>`select exists (select from care_plans.action a join care_plans.objective o on o.id = a.objective_id
    where a.plan_id = ${planId} and a.validated_in = ${number} and o.problem_id = any (${[...problems]}::uuid[])) as hidden`.execute(tx)
  return rows[0]?.hidden ?? false
}

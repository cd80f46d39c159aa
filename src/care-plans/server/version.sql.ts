import { sql } from 'kysely'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { PlanContent, PlanId } from '../contract/plan.ts'

export interface NewVersion {
  readonly planId: PlanId
  readonly number: number
  readonly personId: PersonId
  readonly holderOrg: ServiceId
  readonly validatedOn: string
  readonly validatedAt: Date
  readonly validatedBy: UserId
  readonly validatedByName: string
  readonly reviewOn: string
  readonly dueOn: string | null
}

/** Writes a version: its header, and each problem and part under its own volet. It is never written again. */
export async function insertVersion(tx: Tx, row: NewVersion, content: PlanContent): Promise<void> {
  await sql`insert into care_plans.version (plan_id, number, person_id, validated_on, validated_at, validated_by, validated_by_name, review_on, due_on, holder_org)
    values (${row.planId}, ${row.number}, ${row.personId}, ${row.validatedOn}, ${row.validatedAt}, ${row.validatedBy}, ${row.validatedByName}, ${row.reviewOn}, ${row.dueOn}, ${row.holderOrg})`.execute(
    tx,
  )
  if (content.problems.length > 0)
    await sql`insert into care_plans.version_problem (plan_id, number, problem_id, person_id, content, volet, holder_org)
      values ${sql.join(content.problems.map((problem) => sql`(${row.planId}, ${row.number}, ${problem.id}, ${row.personId}, ${JSON.stringify(problem)}::jsonb, ${problem.volet}, ${row.holderOrg})`))}`.execute(
      tx,
    )
  const parts = [...content.statements.map((one) => ({ ...one, part: one.kind })), ...content.criteria.map((one) => ({ ...one, part: 'criterion' as const }))]
  if (parts.length > 0)
    await sql`insert into care_plans.version_part (plan_id, number, part_id, kind, person_id, content, volet, holder_org)
      values ${sql.join(parts.map(({ part, ...content }) => sql`(${row.planId}, ${row.number}, ${content.id}, ${part}, ${row.personId}, ${JSON.stringify(content)}::jsonb, ${content.volet}, ${row.holderOrg})`))}`.execute(
      tx,
    )
  await sql`update care_plans.action set validated_in = ${row.number} where plan_id = ${row.planId} and removed_at is null`.execute(tx)
}

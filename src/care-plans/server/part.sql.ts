import { sql } from 'kysely'
import type { Volet } from '../../platform/contract/actor.ts'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { CriterionId, PlanId, StatementKind } from '../contract/plan.ts'

export interface StatementRow {
  readonly id: string
  readonly words: string | null
  readonly saidOn: string | null
  readonly volet: Volet
  readonly holderOrg: ServiceId
  readonly protection: string
  readonly version: number
}

export async function findStatement(tx: Tx, planId: PlanId, kind: StatementKind): Promise<StatementRow | undefined> {
  return (
    await sql<StatementRow>`select id, words, said_on as "saidOn", volet, holder_org as "holderOrg", protection, version from care_plans.statement
    where plan_id = ${planId} and kind = ${kind} for update`.execute(tx)
  ).rows[0]
}

export interface WrittenStatement {
  readonly id: string
  readonly planId: PlanId
  readonly personId: PersonId
  readonly kind: StatementKind
  readonly words: string | null
  readonly saidOn: string | null
  readonly volet: Volet
  readonly holderOrg: ServiceId
  readonly version: number
  readonly writtenAt: Date
  readonly writtenBy: UserId
}

export async function writeStatementRow(tx: Tx, row: WrittenStatement): Promise<void> {
  await sql`insert into care_plans.statement (id, plan_id, person_id, kind, words, said_on, volet, holder_org, version, written_at, written_by)
    values (${row.id}, ${row.planId}, ${row.personId}, ${row.kind}, ${row.words}, ${row.saidOn}, ${row.volet}, ${row.holderOrg}, ${row.version}, ${row.writtenAt}, ${row.writtenBy})
    on conflict (plan_id, kind) do update set words = excluded.words, said_on = excluded.said_on, volet = excluded.volet, version = excluded.version, written_at = excluded.written_at, written_by = excluded.written_by`.execute(
    tx,
  )
}

export interface CriterionRow {
  readonly id: CriterionId
  readonly planId: PlanId
  readonly personId: PersonId
  readonly words: string
  readonly reachedOn: string | null
  readonly removed: boolean
  readonly volet: Volet
  readonly version: number
}

export async function findCriterion(tx: Tx, id: CriterionId): Promise<CriterionRow | undefined> {
  return (
    await sql<CriterionRow>`select id, plan_id as "planId", person_id as "personId", words, reached_on as "reachedOn", removed_at is not null as removed, volet, version
    from care_plans.criterion where id = ${id} for update`.execute(tx)
  ).rows[0]
}

export async function insertCriterion(
  tx: Tx,
  row: { id: CriterionId; planId: PlanId; personId: PersonId; code: string; words: string; volet: Volet; holderOrg: ServiceId; createdAt: Date },
): Promise<void> {
  await sql`insert into care_plans.criterion (id, plan_id, person_id, code, words, volet, holder_org, created_at)
    values (${row.id}, ${row.planId}, ${row.personId}, ${row.code}, ${row.words}, ${row.volet}, ${row.holderOrg}, ${row.createdAt})`.execute(tx)
}

export interface CriterionChange {
  readonly reached_at?: Date | null
  readonly reached_on?: string | null
  readonly reached_by?: UserId | null
  readonly reached_by_name?: string | null
  readonly reached_words?: string | null
  readonly removed_at?: Date | null
}

export async function updateCriterion(tx: Tx, id: CriterionId, version: number, change: CriterionChange): Promise<void> {
  await sql`update care_plans.criterion set version = ${version}, ${sql.join(Object.entries(change).map(([column, value]) => sql`${sql.id(column)} = ${value}`))} where id = ${id}`.execute(
    tx,
  )
}

/** A validated version starts afresh: what called for it is answered. */
export async function clearCriteria(tx: Tx, planId: PlanId): Promise<void> {
  await sql`update care_plans.criterion set reached_at = null, reached_on = null, reached_by = null, reached_by_name = null, reached_words = null, version = version + 1
    where plan_id = ${planId} and reached_at is not null`.execute(tx)
}

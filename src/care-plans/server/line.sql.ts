import { sql } from 'kysely'
import type { Volet } from '../../platform/contract/actor.ts'
import type { PartyId, PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { actionActorKinds, DueKind, ObjectiveId, PlanActionId, PlanId, ProblemId } from '../contract/plan.ts'

export type LineKind = 'problem' | 'objective' | 'action'
const tables = { problem: 'care_plans.problem', objective: 'care_plans.objective', action: 'care_plans.action' } as const

/** What every line of a plan has. */
export interface LineRow {
  readonly id: string
  readonly planId: PlanId
  readonly personId: PersonId
  readonly title: string
  readonly details: string | null
  readonly position: number
  readonly removed: boolean
  readonly volet: Volet
  readonly holderOrg: ServiceId
  readonly protection: string
  readonly version: number
}
export interface ObjectiveRow extends LineRow {
  readonly problemId: ProblemId
  readonly status: string
  readonly statusReason: string | null
  readonly statusWords: string | null
  readonly statusOn: string | null
}
export interface ActionRow extends LineRow {
  readonly objectiveId: ObjectiveId
  readonly actorKind: (typeof actionActorKinds)[number]
  readonly actorPartyId: PartyId | null
  readonly actorName: string | null
  readonly actorRole: string | null
  readonly dueOn: string | null
  readonly dueKind: DueKind
  readonly dueWords: string | null
  readonly status: string
  readonly statusOn: string | null
  readonly statusWords: string | null
  readonly answer: 'accepted' | 'refused' | null
  readonly answerOn: string | null
  readonly answerMode: string | null
  readonly answerWords: string | null
}

const line = sql`id, plan_id as "planId", person_id as "personId", title, details, position, removed_at is not null as removed, volet, holder_org as "holderOrg", protection, version`
const locked = (lock: boolean) => (lock ? sql`for update` : sql``)

export async function findLine(tx: Tx, kind: LineKind, id: string, { lock = false } = {}): Promise<LineRow | undefined> {
  return (await sql<LineRow>`select ${line} from ${sql.table(tables[kind])} where id = ${id} ${locked(lock)}`.execute(tx)).rows[0]
}

export async function findObjective(tx: Tx, id: ObjectiveId, { lock = false } = {}): Promise<ObjectiveRow | undefined> {
  return (
    await sql<ObjectiveRow>`select ${line}, problem_id as "problemId", status, status_reason as "statusReason", status_words as "statusWords", status_on as "statusOn"
    from care_plans.objective where id = ${id} ${locked(lock)}`.execute(tx)
  ).rows[0]
}

export async function findAction(tx: Tx, id: PlanActionId, { lock = false } = {}): Promise<ActionRow | undefined> {
  return (
    await sql<ActionRow>`select ${line}, objective_id as "objectiveId", actor_kind as "actorKind", actor_party_id as "actorPartyId", actor_name as "actorName", actor_role as "actorRole",
    due_on as "dueOn", due_kind as "dueKind", due_words as "dueWords", status, status_on as "statusOn", status_words as "statusWords", answer, answer_on as "answerOn",
    answer_mode as "answerMode", answer_words as "answerWords" from care_plans.action where id = ${id} ${locked(lock)}`.execute(tx)
  ).rows[0]
}

/** The place after the last line under a parent. */
export async function nextPosition(tx: Tx, kind: LineKind, parentId: string): Promise<number> {
  const parent = kind === 'problem' ? 'plan_id' : kind === 'objective' ? 'problem_id' : 'objective_id'
  return (
    (
      await sql<{ next: number }>`select coalesce(max(position), 0) + 1 as next from ${sql.table(tables[kind])} where ${sql.ref(parent)} = ${parentId}`.execute(
        tx,
      )
    ).rows[0]?.next ?? 1
  )
}

interface NewLine {
  readonly planId: PlanId
  readonly personId: PersonId
  readonly code: string | null
  readonly title: string
  readonly details: string | null
  readonly position: number
  readonly volet: Volet
  readonly holderOrg: ServiceId
  readonly createdAt: Date
  readonly createdBy: UserId
}

export async function insertProblem(tx: Tx, row: NewLine & { readonly id: ProblemId }): Promise<void> {
  await sql`insert into care_plans.problem (id, plan_id, person_id, code, title, details, position, volet, holder_org, created_at, created_by)
    values (${row.id}, ${row.planId}, ${row.personId}, ${row.code}, ${row.title}, ${row.details}, ${row.position}, ${row.volet}, ${row.holderOrg}, ${row.createdAt}, ${row.createdBy})`.execute(
    tx,
  )
}

export async function insertObjective(tx: Tx, row: NewLine & { readonly id: ObjectiveId; readonly problemId: ProblemId }): Promise<void> {
  await sql`insert into care_plans.objective (id, plan_id, problem_id, person_id, code, title, details, position, volet, holder_org, created_at, created_by)
    values (${row.id}, ${row.planId}, ${row.problemId}, ${row.personId}, ${row.code}, ${row.title}, ${row.details}, ${row.position}, ${row.volet}, ${row.holderOrg}, ${row.createdAt}, ${row.createdBy})`.execute(
    tx,
  )
}

export interface NewAction
  extends NewLine,
    Pick<ActionRow, 'objectiveId' | 'actorKind' | 'actorPartyId' | 'actorName' | 'actorRole' | 'dueOn' | 'dueKind' | 'dueWords' | 'status'> {
  readonly id: PlanActionId
}

export async function insertAction(tx: Tx, row: NewAction): Promise<void> {
  await sql`insert into care_plans.action (id, plan_id, objective_id, person_id, code, title, details, actor_kind, actor_party_id, actor_name, actor_role, due_on, due_kind, due_words, status,
      position, volet, holder_org, created_at, created_by)
    values (${row.id}, ${row.planId}, ${row.objectiveId}, ${row.personId}, ${row.code}, ${row.title}, ${row.details}, ${row.actorKind}, ${row.actorPartyId}, ${row.actorName}, ${row.actorRole},
      ${row.dueOn}, ${row.dueKind}, ${row.dueWords}, ${row.status}, ${row.position}, ${row.volet}, ${row.holderOrg}, ${row.createdAt}, ${row.createdBy})`.execute(
    tx,
  )
}

export interface LineChange {
  readonly title?: string
  readonly details?: string | null
  readonly volet?: Volet
  readonly position?: number
  readonly removed_at?: Date | null
  readonly status?: string
  readonly status_reason?: string | null
  readonly status_words?: string | null
  readonly status_on?: string | null
  readonly actor_kind?: string
  readonly actor_party_id?: string | null
  readonly actor_name?: string | null
  readonly actor_role?: string | null
  readonly due_on?: string | null
  readonly due_kind?: string
  readonly due_words?: string | null
  readonly answer?: string | null
  readonly answer_on?: string | null
  readonly answer_mode?: string | null
  readonly answer_words?: string | null
  readonly answer_noted_by_name?: string | null
}

export async function updateLine(tx: Tx, kind: LineKind, id: string, version: number, change: LineChange): Promise<void> {
  const assignments = Object.entries(change).map(([column, value]) => sql`${sql.id(column)} = ${value}`)
  await sql`update ${sql.table(tables[kind])} set version = ${version}${assignments.length > 0 ? sql`, ${sql.join(assignments)}` : sql``} where id = ${id}`.execute(
    tx,
  )
}

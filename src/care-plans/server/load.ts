import { episodeById } from '../../episodes/server/api.ts'
import { loadPerson } from '../../persons/server/api.ts'
import { type Day, dayOf } from '../../platform/contract/dates.ts'
import { conflict, notFound } from '../../platform/contract/errors.ts'
import type { Context } from '../../platform/server/implement.ts'
import type { CriterionId, PlanActionId, PlanId, PlanTarget } from '../contract/plan.ts'
import { type ActionRow, findAction, findLine, type LineKind } from './line.sql.ts'
import { findCriterion } from './part.sql.ts'
import { findPlan, type PlanRow } from './plan.sql.ts'

/** The day of the business clock in the zone of the installation. */
export function todayOf({ now, timeZone }: Pick<Context, 'now' | 'timeZone'>): Day {
  return dayOf(now, timeZone)
}

/** A plan with its person as the actor sees her, and its référent of now. Absent and invisible answer alike. */
export async function loadPlan(context: Context, id: PlanId): Promise<PlanTarget> {
  const plan = await findPlan(context.tx, id)
  if (plan === undefined) throw notFound('plan')
  return targetOf(context, plan)
}

async function targetOf(context: Context, plan: PlanRow): Promise<PlanTarget> {
  const person = await loadPerson(context, plan.personId)
  const episode = await episodeById(context.tx, plan.episodeId)
  return { id: plan.id, personId: plan.personId, holderOrg: plan.holderOrg, state: plan.state, referentId: episode?.referentId ?? plan.referentId, person }
}

/** The plan to which a problem, an objective or an action belongs. */
export async function loadPlanOfLine(context: Context, kind: LineKind, id: string): Promise<PlanTarget> {
  const line = await findLine(context.tx, kind, id)
  if (line === undefined) throw notFound(kind)
  return loadPlan(context, line.planId)
}

/** The plan of an action, with the party that the action is given to. */
export async function loadPlanOfAction(context: Context, id: PlanActionId): Promise<PlanTarget & { readonly actorPartyId: string | null }> {
  const action = await findAction(context.tx, id)
  if (action === undefined) throw notFound('action')
  return { ...(await loadPlan(context, action.planId)), actorPartyId: action.actorPartyId }
}

export async function loadPlanOfCriterion(context: Context, id: CriterionId): Promise<PlanTarget> {
  const criterion = await findCriterion(context.tx, id)
  if (criterion === undefined) throw notFound('criterion')
  return loadPlan(context, criterion.planId)
}

/** The plan, kept for the transaction, once it is certain that its words may change. */
export async function writing(context: Context, id: PlanId): Promise<PlanRow> {
  const plan = await lockPlan(context, id)
  if (plan.state !== 'draft') throw conflict(plan.state === 'closed' ? 'carePlans.closed' : 'carePlans.not_draft')
  return plan
}

/** The plan, kept for the transaction; refused once it is closed. */
export async function living(context: Context, id: PlanId): Promise<PlanRow> {
  const plan = await lockPlan(context, id)
  if (plan.state === 'closed') throw conflict('carePlans.closed')
  return plan
}

async function lockPlan({ tx }: Context, id: PlanId): Promise<PlanRow> {
  const plan = await findPlan(tx, id, { lock: true })
  if (plan === undefined) throw notFound('plan')
  return plan
}

/** A line, kept for the transaction and still in the plan. */
export async function presentLine<Row extends { readonly removed: boolean }>(found: Promise<Row | undefined>): Promise<Row> {
  const row = await found
  if (row === undefined) throw notFound('line')
  if (row.removed) throw conflict('carePlans.removed')
  return row
}

export function actionOf(context: Context, id: PlanActionId): Promise<ActionRow> {
  return presentLine(findAction(context.tx, id, { lock: true }))
}

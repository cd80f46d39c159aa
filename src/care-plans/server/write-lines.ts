import { assertMayTell, unnamedParties } from '../../persons/server/api.ts'
import type { InputOf } from '../../platform/contract/action.ts'
import { invalid, notFound } from '../../platform/contract/errors.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { assertValue } from '../../territory/server/api.ts'
import { addObjective, addPlanAction, addProblem } from '../contract/actions.ts'
import { findLine, insertAction, insertObjective, insertProblem, type LineRow, nextPosition } from './line.sql.ts'
import { loadPlan, loadPlanOfLine, writing } from './load.ts'
import { type PlanRow, touchContent } from './plan.sql.ts'

type Parent = Pick<LineRow, 'id' | 'volet'>
type ObjectiveInput = InputOf<typeof addProblem>['objectives'][number]

export const addProblemImplementation = implement(addProblem, {
  load: (context, { planId }) => loadPlan(context, planId),
  run: async (context, { id, planId, code, title, details, volet, objectives }) => {
    const plan = await writing(context, planId)
    if (code !== null) await assertValue(context.tx, 'care_plans.thesaurus', code)
    await insertProblem(context.tx, { ...common(context, plan), id, code, title, details, volet, position: await nextPosition(context.tx, 'problem', plan.id) })
    for (const [index, objective] of objectives.entries()) await writeObjective(context, plan, { id, volet }, objective, index + 1)
    await changed(context, plan, volet)
    return { id, version: 1 }
  },
})

export const addObjectiveImplementation = implement(addObjective, {
  load: (context, { problemId }) => loadPlanOfLine(context, 'problem', problemId),
  run: async (context, { problemId, ...objective }, target) => {
    const plan = await writing(context, target.id)
    const problem = await parentOf(context, 'problem', problemId)
    await writeObjective(context, plan, problem, objective, await nextPosition(context.tx, 'objective', problemId))
    await changed(context, plan, problem.volet)
    return { id: objective.id, version: 1 }
  },
})

export const addPlanActionImplementation = implement(addPlanAction, {
  load: (context, { objectiveId }) => loadPlanOfLine(context, 'objective', objectiveId),
  run: async (context, { objectiveId, ...action }, target) => {
    const plan = await writing(context, target.id)
    const objective = await parentOf(context, 'objective', objectiveId)
    await writeAction(context, plan, objective, action, await nextPosition(context.tx, 'action', objectiveId))
    await changed(context, plan, objective.volet)
    return { id: action.id, version: 1 }
  },
})

const common = ({ now, actor }: Context, plan: PlanRow) => ({
  planId: plan.id,
  personId: plan.personId,
  holderOrg: plan.holderOrg,
  createdAt: now,
  createdBy: actor.userId,
})

async function writeObjective(
  context: Context,
  plan: PlanRow,
  problem: Parent,
  { id, code, title, details, actions }: ObjectiveInput,
  position: number,
): Promise<void> {
  if (code !== null) await assertValue(context.tx, 'care_plans.thesaurus', code)
  await insertObjective(context.tx, { ...common(context, plan), id, problemId: problem.id as never, code, title, details, volet: problem.volet, position })
  for (const [index, action] of actions.entries()) await writeAction(context, plan, { id, volet: problem.volet }, action, index + 1)
}

/** One action under its objective, in the volet of the latter. */
export async function writeAction(
  context: Context,
  plan: PlanRow,
  objective: Parent,
  action: ObjectiveInput['actions'][number],
  position: number,
): Promise<void> {
  if (action.code !== null) await assertValue(context.tx, 'care_plans.thesaurus', action.code)
  await assertValue(context.tx, 'care_plans.action_status', action.status)
  await assertMayConfide(context, plan.personId, action.actorPartyId)
  await insertAction(context.tx, { ...common(context, plan), ...action, objectiveId: objective.id as never, volet: objective.volet, position })
}

/**
 * Nothing is confided to somebody with whom the person shares nothing. A plan is read by the whole circle and leaves on paper: a structure that protects
 * somebody in danger, or whoever works for it, is not named there.
 */
export async function assertMayConfide({ tx }: Context, personId: PersonId, partyId: string | null): Promise<void> {
  if (partyId === null) return
  await assertMayTell(tx, personId, { partyIds: [partyId], name: null })
  if ((await unnamedParties(tx, personId, { toActor: false })).includes(partyId)) throw invalid('carePlans.sensitive_actor')
}

/** The line above, kept for the transaction and still in the plan. */
export async function parentOf({ tx }: Context, kind: 'problem' | 'objective', id: string): Promise<LineRow> {
  const row = await findLine(tx, kind, id, { lock: true })
  if (row === undefined) throw notFound(kind)
  if (row.removed) throw invalid('carePlans.parent_missing')
  return row
}

/** The words of the plan changed: the screens of those who read that volet are told, and nobody proposes what she has not read. */
export async function changed(context: Context, plan: Pick<PlanRow, 'id' | 'personId'>, volet: LineRow['volet']): Promise<void> {
  await touchContent(context.tx, plan.id)
  context.emit({ type: 'carePlans.plan.changed', personId: plan.personId, volet, payload: { planId: plan.id } })
}

import type { Volet } from '../../platform/contract/actor.ts'
import { forbidden, invalid, notFound } from '../../platform/contract/errors.ts'
import type { PartyId, PersonId } from '../../platform/contract/ids.ts'
import type { Context } from '../../platform/server/implement.ts'
import { assertValue } from '../../territory/server/api.ts'
import '../contract/errors.ts'
import { writesPlan } from '../contract/access.ts'
import type { ObjectiveId, PlanActionId } from '../contract/plan.ts'
import { nextPosition, updateLine } from './line.sql.ts'
import { loadPlanOfLine, todayOf, writing } from './load.ts'
import { changed, parentOf, writeAction } from './write-lines.ts'

/** From the volet that most people read to the one that fewest do. */
const guarded: readonly Volet[] = ['administrative', 'social', 'health']

export interface ActionToAdd {
  readonly id: PlanActionId
  readonly objectiveId: ObjectiveId
  /** Whose plan it must be. */
  readonly personId: PersonId
  readonly title: string
  /** The volet in which its words were written. */
  readonly volet: Volet
  readonly actorPartyId: string | null
  readonly actorName: string | null
  readonly actorRole: string | null
  readonly dueOn: string | null
  /** Her acceptance, when it is known already: a code of care_plans.agreement_mode. */
  readonly answer: { readonly mode: string; readonly words: string | null } | null
}

/**
 * Writes an action under an objective of the plan being written, in the caller's transaction. Refuses: an objective of another person or that the actor
 * does not see (not found), whoever may not write the plan, a plan that is proposed or validated (`carePlans.not_draft`), an objective of a volet that more
 * people read (`carePlans.wider_volet`).
 */
export async function addPlanActionFor(context: Context, action: ActionToAdd): Promise<void> {
  const target = await loadPlanOfLine(context, 'objective', action.objectiveId)
  if (target.personId !== action.personId) throw notFound('objective')
  const verdict = writesPlan(context.actor, target)
  if (!verdict.allowed) throw forbidden(verdict.reason)
  const plan = await writing(context, target.id)
  const objective = await parentOf(context, 'objective', action.objectiveId)
  if (guarded.indexOf(objective.volet) < guarded.indexOf(action.volet)) throw invalid('carePlans.wider_volet')
  const { id, title, actorName, actorRole, dueOn, answer } = action
  await writeAction(
    context,
    plan,
    objective,
    {
      id,
      code: null,
      title,
      details: null,
      actorKind: action.actorPartyId === null ? 'free' : 'professional',
      actorPartyId: action.actorPartyId as PartyId | null,
      actorName,
      actorRole,
      dueOn: dueOn as never,
      dueKind: 'before',
      dueWords: null,
      status: 'proposed',
    },
    await nextPosition(context.tx, 'action', action.objectiveId),
  )
  if (answer !== null) {
    await assertValue(context.tx, 'care_plans.agreement_mode', answer.mode)
    await updateLine(context.tx, 'action', id, 1, {
      answer: 'accepted',
      answer_on: todayOf(context),
      answer_mode: answer.mode,
      answer_words: answer.words,
      answer_noted_by_name: context.actor.displayName,
    })
  }
  await changed(context, plan, objective.volet)
}

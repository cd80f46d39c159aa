import { recordTimelineItem } from '../../persons/server/api.ts'
import { formatDay } from '../../platform/contract/dates.ts'
import { conflict, invalid } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { proposePlan, resumePlan, revisePlan, validatePlan } from '../contract/actions.ts'
import type { PlanContent } from '../contract/plan.ts'
import { isOver } from '../contract/words.ts'
import { selectAgreements } from './agreement.sql.ts'
import { selectContent } from './content.sql.ts'
import { living, loadPlan, todayOf, writing } from './load.ts'
import { clearCriteria } from './part.sql.ts'
import { selectVersions, updatePlan } from './plan.sql.ts'
import { insertVersion } from './version.sql.ts'

export const proposePlanImplementation = implement(proposePlan, {
  load: (context, { id }) => loadPlan(context, id),
  run: async (context, { id, contentVersion }) => {
    const { tx, actor, now } = context
    const plan = await writing(context, id)
    if (plan.contentVersion !== contentVersion) throw conflict('carePlans.changed_meanwhile')
    const content = await selectContent(tx, id)
    if (plan.reviewOn === null) throw invalid('carePlans.review_missing')
    if (plan.reviewOn <= todayOf(context)) throw invalid('carePlans.review_in_the_past')
    if (content.criteria.length === 0) throw invalid('carePlans.criterion_missing')
    const actions = pursuedActions(content)
    if (actions.length === 0) throw invalid('carePlans.nothing_planned')
    if (actions.some((action) => action.actor.kind !== 'person' && action.actor.name === null && !isOver(action.status)))
      throw invalid('carePlans.actor_missing')
    const version = plan.version + 1
    await updatePlan(tx, id, version, { state: 'proposed', proposed_at: now, proposed_by: actor.userId })
    await recordTimelineItem(context, {
      personId: plan.personId,
      kind: 'care_plan',
      title: `PPCS, version ${plan.draftNumber ?? 1}, proposé à la validation`,
      source: 'care-plans',
      sourceId: id,
      volet: 'administrative',
    })
    context.emit({
      type: 'carePlans.plan.proposed',
      personId: plan.personId,
      volet: 'administrative',
      audience: [plan.referentId],
      payload: { planId: id, number: plan.draftNumber },
    })
    return { id, version }
  },
})

export const resumePlanImplementation = implement(resumePlan, {
  load: (context, { id }) => loadPlan(context, id),
  run: async (context, { id }) => {
    const plan = await living(context, id)
    if (plan.state !== 'proposed') throw conflict('carePlans.not_proposed')
    const version = plan.version + 1
    await updatePlan(context.tx, id, version, { state: 'draft', proposed_at: null, proposed_by: null })
    context.emit({ type: 'carePlans.plan.resumed', personId: plan.personId, volet: 'administrative', payload: { planId: id } })
    return { id, version }
  },
})

export const validatePlanImplementation = implement(validatePlan, {
  load: (context, { id }) => loadPlan(context, id),
  run: async (context, { id, contentVersion }) => {
    const { tx, actor, now } = context
    const plan = await living(context, id)
    if (plan.state !== 'proposed' || plan.draftNumber === null || plan.reviewOn === null) throw conflict('carePlans.not_proposed')
    if (plan.contentVersion !== contentVersion) throw conflict('carePlans.changed_meanwhile')
    const number = plan.draftNumber
    const content = await selectContent(tx, id)
    if (pursuedActions(content).some((action) => action.answer === 'refused' && !isOver(action.status))) throw invalid('carePlans.actor_refuses')
    const hers = (await selectAgreements(tx, id, number)).filter((one) => one.party === 'person' || one.party === 'legal_representative')
    // « Sollicité sans réponse » holds for partners; the person's own answer, or that she cannot give one, is part of the plan.
    const answered = hers.filter((one) => one.state !== 'asked' && one.state !== 'no_answer')
    if (answered.some((one) => one.state === 'disagrees')) throw invalid('carePlans.person_disagrees')
    if (answered.length === 0) throw invalid('carePlans.person_not_asked')
    const today = todayOf(context)
    const before = (await selectVersions(tx, id)).at(-1)
    await insertVersion(
      tx,
      {
        planId: id,
        number,
        personId: plan.personId,
        holderOrg: plan.holderOrg,
        validatedOn: today,
        validatedAt: now,
        validatedBy: actor.userId,
        validatedByName: actor.displayName,
        reviewOn: plan.reviewOn,
        dueOn: before?.reviewOn ?? null,
      },
      afresh(content),
    )
    await clearCriteria(tx, id)
    const version = plan.version + 1
    await updatePlan(tx, id, version, { state: 'validated', draft_number: null, validated_number: number, validated_on: today, criterion_reached_at: null })
    await recordTimelineItem(context, {
      personId: plan.personId,
      kind: 'care_plan',
      title: `PPCS, version ${number}, validé`,
      summary: `À réviser le ${formatDay(plan.reviewOn)}`,
      source: 'care-plans',
      sourceId: id,
      volet: 'administrative',
    })
    context.emit({
      type: 'carePlans.plan.validated',
      personId: plan.personId,
      volet: 'administrative',
      audience: [plan.referentId],
      payload: { planId: id, number },
    })
    return { id, version, number }
  },
})

export const revisePlanImplementation = implement(revisePlan, {
  load: (context, { id }) => loadPlan(context, id),
  run: async (context, { id }) => {
    const plan = await living(context, id)
    if (plan.state !== 'validated' || plan.validatedNumber === null) throw conflict('carePlans.not_validated')
    const number = Math.max(plan.validatedNumber, plan.discardedNumber ?? 0) + 1
    const version = plan.version + 1
    await updatePlan(context.tx, id, version, { state: 'draft', draft_number: number })
    context.emit({ type: 'carePlans.plan.revised', personId: plan.personId, volet: 'administrative', payload: { planId: id, number } })
    return { id, version, number }
  },
})

function pursuedActions(content: PlanContent): readonly PlanContent['problems'][number]['objectives'][number]['actions'][number][] {
  return content.problems.flatMap((problem) =>
    problem.objectives.filter((objective) => objective.status !== 'not_pursued').flatMap((objective) => objective.actions),
  )
}

/** As the version keeps it: no row version, and criteria that nothing has reached yet. */
function afresh(content: PlanContent): PlanContent {
  return {
    problems: content.problems.map((problem) => ({
      ...problem,
      version: 0,
      objectives: problem.objectives.map((objective) => ({
        ...objective,
        version: 0,
        actions: objective.actions.map((action) => ({ ...action, version: 0 })),
      })),
    })),
    statements: content.statements.map((statement) => ({ ...statement, version: 0 })),
    criteria: content.criteria.map((criterion) => ({ ...criterion, reachedOn: null, reachedByName: null, reachedWords: null, version: 0 })),
  }
}

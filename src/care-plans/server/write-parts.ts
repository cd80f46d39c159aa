import { recordTimelineItem } from '../../persons/server/api.ts'
import { conflict, invalid } from '../../platform/contract/errors.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { mergeEdit } from '../../platform/server/versions.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import { assertValue } from '../../territory/server/api.ts'
import { addCriterion, flagCriterion, removeCriterion, setReview, unflagCriterion, writeStatement } from '../contract/actions.ts'
import type { CriterionId } from '../contract/plan.ts'
import { revisionCriteria } from '../contract/value-sets.ts'
import { living, loadPlan, loadPlanOfCriterion, presentLine, todayOf, writing } from './load.ts'
import { type CriterionRow, findCriterion, findStatement, insertCriterion, updateCriterion, writeStatementRow } from './part.sql.ts'
import { markReached, touchContent, unmarkReached, updatePlan } from './plan.sql.ts'
import { changed } from './write-lines.ts'

export const writeStatementImplementation = implement(writeStatement, {
  load: (context, { planId }) => loadPlan(context, planId),
  run: async (context, { planId, kind, baseVersion, changes }) => {
    const { tx, actor, now } = context
    const plan = await writing(context, planId)
    const row = await findStatement(tx, planId, kind)
    const current = { words: row?.words ?? null, saidOn: row?.saidOn ?? null, volet: row?.volet ?? ('social' as const) }
    const id = row?.id ?? context.newId<CriterionId>()
    const wanted = { ...changes, ...(changes.words !== undefined && changes.saidOn === undefined ? { saidOn: todayOf(context) } : {}) }
    const merged = await mergeEdit(
      context,
      { id, version: row?.version ?? 0, personId: plan.personId, volet: current.volet, holderOrg: plan.holderOrg, protection: 'shared', fields: current },
      'care_plans.statement',
      baseVersion,
      wanted,
    )
    if (merged.version === (row?.version ?? 0)) return { planId, kind, version: merged.version }
    const kept = { ...current, ...(merged.changes as Partial<typeof current>) }
    await writeStatementRow(tx, {
      id,
      planId,
      personId: plan.personId,
      kind,
      ...kept,
      holderOrg: plan.holderOrg,
      version: merged.version,
      writtenAt: now,
      writtenBy: actor.userId,
    })
    await changed(context, plan, kept.volet)
    return { planId, kind, version: merged.version }
  },
})

export const setReviewImplementation = implement(setReview, {
  load: (context, { id }) => loadPlan(context, id),
  run: async (context, { id, baseVersion, reviewOn }) => {
    const plan = await writing(context, id)
    if (reviewOn <= todayOf(context)) throw invalid('carePlans.review_in_the_past')
    const { version } = await mergeEdit(
      context,
      {
        id,
        version: plan.version,
        personId: plan.personId,
        volet: 'administrative',
        holderOrg: plan.holderOrg,
        protection: plan.protection,
        fields: { reviewOn: plan.reviewOn },
      },
      'care_plans.plan',
      baseVersion,
      { reviewOn },
    )
    if (version === plan.version) return { id, version }
    await updatePlan(context.tx, id, version, { review_on: reviewOn })
    await changed(context, plan, 'administrative')
    return { id, version }
  },
})

export const addCriterionImplementation = implement(addCriterion, {
  load: (context, { planId }) => loadPlan(context, planId),
  run: async (context, { id, planId, code, words, volet }) => {
    const plan = await writing(context, planId)
    await assertValue(context.tx, 'care_plans.revision_criterion', code)
    if (code === 'other' && words === null) throw invalid('carePlans.criterion_missing')
    await insertCriterion(context.tx, {
      id,
      planId,
      personId: plan.personId,
      code,
      words: words ?? labelOf(revisionCriteria, code),
      volet,
      holderOrg: plan.holderOrg,
      createdAt: context.now,
    })
    await changed(context, plan, volet)
    return { id, version: 1 }
  },
})

export const removeCriterionImplementation = implement(removeCriterion, {
  load: (context, { id }) => loadPlanOfCriterion(context, id),
  run: async (context, { id, baseVersion }, target) => {
    const plan = await writing(context, target.id)
    const row = await presentLine(findCriterion(context.tx, id))
    const version = await mergeCriterion(context, row, plan.holderOrg, baseVersion, { removed: true })
    await updateCriterion(context.tx, id, version, { removed_at: context.now })
    await unmarkReached(context.tx, plan.id)
    await changed(context, plan, row.volet)
    return { id, version }
  },
})

export const flagCriterionImplementation = implement(flagCriterion, {
  load: (context, { id }) => loadPlanOfCriterion(context, id),
  run: async (context, { id, on, words }, target) => {
    const { tx, actor, now } = context
    const plan = await living(context, target.id)
    const row = await presentLine(findCriterion(tx, id))
    if (row.reachedOn !== null) throw conflict('carePlans.criterion_reached')
    const today = todayOf(context)
    if (on !== null && on > today) throw invalid('carePlans.day_in_the_future')
    const reachedOn = on ?? today
    const version = await mergeCriterion(context, row, plan.holderOrg, row.version, { reachedOn })
    await updateCriterion(tx, id, version, {
      reached_at: now,
      reached_on: reachedOn,
      reached_by: actor.userId,
      reached_by_name: actor.displayName,
      reached_words: words,
    })
    await markReached(tx, plan.id, now)
    await recordTimelineItem(context, {
      personId: plan.personId,
      kind: 'care_plan',
      title: `PPCS à réviser\u00a0: ${row.words.replace(/^./u, (first) => first.toLocaleLowerCase('fr-FR'))}`,
      summary: words,
      source: 'care-plans',
      sourceId: id,
      volet: row.volet,
    })
    context.emit({
      type: 'carePlans.criterion.reached',
      personId: plan.personId,
      volet: row.volet,
      audience: [plan.referentId],
      payload: { planId: plan.id, criterionId: id },
    })
    return { id, version }
  },
})

export const unflagCriterionImplementation = implement(unflagCriterion, {
  load: (context, { id }) => loadPlanOfCriterion(context, id),
  run: async (context, { id, baseVersion }, target) => {
    const plan = await living(context, target.id)
    const row = await presentLine(findCriterion(context.tx, id))
    if (row.reachedOn === null) throw conflict('carePlans.criterion_not_reached')
    const version = await mergeCriterion(context, row, plan.holderOrg, baseVersion, { reachedOn: null })
    await updateCriterion(context.tx, id, version, { reached_at: null, reached_on: null, reached_by: null, reached_by_name: null, reached_words: null })
    await unmarkReached(context.tx, plan.id)
    await touchContent(context.tx, plan.id)
    context.emit({ type: 'carePlans.criterion.unflagged', personId: plan.personId, volet: row.volet, payload: { planId: plan.id, criterionId: id } })
    return { id, version }
  },
})

async function mergeCriterion(
  context: Context,
  row: CriterionRow,
  holderOrg: string,
  baseVersion: number,
  wanted: Readonly<Record<string, unknown>>,
): Promise<number> {
  const merged = await mergeEdit(
    context,
    {
      id: row.id,
      version: row.version,
      personId: row.personId,
      volet: row.volet,
      holderOrg,
      protection: 'shared',
      fields: { removed: row.removed, reachedOn: row.reachedOn },
    },
    'care_plans.criterion',
    baseVersion,
    wanted,
  )
  return merged.version
}

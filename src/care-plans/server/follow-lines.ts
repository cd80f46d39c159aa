import { recordTimelineItem, unnamedParties } from '../../persons/server/api.ts'
import { invalid } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { assertValue } from '../../territory/server/api.ts'
import { answerAction, followAction, judgeObjective } from '../contract/actions.ts'
import { actionStatusWords, objectiveStatusWords } from '../contract/words.ts'
import { merge } from './edit-lines.ts'
import { findObjective, updateLine } from './line.sql.ts'
import { actionOf, living, loadPlanOfAction, loadPlanOfLine, presentLine, todayOf } from './load.ts'

/** The statuses worth a line of the Fil: what ends an action, one way or the other. */
const told = new Set(['done', 'refused', 'not_feasible', 'abandoned'])

export const followActionImplementation = implement(followAction, {
  load: (context, { id }) => loadPlanOfAction(context, id),
  run: async (context, { id, baseVersion, status, words, on }, target) => {
    const plan = await living(context, target.id)
    const row = await actionOf(context, id)
    await assertValue(context.tx, 'care_plans.action_status', status, row.status)
    if (status === 'not_feasible' && words === null) throw invalid('carePlans.status_words_missing')
    const today = todayOf(context)
    if (on !== null && on > today && status === 'done') throw invalid('carePlans.day_in_the_future')
    const statusOn = on ?? today
    const { version, changes } = await merge(context, 'action', row, { status: row.status, statusWords: row.statusWords }, baseVersion, {
      status,
      statusWords: words,
    })
    if (version === row.version) return { id, version }
    await updateLine(context.tx, 'action', id, version, { status, status_words: words, status_on: statusOn })
    if (told.has(status) && 'status' in changes)
      await recordTimelineItem(context, {
        personId: plan.personId,
        kind: 'care_plan',
        title: `${actionStatusWords(status)}\u00a0: ${row.title}`,
        summary: words,
        source: 'care-plans',
        sourceId: id,
        volet: row.volet,
      })
    context.emit({
      type: 'carePlans.action.followed',
      personId: plan.personId,
      volet: row.volet,
      audience: [plan.referentId],
      payload: { planId: plan.id, actionId: id, status },
    })
    return { id, version }
  },
})

export const answerActionImplementation = implement(answerAction, {
  load: (context, { id }) => loadPlanOfAction(context, id),
  run: async (context, { id, baseVersion, answer, mode, words }, target) => {
    const plan = await living(context, target.id)
    const row = await actionOf(context, id)
    await assertValue(context.tx, 'care_plans.agreement_mode', mode)
    const { version } = await merge(context, 'action', row, { answer: row.answer, answerWords: row.answerWords }, baseVersion, { answer, answerWords: words })
    if (version === row.version) return { id, version }
    await updateLine(context.tx, 'action', id, version, {
      answer,
      answer_on: todayOf(context),
      answer_mode: mode,
      answer_words: words,
      answer_noted_by_name: context.actor.displayName,
    })
    // In the Fil, whoever protects somebody in danger refuses without her name.
    const unnamed = row.actorPartyId !== null && (await unnamedParties(context.tx, plan.personId, { toActor: false })).includes(row.actorPartyId)
    if (answer === 'refused')
      await recordTimelineItem(context, {
        personId: plan.personId,
        kind: 'care_plan',
        title: `Action refusée par ${(unnamed ? null : row.actorName) ?? 'l’intervenant'}\u00a0: ${row.title}`,
        summary: words,
        source: 'care-plans',
        sourceId: id,
        volet: row.volet,
      })
    context.emit({
      type: 'carePlans.action.answered',
      personId: plan.personId,
      volet: row.volet,
      audience: [plan.referentId],
      payload: { planId: plan.id, actionId: id, answer },
    })
    return { id, version }
  },
})

export const judgeObjectiveImplementation = implement(judgeObjective, {
  load: (context, { id }) => loadPlanOfLine(context, 'objective', id),
  run: async (context, { id, baseVersion, status, reason, words }, target) => {
    const plan = await living(context, target.id)
    const row = await presentLine(findObjective(context.tx, id, { lock: true }))
    await assertValue(context.tx, 'care_plans.objective_status', status, row.status)
    if (status === 'not_pursued') {
      if (reason === null) throw invalid('carePlans.reason_missing')
      await assertValue(context.tx, 'care_plans.not_pursued_reason', reason, row.statusReason)
    }
    const statusReason = status === 'not_pursued' ? reason : null
    const { statusWords } = row
    const { version } = await merge(context, 'objective', row, { status: row.status, statusReason: row.statusReason, statusWords }, baseVersion, {
      status,
      statusReason,
      statusWords: words,
    })
    if (version === row.version) return { id, version }
    await updateLine(context.tx, 'objective', id, version, { status, status_reason: statusReason, status_words: words, status_on: todayOf(context) })
    if (status !== 'in_progress')
      await recordTimelineItem(context, {
        personId: plan.personId,
        kind: 'care_plan',
        title: `${objectiveStatusWords({ status, statusReason })}\u00a0– ${row.title}`,
        summary: words,
        source: 'care-plans',
        sourceId: id,
        volet: row.volet,
      })
    context.emit({ type: 'carePlans.objective.judged', personId: plan.personId, volet: row.volet, payload: { planId: plan.id, objectiveId: id, status } })
    return { id, version }
  },
})

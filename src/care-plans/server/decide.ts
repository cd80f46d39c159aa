import { liveEpisode } from '../../episodes/server/api.ts'
import { loadPerson, recordTimelineItem } from '../../persons/server/api.ts'
import { conflict, invalid } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import { assertValue } from '../../territory/server/api.ts'
import { decidePlan } from '../contract/actions.ts'
import { planDecisions } from '../contract/value-sets.ts'
import { todayOf } from './load.ts'
import { insertDecision, insertPlan } from './plan.sql.ts'

export const decidePlanImplementation = implement(decidePlan, {
  load: (context, { personId }) => loadPerson(context, personId),
  run: async (context, { id, personId, code, words, withWhom, decidedOn, planId }) => {
    const { tx, actor, now } = context
    await assertValue(tx, 'care_plans.decision', code)
    const yes = code.startsWith('yes')
    if (!yes && words === null) throw invalid('carePlans.decision_words_missing')
    const episode = await liveEpisode(tx, personId, actor.serviceId)
    if (episode === undefined) throw invalid('carePlans.no_episode')
    const today = todayOf(context)
    if (decidedOn !== null && decidedOn > today) throw invalid('carePlans.day_in_the_future')
    const { holderOrg } = episode
    if (yes) {
      if (planId === null) throw invalid('carePlans.plan_id_missing')
      const opened = await insertPlan(tx, {
        id: planId,
        personId: episode.personId,
        episodeId: episode.id,
        holderOrg,
        referentId: episode.referentId,
        createdAt: now,
        createdBy: actor.userId,
      })
      if (!opened) throw conflict('carePlans.already_open')
    }
    await insertDecision(tx, {
      id,
      personId: episode.personId,
      episodeId: episode.id,
      planId: yes ? planId : null,
      code,
      words,
      withWhom,
      decidedOn: decidedOn ?? today,
      decidedBy: actor.userId,
      decidedByName: actor.displayName,
      recordedAt: now,
      holderOrg,
    })
    await recordTimelineItem(context, {
      personId: episode.personId,
      kind: 'care_plan',
      title: `PPCS\u00a0: ${labelOf(planDecisions, code).replace(/^./u, (first) => first.toLocaleLowerCase('fr-FR'))}`,
      summary: words,
      source: 'care-plans',
      sourceId: id,
      volet: 'social',
    })
    context.emit({ type: 'carePlans.decision.recorded', personId: episode.personId, volet: 'social', payload: { decisionId: id, code } })
    return { id, planId: yes ? planId : null }
  },
})

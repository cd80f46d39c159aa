import { dayOf } from '../../platform/contract/dates.ts'
import { conflict, invalid } from '../../platform/contract/errors.ts'
import type { ServiceId } from '../../platform/contract/ids.ts'
import { implement } from '../../platform/server/implement.ts'
import { recordOpinion } from '../contract/actions.ts'
import { resultVolet } from '../contract/library.ts'
import { formOf, loadAssessment, loadWithPerson } from './load.ts'
import { insertOpinion } from './opinion.sql.ts'

export const recordOpinionImplementation = implement(recordOpinion, {
  load: (context, { assessmentId }) => loadWithPerson(context, assessmentId),
  run: async (context, { id, assessmentId, explainedOn, ...said }) => {
    const { tx, actor, now } = context
    const assessment = await loadAssessment(context, assessmentId)
    if (assessment.state !== 'finished') throw conflict('assessments.not_finished')
    const today = dayOf(now, context.timeZone)
    if (explainedOn !== null && explainedOn > today) throw invalid('assessments.in_the_future')
    await insertOpinion(tx, {
      ...said,
      id,
      assessmentId,
      personId: assessment.personId,
      explainedOn: explainedOn ?? today,
      recordedBy: actor.userId,
      recordedByName: actor.displayName,
      recordedAt: now,
      volet: resultVolet(formOf(assessment)),
      holderOrg: (actor.serviceId ?? actor.userId) as ServiceId,
    })
    context.emit({ type: 'assessments.opinion.recorded', personId: assessment.personId, volet: assessment.volet, payload: { assessmentId } })
    return { id }
  },
})

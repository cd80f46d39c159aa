import { conflict } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { correctAssessment } from '../contract/actions.ts'
import type { Observations } from '../contract/assessment.ts'
import type { Answers } from '../contract/form-definition.ts'
import { findSections } from './assessment.sql.ts'
import { formOf, loadAssessment, loadWithPerson } from './load.ts'
import { insertDraft } from './start-assessment.ts'

export const correctAssessmentImplementation = implement(correctAssessment, {
  load: (context, { assessmentId }) => loadWithPerson(context, assessmentId),
  run: async (context, { id, assessmentId, reason }) => {
    const corrected = await loadAssessment(context, assessmentId)
    if (corrected.state === 'draft' || corrected.state === 'discarded') throw conflict('assessments.not_finished')
    if (corrected.state === 'replaced') throw conflict('assessments.already_corrected')
    const sections = await findSections(context.tx, assessmentId)
    const { personId, performedOn, authorKind, authorName, authorRole, authorPartyId, partOf } = corrected
    // Corrected under the version of the form that was answered: another version would ask something else.
    await insertDraft(
      context,
      formOf(corrected),
      { id, personId, performedOn, authorKind, authorName, authorRole, authorPartyId, partOf, correctsId: assessmentId, correctionReason: reason },
      {
        answers: Object.assign({}, ...sections.map((section) => section.answers)) as Answers,
        observations: Object.assign({}, ...sections.map((section) => section.observations)) as Observations,
      },
    )
    return { id, version: 1 }
  },
})

import { conflict } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { discardAssessment } from '../contract/actions.ts'
import { updateAssessment } from './assessment.sql.ts'
import { loadAssessment } from './load.ts'

export const discardAssessmentImplementation = implement(discardAssessment, {
  load: (context, { id }) => loadAssessment(context, id),
  run: async (context, _input, target) => {
    const assessment = await loadAssessment(context, target.id)
    if (assessment.state !== 'draft') throw conflict('assessments.not_a_draft')
    const version = assessment.version + 1
    await updateAssessment(context.tx, assessment.id, version, { state: 'discarded' })
    context.emit({ type: 'assessments.assessment.discarded', personId: assessment.personId, volet: assessment.volet, payload: { assessmentId: assessment.id } })
    return { id: assessment.id, version }
  },
})

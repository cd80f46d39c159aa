import { conflict } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { mergeEdit } from '../../platform/server/versions.ts'
import { describeAssessment } from '../contract/actions.ts'
import { updateAssessment } from './assessment.sql.ts'
import { authorOf } from './author.ts'
import { checkDay, loadAssessment } from './load.ts'

export const describeAssessmentImplementation = implement(describeAssessment, {
  load: (context, { id }) => loadAssessment(context, id),
  run: async (context, { baseVersion, performedOn, ...author }, target) => {
    const assessment = await loadAssessment(context, target.id)
    if (assessment.state !== 'draft') throw conflict('assessments.not_a_draft')
    await checkDay(context, assessment.personId, performedOn)
    const { authorKind, authorName, authorRole, authorPartyId } = assessment
    const wanted = { performedOn, ...(author.authorKind === 'self' && authorKind === 'self' ? {} : authorOf(context.actor, author)) }
    const { version } = await mergeEdit(
      context,
      {
        id: assessment.id,
        version: assessment.version,
        personId: assessment.personId,
        volet: assessment.volet,
        holderOrg: assessment.holderOrg,
        protection: assessment.protection,
        fields: { performedOn: assessment.performedOn, authorKind, authorName, authorRole, authorPartyId },
      },
      'assessments.assessment',
      baseVersion,
      wanted,
    )
    if (version !== assessment.version) {
      const kept = { authorKind, authorName, authorRole, authorPartyId, ...wanted }
      await updateAssessment(context.tx, assessment.id, version, {
        performed_on: kept.performedOn,
        author_kind: kept.authorKind,
        author_name: kept.authorName,
        author_role: kept.authorRole,
        author_party_id: kept.authorPartyId,
      })
      context.emit({
        type: 'assessments.assessment.described',
        personId: assessment.personId,
        volet: assessment.volet,
        payload: { assessmentId: assessment.id },
      })
    }
    return { id: assessment.id, version }
  },
})

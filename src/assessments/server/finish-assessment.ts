import { recordTimelineItem } from '../../persons/server/api.ts'
import { formatDay } from '../../platform/contract/dates.ts'
import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { finishAssessment } from '../contract/actions.ts'
import type { Answers, FormDefinition } from '../contract/form-definition.ts'
import { resultVolet } from '../contract/library.ts'
import { score } from '../contract/scoring.ts'
import { type AssessmentRow, closeSections, findAssessment, findSections, updateAssessment } from './assessment.sql.ts'
import { ageOf, formOf, loadAssessment } from './load.ts'
import { selectLines } from './read.sql.ts'
import { insertResult, supersedeResult } from './result.sql.ts'

export const finishAssessmentImplementation = implement(finishAssessment, {
  load: (context, { id }) => loadAssessment(context, id),
  run: async (context, { incompleteReason }, target) => {
    const { tx, actor, now } = context
    const assessment = await loadAssessment(context, target.id)
    if (assessment.state !== 'draft') throw conflict('assessments.not_a_draft')
    const form = formOf(assessment)
    const sections = await findSections(tx, assessment.id, { lock: true })
    if (sections.length !== form.sections.length) throw notFound('section')
    const answers: Answers = Object.assign({}, ...sections.map((section) => section.answers))
    if (Object.keys(answers).length === 0) throw invalid('assessments.empty')
    const age = await ageOf(context, assessment.personId, assessment.performedOn)
    const scored = score(form, answers, { age })
    if (scored.missing.length > 0 && incompleteReason === null)
      throw invalid('assessments.incomplete', { count: scored.missing.length }, { missing: scored.missing })
    const version = assessment.version + 1
    await closeSections(tx, assessment.id)
    await updateAssessment(tx, assessment.id, version, {
      state: 'finished',
      protection: 'shared',
      finished_at: now,
      finished_by: actor.userId,
      incomplete_reason: scored.missing.length > 0 ? incompleteReason : null,
    })
    if (assessment.correctsId !== null) await replace(context, assessment.correctsId as AssessmentRow['id'])
    const { score: value, printed } = scored
    if (value !== null && printed !== null)
      await insertResult(tx, {
        assessmentId: assessment.id,
        personId: assessment.personId,
        formCode: form.code,
        formVersion: form.version,
        performedOn: assessment.performedOn,
        age,
        computedAt: now,
        volet: resultVolet(form),
        holderOrg: assessment.holderOrg,
        result: {
          score: value,
          max: scored.max,
          band: scored.band,
          label: scored.label,
          severity: scored.severity,
          printed,
          readings: [...scored.readings],
          details: { ...scored.details },
        },
      })
    await tell(context, assessment, form, value !== null)
    return { id: assessment.id, version }
  },
})

/** The corrected one stays readable, and no longer counts. */
async function replace({ tx }: Context, id: AssessmentRow['id']): Promise<void> {
  const corrected = await findAssessment(tx, id, { lock: true })
  if (corrected === undefined) return
  await updateAssessment(tx, id, corrected.version + 1, { state: 'replaced' })
  await supersedeResult(tx, id)
}

/** One line of the Fil: with its score under the volet of the score, without it under the volet of the form. */
async function tell(context: Context, assessment: AssessmentRow, form: FormDefinition, scored: boolean): Promise<void> {
  const [line] = await selectLines(context.tx, assessment.personId, assessment.id)
  const reading =
    line?.result == null
      ? null
      : line.result.label === null || line.result.label === line.result.printed
        ? line.result.printed
        : `${line.result.printed}, ${line.result.label}`
  const facts = [
    line?.former == null ? null : `${line.former.printed} le ${formatDay(line.former.performedOn)}`,
    assessment.authorKind === 'partner' ? `évalué par ${assessment.authorName}` : null,
    assessment.correctsId === null ? null : 'corrige l’évaluation précédente',
  ].filter((fact) => fact !== null)
  const volet = scored ? resultVolet(form) : assessment.volet
  await recordTimelineItem(context, {
    personId: assessment.personId,
    kind: 'assessment',
    title: reading === null ? form.shortTitle : `${form.shortTitle}\u00a0: ${reading}`,
    summary: facts.length === 0 ? null : facts.join(' · '),
    source: 'assessments',
    sourceId: assessment.id,
    volet,
  })
  context.emit({
    type: 'assessments.assessment.finished',
    personId: assessment.personId,
    volet: assessment.volet,
    payload: { assessmentId: assessment.id, form: form.code },
  })
}

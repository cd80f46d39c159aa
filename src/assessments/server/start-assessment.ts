import { loadPerson } from '../../persons/server/api.ts'
import { dayOf } from '../../platform/contract/dates.ts'
import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import type { PersonId, ServiceId } from '../../platform/contract/ids.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { startAssessment } from '../contract/actions.ts'
import { missingItems } from '../contract/answers.ts'
import type { AssessmentId, Observations } from '../contract/assessment.ts'
import { type Answers, type FormDefinition, itemsOf } from '../contract/form-definition.ts'
import { gridsOf } from '../contract/forms.ts'
import { currentForm, formVersion, headerVolet } from '../contract/library.ts'
import { findAssessment, findOfTheDay, findSections, insertAssessment, insertSections, type NewAssessment } from './assessment.sql.ts'
import { authorOf } from './author.ts'
import { checkDay, formOf } from './load.ts'
import { knowForms } from './regional-forms.ts'

export const startAssessmentImplementation = implement(startAssessment, {
  load: async (context, { personId }) => {
    await knowForms(context.tx)
    return loadPerson(context, personId)
  },
  run: async (context, input, person) => {
    const form = input.formVersion === null ? currentForm(input.form) : formVersion(input.form, input.formVersion)
    if (form === undefined) throw invalid('assessments.form_unknown')
    if ('deceasedOn' in person && person.deceasedOn !== null) throw invalid('assessments.person_deceased')
    const performedOn = input.performedOn ?? dayOf(context.now, context.timeZone)
    await checkDay(context, input.personId, performedOn)
    if (input.alone) await checkAlone(context, input.personId, form.code, performedOn)
    if (input.partOf !== null) await checkPart(context, input.partOf, form.code)
    const start = input.copyFrom === null ? empty : await earlierAnswers(context, input.copyFrom, form)
    await insertDraft(
      context,
      form,
      {
        ...authorOf(context.actor, input),
        id: input.id,
        personId: input.personId,
        performedOn,
        partOf: input.partOf,
        correctsId: null,
        correctionReason: null,
      },
      start,
    )
    return { id: input.id, version: 1 }
  },
})

interface Start {
  readonly answers: Answers
  readonly observations: Observations
}
const empty: Start = { answers: {}, observations: {} }

type Described = Omit<NewAssessment, 'formCode' | 'formVersion' | 'formKind' | 'volet' | 'holderOrg' | 'createdAt' | 'createdBy'>

/** Writes the draft: its header, and one row per section under the section's volet, with the answers it starts from. */
export async function insertDraft(context: Context, form: FormDefinition, described: Described, start: Start): Promise<void> {
  const { tx, actor, now } = context
  const holderOrg = (actor.serviceId ?? actor.userId) as ServiceId
  const row: NewAssessment = {
    ...described,
    formCode: form.code,
    formVersion: form.version,
    formKind: form.kind,
    volet: headerVolet(form),
    holderOrg,
    createdAt: now,
    createdBy: actor.userId,
  }
  if (!(await insertAssessment(tx, row))) throw conflict('assessments.already_corrected')
  const missing = new Set(missingItems(form, start.answers))
  await insertSections(
    tx,
    form.sections.map((section) => {
      const codes = new Set(section.items.map((item) => item.code))
      const of = <T>(all: Readonly<Record<string, T>>): Record<string, T> => Object.fromEntries(Object.entries(all).filter(([code]) => codes.has(code)))
      const answers = of(start.answers)
      return {
        id: context.newId(),
        assessmentId: described.id,
        personId: described.personId,
        section: section.code,
        volet: section.volet,
        holderOrg,
        answers,
        observations: of(start.observations),
        complete: Object.keys(answers).length > 0 && ![...codes].some((code) => missing.has(code)),
        savedAt: now,
        savedBy: actor.userId,
      }
    }),
  )
  context.emit({
    type: 'assessments.assessment.started',
    personId: described.personId,
    volet: row.volet,
    audience: [holderOrg],
    payload: { assessmentId: described.id, form: form.code },
  })
}

/** Two who begin the same form for the same person, each without seeing the other: the second to arrive is told. */
async function checkAlone({ tx }: Context, personId: PersonId, form: string, day: string): Promise<void> {
  const other = await findOfTheDay(tx, personId, form, day)
  if (other !== undefined) throw conflict('assessments.begun_already', {}, other)
}

/** A grid is filled within a draft evaluation that has a place for it. */
async function checkPart({ tx }: Context, evaluationId: AssessmentId, grid: string): Promise<void> {
  const evaluation = await findAssessment(tx, evaluationId)
  if (evaluation === undefined) throw notFound('assessment')
  if (!gridsOf(formOf(evaluation)).includes(grid)) throw invalid('assessments.not_part')
}

/** The answers of an earlier assessment of the same form, as far as the present version still asks them. */
async function earlierAnswers({ tx }: Context, id: AssessmentId, form: FormDefinition): Promise<Start> {
  const earlier = await findAssessment(tx, id)
  if (earlier === undefined || earlier.formCode !== form.code) throw notFound('assessment')
  const asked = new Set(itemsOf(form).map((item) => item.code))
  const sections = await findSections(tx, id)
  return { answers: Object.fromEntries(sections.flatMap((section) => Object.entries(section.answers)).filter(([code]) => asked.has(code))), observations: {} }
}

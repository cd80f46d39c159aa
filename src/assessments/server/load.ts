import type { PersonTarget } from '../../persons/contract/person.ts'
import { loadPerson, personNames } from '../../persons/server/api.ts'
import { ageOn, dayOf } from '../../platform/contract/dates.ts'
import { invalid, notFound } from '../../platform/contract/errors.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Context } from '../../platform/server/implement.ts'
import type { AssessmentId } from '../contract/assessment.ts'
import type { FormDefinition } from '../contract/form-definition.ts'
import { formVersion } from '../contract/library.ts'
import { type AssessmentRow, findAssessment } from './assessment.sql.ts'
import { knowForms } from './regional-forms.ts'

/** The assessment of an action, kept for the transaction. Absent and invisible answer alike. */
export async function loadAssessment({ tx }: Context, id: AssessmentId): Promise<AssessmentRow> {
  await knowForms(tx)
  const row = await findAssessment(tx, id, { lock: true })
  if (row === undefined) throw notFound('assessment')
  return row
}

/** The same with the person as the actor sees her, for rules that look at her volets. */
export async function loadWithPerson(
  context: Context,
  id: AssessmentId,
): Promise<AssessmentRow & { readonly person: PersonTarget; readonly form: FormDefinition | undefined }> {
  const row = await loadAssessment(context, id)
  return { ...row, person: await loadPerson(context, row.personId), form: formVersion(row.formCode, row.formVersion) }
}

/** The form under which it was answered. */
export function formOf(row: Pick<AssessmentRow, 'formCode' | 'formVersion'>): FormDefinition {
  const form = formVersion(row.formCode, row.formVersion)
  if (form === undefined) throw invalid('assessments.form_unknown')
  return form
}

/** Whole years of the person on a day; null without a birth day. */
export async function ageOf({ tx }: Pick<Context, 'tx'>, personId: PersonId, on: string): Promise<number | null> {
  const birthDay = (await personNames(tx, [personId])).get(personId)?.birthDay ?? null
  return birthDay === null ? null : ageOn(birthDay, on)
}

/** Refuses a day to come, and a day before the birth. */
export async function checkDay(context: Context, personId: PersonId, day: string): Promise<void> {
  if (day > dayOf(context.now, context.timeZone)) throw invalid('assessments.in_the_future')
  const age = await ageOf(context, personId, day)
  if (age !== null && age < 0) throw invalid('assessments.before_birth')
}

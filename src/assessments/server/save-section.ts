import { conflict, DomainError, invalid, notFound } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { mergeEdit } from '../../platform/server/versions.ts'
import { saveSection } from '../contract/actions.ts'
import { answerFaults, isGiven, missingItems } from '../contract/answers.ts'
import type { Observation, Observations } from '../contract/assessment.ts'
import type { Answer, Answers, FormSection } from '../contract/form-definition.ts'
import { findSections, updateSection } from './assessment.sql.ts'
import { formOf, loadAssessment } from './load.ts'

export const saveSectionImplementation = implement(saveSection, {
  load: (context, { id }) => loadAssessment(context, id),
  run: async (context, input, target) => {
    const assessment = await loadAssessment(context, target.id)
    if (assessment.state !== 'draft') throw conflict('assessments.not_a_draft')
    const form = formOf(assessment)
    const definition = form.sections.find((section) => section.code === input.section)
    const [row] = await findSections(context.tx, assessment.id, { section: input.section, lock: true })
    if (definition === undefined || row === undefined) throw notFound('section')
    refuseFaults(form, definition, input.answers, input.observations)
    const { version, changes } = await mergeEdit(
      context,
      {
        id: row.id,
        version: row.version,
        personId: assessment.personId,
        volet: row.volet,
        holderOrg: row.holderOrg,
        protection: row.protection,
        fields: { ...row.answers, ...noted(row.observations) },
      },
      'assessments.section',
      input.baseVersion,
      { ...normal(input.answers), ...noted(input.observations) },
    )
    if (version === row.version) return { id: assessment.id, section: row.section, version, complete: row.complete }
    const answers = without({ ...row.answers, ...pick(changes, (key) => !key.startsWith(notePrefix)) }) as Answers
    const observations = without({ ...row.observations, ...denoted(changes) }) as Observations
    for (const [item, observation] of Object.entries(observations))
      if ((observation?.unmet?.length ?? 0) > 0 && answers[item] === 'A') throw invalid('assessments.modality_contradicts')
    const codes = new Set(definition.items.map((item) => item.code))
    const others = (await findSections(context.tx, assessment.id)).filter((one) => one.section !== row.section)
    // Conditions may look at answers of another section: completeness is judged on all of them.
    const all: Answers = Object.assign({}, ...others.map((one) => one.answers), answers)
    const complete = Object.values(answers).some(isGiven) && !missingItems(form, all).some((code) => codes.has(code))
    await updateSection(context.tx, row.id, version, { answers, observations, complete, savedAt: context.now, savedBy: context.actor.userId })
    context.emit({
      type: 'assessments.section.saved',
      personId: assessment.personId,
      volet: row.volet,
      payload: { assessmentId: assessment.id, section: row.section, version },
    })
    context.note({ section: row.section, items: Object.keys(changes).length })
    return { id: assessment.id, section: row.section, version, complete }
  },
})

/** Field names of observations in the history and in conflicts: apart from the answers of the same items. */
const notePrefix = 'note.'
const noted = (observations: Observations): Record<string, Observation | null> =>
  Object.fromEntries(Object.entries(observations).map(([item, one]) => [`${notePrefix}${item}`, blank(one) ? null : one]))
const denoted = (changes: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(changes)
      .filter(([key]) => key.startsWith(notePrefix))
      .map(([key, value]) => [key.slice(notePrefix.length), value]),
  )

function blank(observation: Observation | null): boolean {
  return observation === null || ((observation.remark ?? '') === '' && (observation.unmet?.length ?? 0) === 0)
}

/** An answer that says nothing is kept as an absence. */
function normal(answers: Answers): Record<string, Answer> {
  return Object.fromEntries(Object.entries(answers).map(([item, answer]) => [item, isGiven(answer) ? answer : null]))
}

function pick(record: Readonly<Record<string, unknown>>, keep: (key: string) => boolean): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => keep(key)))
}

function without(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null && value !== undefined))
}

/** Faults go under the item they concern, as those of any form. */
function refuseFaults(form: Parameters<typeof answerFaults>[0], section: FormSection, answers: Answers, observations: Observations): void {
  const own = new Set(section.items.map((item) => item.code))
  const strangers = [...Object.keys(answers), ...Object.keys(observations)]
    .filter((code) => !own.has(code))
    .map((item) => ({ item, message: 'Cette question n’est pas dans la rubrique.' }))
  const faults = [...strangers, ...answerFaults(form, answers)]
  if (faults.length > 0)
    throw new DomainError(
      'invalid',
      'input_invalid',
      { count: faults.length },
      { fields: Object.fromEntries(faults.map((fault) => [`answers.${fault.item}`, fault.message])) },
    )
}

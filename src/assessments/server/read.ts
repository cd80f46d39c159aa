import type { PersonTarget } from '../../persons/contract/person.ts'
import { loadPerson } from '../../persons/server/api.ts'
import { notFound } from '../../platform/contract/errors.ts'
import { implement, noTarget } from '../../platform/server/implement.ts'
import type { AssessedPerson } from '../contract/access.ts'
import { changeBetween } from '../contract/change.ts'
import { gridsOf } from '../contract/forms.ts'
import { currentForm, formVersion } from '../contract/library.ts'
import { assessmentDetail, assessmentsOfPerson, formVersions, latestScores, regionalForms } from '../contract/queries.ts'
import { findAssessment } from './assessment.sql.ts'
import { selectForms, selectFormVersions } from './form.sql.ts'
import { ageOf } from './load.ts'
import { selectCorrection, selectFormerAnswers, selectGrids, selectLines, selectOpinions, selectSectionAnswers } from './read.sql.ts'
import { knowForms } from './regional-forms.ts'
import { selectLatest } from './result.sql.ts'

const seen = (person: AssessedPerson) => {
  const { personId, bases, volets, inCharge, deceasedOn } = person as PersonTarget
  return { personId, bases: [...bases], volets: [...volets], inCharge, deceased: deceasedOn !== null }
}

export const assessmentsOfPersonImplementation = implement(assessmentsOfPerson, {
  load: (context, { personId }) => loadPerson(context, personId),
  run: async ({ tx }, { personId }, person) => ({ person: seen(person), rows: await selectLines(tx, personId) }),
})

export const assessmentDetailImplementation = implement(assessmentDetail, {
  load: async (context, { id }) => {
    await knowForms(context.tx)
    const row = await findAssessment(context.tx, id)
    if (row === undefined) throw notFound('assessment')
    return { ...row, person: await loadPerson(context, row.personId) }
  },
  run: async (context, { id }, target) => {
    const { tx } = context
    const [line] = await selectLines(tx, target.personId, id)
    if (line === undefined) throw notFound('assessment')
    const form = formVersion(line.formCode, line.formVersion)
    const grids = form === undefined ? [] : gridsOf(form)
    return {
      person: seen(target.person),
      age: await ageOf(context, target.personId, line.performedOn),
      assessment: line,
      sections: await selectSectionAnswers(tx, id),
      formerAnswers: await selectFormerAnswers(tx, id),
      opinions: await selectOpinions(tx, id),
      grids: await selectGrids(tx, target.personId, id, line.performedOn, grids),
      correctedBy: await selectCorrection(tx, id),
    }
  },
})

export const latestScoresImplementation = implement(latestScores, {
  load: async (context, { personId }) => {
    await knowForms(context.tx)
    return loadPerson(context, personId)
  },
  run: async ({ tx }, { personId }) => ({
    rows: (await selectLatest(tx, personId)).map(({ formCode, formVersion: version, former, ...row }) => {
      const form = formVersion(formCode, version) ?? currentForm(formCode)
      return {
        formCode,
        shortTitle: form?.shortTitle ?? 'Évaluation',
        former,
        change: former === null || form === undefined ? null : changeBetween(form, former.score, row.result.score),
        ...row,
      }
    }),
  }),
})

export const regionalFormsImplementation = implement(regionalForms, {
  load: noTarget,
  run: async ({ tx }) => ({ rows: (await selectForms(tx, 0)).map(({ definition }) => definition) }),
})

export const formVersionsImplementation = implement(formVersions, {
  load: noTarget,
  run: async ({ tx }) => ({ rows: await selectFormVersions(tx) }),
})

import { sql } from 'kysely'
import { newId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { expectAll, type MatrixRow, type MatrixWorld } from '../../platform/testing/matrix-model.ts'
import {
  correctAssessment,
  describeAssessment,
  discardAssessment,
  finishAssessment,
  publishForm,
  recordOpinion,
  saveSection,
  startAssessment,
} from '../contract/actions.ts'
import { currentForm, headerVolet } from '../contract/library.ts'
import { assessmentDetail, assessmentsOfPerson, formVersions, latestScores } from '../contract/queries.ts'

const eight = { coherence: 'A', orientation: 'A', washing: 'C', dressing: 'C', feeding: 'A', elimination: 'A', transfers: 'A', indoor_moves: 'A' }

/** An AGGIR of the DAC, answered, as a draft or finished. */
function anAggir(state: 'draft' | 'finished') {
  return async (world: MatrixWorld, tx: Tx): Promise<{ readonly id: string }> => {
    const form = currentForm('aggir')
    if (form === undefined) throw new Error('no AGGIR')
    const id = newId()
    const finished = state === 'finished'
    const protection = finished ? 'shared' : 'org_private'
    await sql`insert into assessments.assessment (id, person_id, form_code, form_version, form_kind, state, performed_on, author_kind, author_name, volet, holder_org, protection, created_at, created_by, finished_at)
      values (${id}, ${world.personId}, ${form.code}, ${form.version}, 'grid', ${state}, '2026-10-01', 'self', 'Julie Marchal', ${headerVolet(form)}, ${world.dacA}, ${protection}, ${world.clock}, ${world.referentId}, ${finished ? world.clock : null})`.execute(
      tx,
    )
    for (const section of form.sections)
      await sql`insert into assessments.section_answers (id, assessment_id, person_id, section, answers, closed, volet, holder_org, protection, saved_at)
        values (${newId()}, ${id}, ${world.personId}, ${section.code}, ${JSON.stringify(section.code === 'discriminating' ? eight : {})}::jsonb, ${finished}, ${section.volet}, ${world.dacA}, ${protection}, ${world.clock})`.execute(
        tx,
      )
    return { id }
  }
}

const aRegionalForm = {
  code: 'matrix_region',
  version: '2026.1',
  kind: 'grid',
  title: 'Habitat de la région',
  shortTitle: 'Habitat',
  purpose: 'Regard partagé sur l’habitat',
  source: 'Groupe de travail régional',
  licence: { kind: 'own', text: 'Libre' },
  minutes: 10,
  notice: 'Aide à la décision',
  display: 'none',
  sections: [{ code: 'home', title: 'Habitat', volet: 'social', items: [{ type: 'boolean', code: 'cold', label: 'Froid' }] }],
  scoring: { method: 'none' },
  bandSets: [],
}

/** A draft belongs to the DAC that writes it; the circle learns of it once finished. */
const ownDraft = expectAll('not_found', { referent: 'ok' })
const readers = expectAll('not_found', { referent: 'ok', circleDoctor: 'ok', circleSocial: 'ok', frontDesk: 'forbidden' })

export const assessmentsMatrix: readonly MatrixRow[] = [
  {
    contract: startAssessment,
    input: ({ personId }) => ({ id: newId(), personId, form: 'aggir' }),
    // The social worker does not hold the health volet that the form needs.
    expected: expectAll('not_found', { referent: 'ok', circleDoctor: 'ok', circleSocial: 'forbidden', frontDesk: 'forbidden' }),
  },
  {
    contract: describeAssessment,
    arrange: anAggir('draft'),
    input: (_world, { id }) => ({ id, baseVersion: 1, performedOn: '2026-10-02' }),
    expected: ownDraft,
  },
  {
    contract: saveSection,
    arrange: anAggir('draft'),
    input: (_world, { id }) => ({ id, section: 'discriminating', baseVersion: 1, answers: { washing: 'B' } }),
    expected: ownDraft,
  },
  { contract: finishAssessment, arrange: anAggir('draft'), input: (_world, { id }) => ({ id }), expected: ownDraft },
  { contract: discardAssessment, arrange: anAggir('draft'), input: (_world, { id }) => ({ id }), expected: ownDraft },
  {
    contract: correctAssessment,
    arrange: anAggir('finished'),
    input: (_world, { id }) => ({ id: newId(), assessmentId: id, reason: 'Toilette mal cotée' }),
    expected: expectAll('not_found', { referent: 'ok', circleDoctor: 'forbidden', circleSocial: 'forbidden' }),
  },
  {
    contract: recordOpinion,
    arrange: anAggir('finished'),
    input: (_world, { id }) => ({ id: newId(), assessmentId: id, agrees: 'agrees' }),
    expected: expectAll('not_found', { referent: 'ok', circleDoctor: 'ok', circleSocial: 'forbidden' }),
  },
  { contract: assessmentsOfPerson, arrange: anAggir('finished'), input: ({ personId }) => ({ personId }), expected: readers },
  {
    contract: assessmentDetail,
    arrange: anAggir('finished'),
    input: (_world, { id }) => ({ id }),
    expected: expectAll('not_found', { referent: 'ok', circleDoctor: 'ok', circleSocial: 'ok' }),
  },
  { contract: latestScores, arrange: anAggir('finished'), input: ({ personId }) => ({ personId }), expected: readers },
  {
    contract: publishForm,
    input: () => ({ definition: JSON.stringify(aRegionalForm) }),
    expected: expectAll('forbidden', { regionalAdmin: 'ok' }),
  },
  { contract: formVersions, input: () => ({}), expected: expectAll('forbidden', { regionalAdmin: 'ok' }) },
]

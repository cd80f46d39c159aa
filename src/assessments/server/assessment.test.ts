import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { aDacUser, anOutsideProfessional, aPerson, aSight } from '../../persons/testing/builders.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { asActor, asSystem } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call, testClock, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { aService } from '../../territory/testing/builders.ts'
import { correctAssessment, describeAssessment, discardAssessment, finishAssessment, recordOpinion, saveSection, startAssessment } from '../contract/actions.ts'
import type { AssessmentId } from '../contract/assessment.ts'
import { assessmentDetail, assessmentsOfPerson, latestScores } from '../contract/queries.ts'
import { assessmentsHandlers } from './handlers.ts'

const { db } = await testDatabase()
const clock = testClock('2026-10-15T07:42:00Z')
const gate = testGate(db, clock)
const registry = registryOf(assessmentsHandlers)
const dac = (await aService(db)).id
const julie = aDacUser(dac)
const karim = aDacUser(dac, { displayName: 'Karim Belkacem' })
const elsewhere = aDacUser((await aService(db, { name: 'DAC des Plaines' })).id, { displayName: 'Léa Morin' })

const as = (actor: typeof julie) => ({
  start: (personId: PersonId, form: string, more: object = {}) => {
    const id = newId<AssessmentId>()
    return call(gate, registry, startAssessment, actor, { id, personId, form, ...more }).then(() => id)
  },
  save: (id: AssessmentId, section: string, answers: Record<string, unknown>, baseVersion = 1, observations = {}) =>
    call(gate, registry, saveSection, actor, { id, section, baseVersion, answers: answers as never, observations }),
  finish: (id: AssessmentId, incompleteReason: string | null = null) => call(gate, registry, finishAssessment, actor, { id, incompleteReason }),
  read: (id: AssessmentId) => call(gate, registry, assessmentDetail, actor, { id }),
  list: (personId: PersonId) => call(gate, registry, assessmentsOfPerson, actor, { personId }),
})

const eight = ['coherence', 'orientation', 'washing', 'dressing', 'feeding', 'elimination', 'transfers', 'indoor_moves']
const modalities = (letters: string): Record<string, string> => Object.fromEntries(eight.map((item, index) => [item, letters[index] as string]))

async function gir(personId: PersonId, letters: string, performedOn: string, actor = julie): Promise<AssessmentId> {
  const id = await as(actor).start(personId, 'aggir', { performedOn })
  await as(actor).save(id, 'discriminating', modalities(letters))
  await as(actor).finish(id)
  return id
}

describe('AGGIR through the gate', () => {
  it.each([
    ['CCCCCCCC', 'GIR 1', 1],
    ['CCAAAAAA', 'GIR 2', 4],
    ['AACCCCCC', 'GIR 2', 5],
    ['AACCAAAA', 'GIR 3', 9],
    ['BBBBBBBB', 'GIR 4', 10],
    ['AABAAAAA', 'GIR 5', 12],
    ['AAAAAAAA', 'GIR 6', 13],
  ])('%s is kept as %s, rank %i, with the version of the grid', async (letters, printed, rank) => {
    const person = await aPerson(db, { dac })
    const id = await gir(person, letters, '2026-10-15')
    const { assessment } = await as(julie).read(id)
    expect(assessment).toMatchObject({ state: 'finished', formVersion: '2026.1', result: { printed, details: { rank } } })
    const { rows } = await asSystem(db, 'read what was kept', (tx) =>
      sql`select form_version, age from assessments.result where assessment_id = ${id}`.execute(tx),
    )
    expect(rows).toEqual([{ form_version: '2026.1', age: 85 }])
  })

  it('says what it was the time before, and that it got worse', async () => {
    const person = await aPerson(db, { dac })
    await gir(person, 'AABBBBAA', '2026-03-10')
    const id = await gir(person, 'AACCAAAA', '2026-06-18')
    expect((await as(julie).read(id)).assessment.former).toMatchObject({ printed: 'GIR 4', performedOn: '2026-03-10' })
    expect((await as(julie).read(id)).formerAnswers).toMatchObject({ performedOn: '2026-03-10', answers: { washing: 'B' } })
    const { rows } = await call(gate, registry, latestScores, julie, { personId: person })
    expect(rows).toMatchObject([{ formCode: 'aggir', shortTitle: 'AGGIR', result: { printed: 'GIR 3' }, former: { printed: 'GIR 4' }, change: 'worse' }])
  })

  it('is not finished while one of the eight variables is missing, unless one says why; it then has no score', async () => {
    const person = await aPerson(db, { dac })
    const id = await as(julie).start(person, 'aggir')
    const { transfers: _left, ...seven } = modalities('AACCAAAA')
    await as(julie).save(id, 'discriminating', seven)
    await expect(as(julie).finish(id)).rejects.toMatchObject({ code: 'assessments.incomplete', details: { missing: ['transfers'] } })
    await as(julie).finish(id, 'Alitée ce jour : transferts non observés')
    expect((await as(julie).read(id)).assessment).toMatchObject({
      state: 'finished',
      result: null,
      incompleteReason: 'Alitée ce jour : transferts non observés',
    })
  })

  it('refuses a modality that does not exist, under the item it concerns, and an A against an adverb that is not met', async () => {
    const person = await aPerson(db, { dac })
    const id = await as(julie).start(person, 'aggir')
    await expect(as(julie).save(id, 'discriminating', { washing: 'D' })).rejects.toMatchObject({
      code: 'input_invalid',
      details: { fields: { 'answers.washing': 'À choisir dans la liste.' } },
    })
    await expect(as(julie).save(id, 'discriminating', { cooking: 'A' })).rejects.toMatchObject({ code: 'input_invalid' })
    await expect(as(julie).save(id, 'discriminating', { washing: 'A' }, 1, { washing: { unmet: ['habitually'] } })).rejects.toMatchObject({
      code: 'assessments.modality_contradicts',
    })
    await as(julie).save(id, 'discriminating', { washing: 'B' }, 1, { washing: { unmet: ['habitually'], remark: 'Le haut seulement' } })
    expect((await as(julie).read(id)).sections.find((one) => one.section === 'discriminating')).toMatchObject({
      version: 2,
      answers: { washing: 'B' },
      observations: { washing: { unmet: ['habitually'], remark: 'Le haut seulement' } },
    })
  })
})

describe('what each volet shows', () => {
  it('a social worker of the circle sees the social section of an AGGIR, neither the health section nor the score', async () => {
    const person = await aPerson(db, { dac })
    const social = anOutsideProfessional({ category: 'social', displayName: 'Inès Caron' })
    await aSight(db, person, social.professionalId, { basis: 'care_team', volets: ['administrative', 'social'] })
    const id = await as(julie).start(person, 'aggir')
    await as(julie).save(id, 'discriminating', modalities('AACCAAAA'))
    await as(julie).save(id, 'illustrative', { cooking: 'C' })
    expect((await as(social).list(person)).rows).toEqual([])
    await as(julie).finish(id)
    const { rows } = await as(social).list(person)
    expect(rows).toMatchObject([{ id, formCode: 'aggir', result: null, former: null, sectionsSeen: 1 }])
    const { sections, assessment } = await as(social).read(id)
    expect(sections.map((one) => [one.section, one.answers])).toEqual([['illustrative', { cooking: 'C' }]])
    expect(assessment.result).toBeNull()
    expect((await call(gate, registry, latestScores, social, { personId: person })).rows).toEqual([])
    expect(JSON.stringify([rows, sections])).not.toMatch(/GIR|washing/)
    const titles = await asActor(
      db,
      { actor: social, clock: clock(), timeZone: 'Europe/Paris' },
      async (tx) => (await sql<{ title: string }>`select title from persons.timeline_item where person_id = ${person}`.execute(tx)).rows,
    )
    expect(titles).toEqual([])
  })

  it('the médecin traitant of the circle sees both, and may fill a grid herself', async () => {
    const person = await aPerson(db, { dac })
    const doctor = anOutsideProfessional()
    await aSight(db, person, doctor.professionalId, { basis: 'care_team', volets: ['administrative', 'social', 'health'] })
    await gir(person, 'AACCAAAA', '2026-06-18')
    const hers = await gir(person, 'CCAAAAAA', '2026-10-01', doctor as never)
    expect((await as(julie).list(person)).rows.map((row) => [row.id === hers, row.result?.printed, row.author.name])).toEqual([
      [true, 'GIR 2', 'Anne-Laure Fritsch'],
      [false, 'GIR 3', 'Julie Marchal'],
    ])
  })

  it('whoever does not hold all the volets of a form cannot begin it, and reads why', async () => {
    const person = await aPerson(db, { dac })
    const social = anOutsideProfessional({ category: 'social' })
    await aSight(db, person, social.professionalId, { basis: 'care_team', volets: ['administrative', 'social'] })
    await expect(as(social).start(person, 'aggir')).rejects.toMatchObject({ kind: 'forbidden', details: { reason: expect.stringContaining('volet santé') } })
  })

  it('another DAC is told that nothing exists', async () => {
    const person = await aPerson(db, { dac })
    const id = await gir(person, 'AACCAAAA', '2026-06-18')
    await expect(as(elsewhere).read(id)).rejects.toMatchObject({ kind: 'not_found' })
    await expect(as(elsewhere).list(person)).rejects.toMatchObject({ kind: 'not_found' })
    await expect(as(elsewhere).start(person, 'aggir')).rejects.toMatchObject({ kind: 'not_found' })
  })

  it('the front desk, which answers the telephone, does not read evaluations', async () => {
    const person = await aPerson(db, { dac })
    await expect(as(aDacUser(dac, { functions: ['front_desk'] })).list(person)).rejects.toMatchObject({ kind: 'forbidden' })
  })
})

describe('a finished evaluation', () => {
  it('is changed by nobody, not even past the application', async () => {
    const person = await aPerson(db, { dac })
    const id = await gir(person, 'AACCAAAA', '2026-06-18')
    await expect(as(julie).save(id, 'discriminating', { washing: 'A' }, 2)).rejects.toMatchObject({ code: 'assessments.not_a_draft' })
    await expect(call(gate, registry, describeAssessment, julie, { id, baseVersion: 2, performedOn: '2026-06-17' })).rejects.toMatchObject({
      code: 'assessments.not_a_draft',
    })
    await expect(call(gate, registry, discardAssessment, julie, { id })).rejects.toMatchObject({ code: 'assessments.not_a_draft' })
    const scope = { actor: julie, clock: clock(), timeZone: 'Europe/Paris' }
    await expect(asActor(db, scope, (tx) => sql`update assessments.result set score = 6 where assessment_id = ${id}`.execute(tx))).rejects.toMatchObject({
      code: '42501',
    })
    for (const attempt of [
      sql`update assessments.section_answers set answers = '{}' where assessment_id = ${id}`,
      sql`update assessments.assessment set performed_on = '2026-01-01' where id = ${id}`,
      sql`update assessments.result set score = 6 where assessment_id = ${id}`,
    ])
      await expect(asSystem(db, 'try to rewrite a finished assessment', (tx) => attempt.execute(tx))).rejects.toMatchObject({ code: '23000' })
  })

  it('is corrected by a new one that says why; the first stays readable and counts no more', async () => {
    const person = await aPerson(db, { dac })
    const first = await gir(person, 'AACCAAAA', '2026-06-18')
    const id = newId<AssessmentId>()
    await call(gate, registry, correctAssessment, karim, { id, assessmentId: first, reason: 'Toilette mal cotée' })
    await expect(call(gate, registry, correctAssessment, julie, { id: newId(), assessmentId: first, reason: 'Encore' })).rejects.toMatchObject({
      code: 'assessments.already_corrected',
    })
    expect((await as(julie).read(first)).correctedBy).toEqual({ id, state: 'draft' })
    expect((await as(julie).read(id)).sections.find((one) => one.section === 'discriminating')).toMatchObject({
      complete: true,
      answers: modalities('AACCAAAA'),
    })
    await as(karim).save(id, 'discriminating', { washing: 'B' })
    await as(karim).finish(id)
    const { rows } = await as(julie).list(person)
    expect(rows.map((row) => [row.state, row.result?.printed, row.correctionReason])).toEqual([
      ['finished', 'GIR 4', 'Toilette mal cotée'],
      ['replaced', 'GIR 3', null],
    ])
    expect((await call(gate, registry, latestScores, julie, { personId: person })).rows).toMatchObject([{ assessmentId: id, former: null }])
  })

  it('keeps what the person says of it, and what she said before', async () => {
    const person = await aPerson(db, { dac })
    const id = await gir(person, 'AACCAAAA', '2026-06-18')
    await expect(call(gate, registry, recordOpinion, julie, { id: newId(), assessmentId: id })).rejects.toMatchObject({ code: 'input_invalid' })
    await call(gate, registry, recordOpinion, julie, { id: newId(), assessmentId: id, agrees: 'partly', words: '« Je me lave encore toute seule. »' })
    clock.advance(60_000)
    await call(gate, registry, recordOpinion, julie, { id: newId(), assessmentId: id, agrees: 'agrees' })
    const { opinions, assessment } = await as(julie).read(id)
    expect(opinions.map((one) => [one.agrees, one.words])).toEqual([
      ['agrees', null],
      ['partly', '« Je me lave encore toute seule. »'],
    ])
    expect(assessment.opinion).toMatchObject({ agrees: 'agrees', explainedOn: '2026-10-15', recordedByName: 'Julie Marchal' })
  })
})

describe('writing it', () => {
  it('may be dated of last week and made by a partner, never of tomorrow nor before the birth', async () => {
    const person = await aPerson(db, { dac })
    await expect(as(julie).start(person, 'aggir', { performedOn: '2026-10-16' })).rejects.toMatchObject({ code: 'assessments.in_the_future' })
    await expect(as(julie).start(person, 'aggir', { performedOn: '1940-01-01' })).rejects.toMatchObject({ code: 'assessments.before_birth' })
    await expect(as(julie).start(person, 'aggir', { authorKind: 'partner' })).rejects.toMatchObject({ code: 'assessments.author_missing' })
    const id = await as(julie).start(person, 'aggir', { performedOn: '2026-10-08', authorKind: 'partner', authorName: 'Équipe APA du département' })
    expect((await as(julie).read(id)).assessment).toMatchObject({ performedOn: '2026-10-08', author: { kind: 'partner', name: 'Équipe APA du département' } })
  })

  it('two colleagues answer different items at once: both are kept; the same item differently: each sees the other’s answer', async () => {
    const person = await aPerson(db, { dac })
    const id = await as(julie).start(person, 'aggir')
    await Promise.all([as(julie).save(id, 'discriminating', { washing: 'B' }), as(karim).save(id, 'discriminating', { dressing: 'C' })])
    expect((await as(julie).read(id)).sections.find((one) => one.section === 'discriminating')).toMatchObject({
      version: 3,
      answers: { washing: 'B', dressing: 'C' },
    })
    await expect(as(karim).save(id, 'discriminating', { washing: 'C' }, 1)).rejects.toMatchObject({
      code: 'stale_version',
      details: { fields: [{ field: 'washing', base: null, theirs: 'B', mine: 'C' }] },
    })
  })

  it('the same gesture sent twice has one effect', async () => {
    const person = await aPerson(db, { dac })
    const id = await as(julie).start(person, 'aggir')
    await as(julie).save(id, 'discriminating', modalities('AACCAAAA'))
    const key = newId()
    const first = await call(gate, registry, finishAssessment, julie, { id }, key)
    expect(await call(gate, registry, finishAssessment, julie, { id }, key)).toEqual(first)
    const { rows } = await asSystem(db, 'count the lines of the Fil', (tx) =>
      sql<{ n: number }>`select count(*)::int as n from persons.timeline_item where source_id = ${id}`.execute(tx),
    )
    expect(rows).toEqual([{ n: 1 }])
  })

  it('a draft that is given up disappears from the list; nothing is finished without an answer', async () => {
    const person = await aPerson(db, { dac })
    const id = await as(julie).start(person, 'aggir')
    await expect(as(julie).finish(id, 'rien')).rejects.toMatchObject({ code: 'assessments.empty' })
    await call(gate, registry, discardAssessment, julie, { id })
    expect((await as(julie).list(person)).rows).toEqual([])
  })

  it('every reading and writing leaves its audit line, with the person', async () => {
    const person = await aPerson(db, { dac })
    await gir(person, 'AACCAAAA', '2026-06-18')
    await as(julie).list(person)
    const { rows } = await asSystem(db, 'read the audit', (tx) =>
      sql<{
        name: string
      }>`select name from (select name, person_ids, at from audit.inbox union all select name, person_ids, at from audit.entry) a where person_ids @> array[${person}]::uuid[] order by at`.execute(
        tx,
      ),
    )
    expect(rows.map((row) => row.name)).toEqual([
      'assessments.assessment.start',
      'assessments.section.save',
      'assessments.assessment.finish',
      'assessments.ofPerson',
    ])
  })
})

import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { aDacUser, aPerson } from '../../persons/testing/builders.ts'
import { newId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { aService } from '../../territory/testing/builders.ts'
import { finishAssessment, publishForm, saveSection, startAssessment } from '../contract/actions.ts'
import type { AssessmentId } from '../contract/assessment.ts'
import { assessmentDetail, formVersions, latestScores, regionalForms } from '../contract/queries.ts'
import { loadRegionalForm } from './api.ts'
import { assessmentsHandlers } from './handlers.ts'

const { db, owner } = await testDatabase()
const gate = testGate(db)
const registry = registryOf(assessmentsHandlers)
const dac = (await aService(db)).id
const julie = aDacUser(dac)

const text = (change: object = {}): string =>
  JSON.stringify({
    code: 'habitat_region',
    version: '2026.1',
    kind: 'grid',
    title: 'Habitat de la région',
    shortTitle: 'Habitat',
    purpose: 'Regard partagé sur l’habitat',
    source: 'Groupe de travail régional',
    licence: { kind: 'own', text: 'Libre' },
    minutes: 10,
    notice: 'Aide à la décision',
    display: 'over',
    sections: [{ code: 'home', title: 'Habitat', volet: 'social', items: [{ type: 'boolean', code: 'cold', label: 'Froid', points: { yes: 3, no: 0 } }] }],
    scoring: { method: 'sum' },
    bandSets: [
      {
        code: 'main',
        title: 'Lecture',
        bands: [
          { code: 'fine', label: 'rien à noter', from: 0, severity: 0 },
          { code: 'cold', label: 'à chauffer', from: 2, severity: 2 },
        ],
      },
    ],
    ...change,
  })

describe('a form of the region', () => {
  it('is loaded once; the same again changes nothing, another text under the same version is refused', async () => {
    expect(await loadRegionalForm(db, text(), 'Bruno Henry')).toMatchObject({ ok: true, already: false, form: { version: '2026.1' } })
    expect(await loadRegionalForm(db, text(), 'Bruno Henry')).toMatchObject({ ok: true, already: true })
    const other = await loadRegionalForm(db, text({ title: 'Un autre' }), 'Bruno Henry')
    expect(other).toMatchObject({ ok: false, faults: [expect.stringContaining('déjà chargée avec un autre contenu')] })
    const { rows } = await owner.query('select count(*)::int as n, min(loaded_by_name) as by from assessments.form')
    expect(rows).toEqual([{ n: 1, by: 'Bruno Henry' }])
  })

  it('is answered like the others, its score computed and kept with its version', async () => {
    await loadRegionalForm(db, text(), 'Bruno Henry')
    const personId = await aPerson(db, { dac })
    const id = newId<AssessmentId>()
    await call(gate, registry, startAssessment, julie, { id, personId, form: 'habitat_region' })
    await call(gate, registry, saveSection, julie, { id, section: 'home', baseVersion: 1, answers: { cold: true } })
    await call(gate, registry, finishAssessment, julie, { id })
    const { assessment } = await call(gate, registry, assessmentDetail, julie, { id })
    expect(assessment).toMatchObject({ formCode: 'habitat_region', formVersion: '2026.1', result: { score: 3, label: 'à chauffer' } })
    expect((await call(gate, registry, latestScores, julie, { personId })).rows[0]?.shortTitle).toBe('Habitat')
  })

  it('has a newer version for what begins, while what was answered keeps its own; an older one is refused', async () => {
    await loadRegionalForm(db, text(), 'Bruno Henry')
    const personId = await aPerson(db, { dac })
    const before = newId<AssessmentId>()
    await call(gate, registry, startAssessment, julie, { id: before, personId, form: 'habitat_region' })
    expect(await loadRegionalForm(db, text({ version: '2026.10', shortTitle: 'Habitat bis' }), 'Bruno Henry')).toMatchObject({ ok: true })
    expect(await loadRegionalForm(db, text({ version: '2026.9' }), 'Bruno Henry')).toMatchObject({
      ok: false,
      faults: [expect.stringContaining('plus ancienne')],
    })
    const after = newId<AssessmentId>()
    await call(gate, registry, startAssessment, julie, { id: after, personId, form: 'habitat_region' })
    const versionOf = async (id: AssessmentId) => (await call(gate, registry, assessmentDetail, julie, { id })).assessment.formVersion
    expect([await versionOf(before), await versionOf(after)]).toEqual(['2026.1', '2026.10'])
    expect((await call(gate, registry, regionalForms, julie, {})).rows.map(({ version }) => version)).toEqual(['2026.1', '2026.10'])
  })

  it('with a fault leaves nothing behind; what was loaded is changed by no role', async () => {
    expect(await loadRegionalForm(db, text({ code: 'aggir' }), 'Bruno Henry')).toMatchObject({ ok: false })
    await expect(asSystem(db, 'try to rewrite a form', (tx) => sql`update assessments.form set definition = '{}'`.execute(tx))).rejects.toThrow()
    expect((await owner.query(`select count(*)::int as n from assessments.form where code = 'aggir'`)).rows[0].n).toBe(0)
  })

  it('is published from the screen under the name of who does it; faults come back whole, and nobody else may', async () => {
    const bruno = { ...aDacUser(dac), displayName: 'Bruno Henry', functions: ['regional_admin' as const] }
    const published = await call(gate, registry, publishForm, bruno, { definition: text({ code: 'ecran_region' }) })
    expect(published).toEqual({ code: 'ecran_region', version: '2026.1', already: false })
    expect(await call(gate, registry, publishForm, bruno, { definition: text({ code: 'ecran_region' }) })).toMatchObject({ already: true })
    expect((await call(gate, registry, formVersions, bruno, {})).rows[0]).toMatchObject({ code: 'ecran_region', loadedByName: 'Bruno Henry' })
    await expect(call(gate, registry, publishForm, bruno, { definition: text({ code: 'ecran_region', title: 'Autre' }) })).rejects.toMatchObject({
      code: 'assessments.form_faulty',
      details: { faults: [expect.stringContaining('déjà chargée avec un autre contenu')] },
    })
    await expect(call(gate, registry, publishForm, julie, { definition: text() })).rejects.toMatchObject({ kind: 'forbidden' })
  })

  it('that the database could not keep, or that nests without end, is refused in words', async () => {
    for (const definition of [text({ title: 'a\u0000b' }), text({ title: 'a\ud800b' }), `${'['.repeat(100_000)}${']'.repeat(100_000)}`])
      expect(await loadRegionalForm(db, definition, 'Bruno Henry')).toMatchObject({ ok: false, faults: [expect.any(String)] })
  })
})

import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call, testClock, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { anActor, aService } from '../../territory/testing/builders.ts'
import { type NoteTemplateId, noteTemplateBook, noteTemplates, writeNoteTemplate } from '../contract/note-templates.ts'
import { liaisonHandlers } from './handlers.ts'

const { db } = await testDatabase()
const gate = testGate(db, testClock('2026-10-15T07:42:00Z'))
const registry = registryOf(liaisonHandlers)

let admin: Actor
let julie: Actor
let nurse: Actor

beforeAll(async () => {
  const dac = await aService(db, { name: 'DAC Hautes-Vallées' })
  admin = await anActor(db, { functions: ['regional_admin'] })
  julie = await anActor(db, { service: dac })
  nurse = await anActor(db, { functions: ['outside_professional'] })
  await asSystem(db, 'a profession', (tx) =>
    sql`update territory.user_account set profession_label = 'Infirmière libérale' where id = ${nurse.userId}`.execute(tx),
  )
})

const offered = async (actor: Actor): Promise<readonly string[]> => (await call(gate, registry, noteTemplates, actor, {})).rows.map(({ label }) => label)
const wound = {
  label: 'Pansement',
  type: 'intervention' as const,
  categories: ['health' as const],
  professions: ['Infirmi'],
  headings: ['Aspect', 'Taille', 'Produit'],
  active: true,
}

describe('templates of notes', () => {
  it('are offered to each by her trade: her category, then her profession', async () => {
    expect(await offered(nurse)).toEqual(['Passage de soins', 'Appel', 'Retour à domicile'])
    expect(await offered(julie)).toEqual(['Appel', 'Point social', 'Retour à domicile', 'Visite à domicile'])
  })

  it('are written by the region, version after version, each kept with who decided it', async () => {
    const id = newId<NoteTemplateId>()
    await call(gate, registry, writeNoteTemplate, admin, { id, baseVersion: 0, ...wound })
    expect((await call(gate, registry, noteTemplates, nurse, {})).rows.find((one) => one.id === id)).toMatchObject({
      headings: ['Aspect', 'Taille', 'Produit'],
    })
    await call(gate, registry, writeNoteTemplate, admin, {
      id,
      baseVersion: 1,
      ...wound,
      headings: ['Aspect', 'Taille', 'Produit', 'Douleur'],
      reason: 'Demande des infirmiers',
    })
    const book = (await call(gate, registry, noteTemplateBook, admin, {})).rows.find((one) => one.id === id)
    expect(book).toMatchObject({
      version: 2,
      reason: 'Demande des infirmiers',
      decidedByName: admin.displayName,
      earlier: [{ version: 1, headings: wound.headings }],
    })
    await call(gate, registry, writeNoteTemplate, admin, { id, baseVersion: 2, ...wound, active: false })
    expect(await offered(nurse)).not.toContain('Pansement')
  })

  it('two people who change one at once are told of each other', async () => {
    const id = newId<NoteTemplateId>()
    await call(gate, registry, writeNoteTemplate, admin, { id, baseVersion: 0, ...wound })
    const both = await Promise.allSettled(
      [1, 2].map((n) => call(gate, registry, writeNoteTemplate, admin, { id, baseVersion: 1, ...wound, label: `Version ${n}` })),
    )
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const refused = both.find(({ status }) => status === 'rejected')
    expect((refused as PromiseRejectedResult).reason).toMatchObject({ code: 'liaison.template_changed' })
  })

  it('are nobody else’s to write, nor a template without heading or for nobody', async () => {
    await expect(call(gate, registry, writeNoteTemplate, julie, { id: newId<NoteTemplateId>(), baseVersion: 0, ...wound })).rejects.toMatchObject({
      kind: 'forbidden',
    })
    for (const fault of [{ headings: [] }, { categories: [] }])
      await expect(call(gate, registry, writeNoteTemplate, admin, { id: newId<NoteTemplateId>(), baseVersion: 0, ...wound, ...fault })).rejects.toMatchObject({
        kind: 'invalid',
      })
  })
})

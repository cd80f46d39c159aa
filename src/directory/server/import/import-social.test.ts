import { beforeEach, expect, test } from 'vitest'
import type { PartyId } from '../../../platform/contract/ids.ts'
import { registryOf } from '../../../platform/server/implement.ts'
import { call, testGate } from '../../../platform/testing/gate.ts'
import { testDatabase } from '../../../platform/testing/test-database.ts'
import { aCommune, actorFor, aUser } from '../../../territory/testing/builders.ts'
import { directoryCard } from '../../contract/queries.ts'
import { importContent } from '../../testing/import-content.ts'
import { directoryHandlers } from '../handlers.ts'
import { outsidePartyId } from './offer.sql.ts'

const { db, owner } = await testDatabase()
await aCommune(db, { code: '88383', name: 'Remiremont', postalCodes: ['88200'] })

const structure = (id: string, more: Readonly<Record<string, unknown>> = {}) => ({
  source: 'dora',
  id: `dora--${id}`,
  nom: 'Maison des aidants des Hautes-Vosges',
  date_maj: '2026-08-14',
  code_insee: '88383',
  code_postal: '88200',
  commune: 'Remiremont',
  telephone: '+33353011234',
  reseaux_porteurs: ['ccas-cias'],
  ...more,
})
const service = (id: string, more: Readonly<Record<string, unknown>> = {}) => ({
  source: 'dora',
  structure_id: 'dora--1',
  id: `dora--${id}`,
  nom: 'Répit à domicile',
  description: 'Une relayeuse vient au domicile le temps d’un répit.',
  date_maj: '2026-08-14',
  type: 'accompagnement',
  thematiques: ['famille--soutien-aidants', 'sante--sante-mentale'],
  publics: ['seniors'],
  frais: 'gratuit',
  zone_eligibilite: ['88'],
  code_insee: '88383',
  code_postal: '88200',
  commune: 'Remiremont',
  latitude: 48.01,
  longitude: 6.59,
  telephone: '03 53 01 12 34',
  volume_horaire_hebdomadaire: 3,
  ...more,
})

beforeEach(async () => {
  await owner.query(
    'truncate directory.service, directory.outside_structure, directory.structure, directory.entry, directory.source, directory.rejected_line, directory.import cascade',
  )
})
const entries = async (kind: string) =>
  (await owner.query('select label, detail, place, city, phone, category from directory.entry where kind = $1 order by sort_key', [kind])).rows
const found = async (query: string) =>
  (await owner.query('select label from directory.entry where words @@ $1::tsquery order by label', [query])).rows.map((row) => row.label)

test('the services of data·inclusion are found by their words, themes, publics and place, with the structure that offers them', async () => {
  expect((await importContent(db, 'social_structures', JSON.stringify([structure('1')]))).outcome).toMatchObject({ state: 'done', counts: { added: 1 } })
  expect((await importContent(db, 'social_services', JSON.stringify({ items: [service('a')], total: 1 }))).outcome).toEqual({
    state: 'done',
    counts: { lines: 1, added: 1, changed: 0, removed: 0, rejected: 0 },
  })
  expect(await entries('service')).toEqual([
    {
      label: 'Répit à domicile',
      detail: 'Accompagnement',
      place: 'Maison des aidants des Hautes-Vosges',
      city: 'Remiremont',
      phone: '0353011234',
      category: 'social',
    },
  ])
  for (const query of ["'repit'", "'aidant':*", "'h:famille' & 'c:88383'", "'h:famille--soutien-aidants'", "'p:seniors'"])
    expect(await found(query)).toContain('Répit à domicile')
  expect((await owner.query('select fees, zone, facts, opening_hours, updated_on, producer from directory.service')).rows).toMatchObject([
    { fees: 'gratuit', zone: ['88'], facts: { hoursPerWeek: 3 }, producer: 'dora' },
  ])
  expect((await owner.query('select code from directory.source order by code')).rows.map((row) => row.code)).toEqual(['social_services', 'social_structures'])
})

test('the next file touches what changed and takes away what left', async () => {
  await importContent(
    db,
    'social_services',
    JSON.stringify([service('a'), service('b', { nom: 'Café des aidants' }), service('c', { nom: 'Portage de repas' })]),
  )
  const { outcome } = await importContent(db, 'social_services', JSON.stringify([service('a'), service('b', { nom: 'Café des aidantes' })]))
  expect(outcome).toMatchObject({ counts: { added: 0, changed: 1, removed: 1 } })
  expect((await entries('service')).map((row) => row.label)).toEqual(['Café des aidantes', 'Répit à domicile'])
})

test('a structure that FINESS has too, by its SIRET, is listed once', async () => {
  await owner.query(`insert into directory.structure (party_id, finess, siret, category, kind, name, detail, name_key, search_words, row_hash)
    values (gen_random_uuid(), '880780077', '26880001200018', '354', 'ssiad', 'SSIAD', 'SSIAD', 'ssiad', '', 1)`)
  await importContent(db, 'social_structures', JSON.stringify([structure('1', { siret: '26880001200018' }), structure('2', { siret: '26880001200026' })]))
  expect(await entries('structure')).toHaveLength(1)
  expect((await owner.query('select twin_id is not null as twin from directory.outside_structure order by source_id')).rows).toEqual([
    { twin: true },
    { twin: false },
  ])
})

test('a record without what the schema requires is refused with its reason; the others are imported', async () => {
  const { outcome } = await importContent(
    db,
    'social_services',
    JSON.stringify([service('a'), service('b', { nom: null }), service('c', { date_maj: 'hier' }), service('d', { structure_id: '' })]),
  )
  expect(outcome).toMatchObject({ counts: { lines: 4, added: 1, rejected: 3 } })
  expect((await owner.query('select line::int, reason from directory.rejected_line order by line')).rows).toEqual([
    { line: 2, reason: 'Nom absent' },
    { line: 3, reason: 'Date de mise à jour absente ou impossible' },
    { line: 4, reason: 'Structure absente' },
  ])
})

test.each([
  ['cut short', JSON.stringify([service('a')]).slice(0, -20), 'import_not_json'],
  ['of another content', '{"schemaVersion":"1"}', 'import_not_social'],
  ['with no record', '[]', 'import_empty'],
  ['empty', '', 'import_empty'],
])('a file %s changes nothing and says why', async (_what, content, code) => {
  await importContent(db, 'social_services', JSON.stringify([service('a')]))
  expect((await importContent(db, 'social_services', content)).outcome).toMatchObject({ state: 'failed', code })
  expect(await entries('service')).toHaveLength(1)
})

test('a structure that only data·inclusion has shows what it tells, with its source; a link that runs a script stays out', async () => {
  await importContent(
    db,
    'social_structures',
    JSON.stringify([
      structure('1', { description: 'Écoute et répit.', courriel: 'aidants@exemple.fr', site_web: 'javascript:alert(1)', lien_source: 'https://exemple.fr/s' }),
    ]),
  )
  const julie = await actorFor(db, await aUser(db, {}))
  const card = await call(testGate(db), registryOf(directoryHandlers), directoryCard, julie, { partyId: outsidePartyId('social', 'dora--1') as PartyId })
  expect(card).toMatchObject({
    structure: null,
    practices: [{ city: 'Remiremont', phones: ['0353011234'], email: 'aidants@exemple.fr' }],
    offer: { source: 'social', description: 'Écoute et répit.', link: 'https://exemple.fr/s', producer: 'dora' },
    source: { code: 'social', edition: expect.stringMatching(/^\d{4}-/) },
  })
})

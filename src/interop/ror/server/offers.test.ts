import { sql } from 'kysely'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { startRorSimulator } from '../../../../simulators/ror/main.ts'
import { plannedFeeds } from '../../../directory/server/import/feed-plan.sql.ts'
import { servicePartyId } from '../../../directory/server/import/offer.sql.ts'
import { offerOf } from '../../../directory/server/offer-card.sql.ts'
import { asSystem } from '../../../platform/server/db.ts'
import { pagedReader } from '../../../platform/server/paged-reader.ts'
import { testDatabase } from '../../../platform/testing/test-database.ts'
import { partyIdOf } from '../../../territory/server/api.ts'
import { aCommune } from '../../../territory/testing/builders.ts'
import { updateFromRor } from './offers.ts'

const { db, owner } = await testDatabase()
await aCommune(db, { code: '88383', name: 'Remiremont', postalCodes: ['88200'] })
const ig = 'https://interop.esante.gouv.fr/ig/fhir/ror/StructureDefinition'
const nos = (table: string) => `https://mos.esante.gouv.fr/NOS/${table}/FHIR/${table.replace('_', '-')}`
const offer = (id: string, sensitive: boolean | null, more: Readonly<Record<string, unknown>> = {}) => ({
  resourceType: 'HealthcareService',
  id,
  meta: { lastUpdated: '2026-10-10T10:00:00Z', tag: [{ code: 'GRAND-EST' }] },
  extension: [
    ...(sensitive === null ? [] : [{ url: `${ig}/ror-healthcareservice-sensitive-unit`, valueBoolean: sensitive }]),
    { url: `${ig}/ror-healthcareservice-patient-type`, extension: [{ url: 'ageRange', valueRange: { low: { value: 60 } } }] },
  ],
  providedBy: { reference: 'Organization/5958' },
  location: [{ reference: 'Location/5253' }],
  type: [{ coding: [{ system: nos('TRE_R227-ChampActivite'), code: '04', display: 'Médico-social' }] }],
  specialty: [{ coding: [{ system: nos('TRE_R211-ActiviteOperationnelle'), code: '420', display: 'Hébergement temporaire' }] }],
  characteristic: [{ coding: [{ system: nos('TRE_R213-ModePriseEnCharge'), code: '46', display: 'Hébergement complet internat' }] }],
  name: 'Hébergement temporaire Les Tilleuls',
  telecom: [
    {
      system: 'phone',
      value: '0353011999',
      extension: [
        { url: `${ig}/ror-telecom-confidentiality-level`, valueCodeableConcept: { coding: [{ system: nos('TRE_R283-NiveauConfidentialite'), code: '3' }] } },
      ],
    },
    { system: 'phone', value: '03 53 01 14 08' },
  ],
  ...more,
})
const part = (url: string, code: string, display: string) => ({ url, valueCodeableConcept: { coding: [{ system: nos('TRE_R330'), code, display }] } })
const place = {
  resourceType: 'Location',
  id: '5253',
  name: 'Bâtiment A',
  extension: [
    { url: `${ig}/ror-commune-cog`, valueCodeableConcept: { coding: [{ system: nos('TRE_R13-Commune'), code: '88383' }] } },
    {
      url: `${ig}/ror-location-supported-capacity`,
      extension: [
        part('capacityType', '01', 'Places'),
        part('capacityStatus', '02', 'Disponibles'),
        part('temporalityCapacity', '01', 'Immédiate'),
        { url: 'nbCapacity', valueInteger: 2 },
        part('capacitySourceType', '01', 'Saisie'),
        part('temporaryAssignement', '02', 'Hébergement temporaire'),
        { url: 'capacityUpdateDate', valueDateTime: '2026-10-10T09:00:00Z' },
      ],
    },
  ],
  position: { latitude: 48.01, longitude: 6.59 },
  address: { line: ['3 rue des Tilleuls'], city: 'Remiremont', postalCode: '88200' },
}
const organization = {
  resourceType: 'Organization',
  id: '5958',
  name: 'EHPAD Les Tilleuls',
  identifier: [{ system: 'https://finess.esante.gouv.fr', value: '880780077' }],
}
type Resource = Parameters<typeof startRorSimulator>[0][number]
const resources: Resource[] = []
const ror = await startRorSimulator(resources)
const opaque = await startRorSimulator(resources, { opaque: true })
afterAll(() => Promise.all([ror.close(), opaque.close()]))
const settings = { url: `${ror.url}/fhir`, apiKey: 'cle-d-essai' }
const at = (day: string) => ({
  reader: pagedReader({ key: { header: 'authorization', value: 'Bearer cle-d-essai' }, callsPerSecond: 20, attempts: 2, pauseMs: 1 }),
  clock: () => new Date(day),
})
beforeEach(async () => {
  resources.splice(0, resources.length, place, organization)
  await owner.query('truncate directory.feed, directory.service, directory.entry, directory.source cascade')
})

test('an offer comes in with its place, its structure and its free places; a telephone kept for a few does not', async () => {
  resources.push(offer('1', false))
  expect(await updateFromRor(db, settings, at('2026-10-15T06:00:00Z'))).toMatchObject({ state: 'done', pages: 1 })
  expect((await owner.query('select label, detail, place, city, commune_code, phone, latitude from directory.entry')).rows).toEqual([
    {
      label: 'Hébergement temporaire Les Tilleuls',
      detail: 'Hébergement temporaire',
      place: 'EHPAD Les Tilleuls',
      city: 'Remiremont',
      commune_code: '88383',
      phone: '0353011408',
      latitude: 48.01,
    },
  ])
  expect((await owner.query('select location_name, kind, status, temporality, places, temporary from directory.capacity')).rows).toEqual([
    { location_name: 'Bâtiment A', kind: 'Places', status: 'Disponibles', temporality: 'Immédiate', places: 2, temporary: 'Hébergement temporaire' },
  ])
  expect((await owner.query('select publics_words, producer, source from directory.service')).rows).toEqual([
    { publics_words: 'à partir de 60 ans', producer: 'GRAND-EST', source: 'ror' },
  ])
})

test('a confidential unit never enters, nor one of which nothing says that it is not; one that becomes confidential leaves nothing', async () => {
  resources.push(offer('1', false), offer('2', true), offer('3', null))
  await updateFromRor(db, settings, at('2026-10-15T06:00:00Z'))
  expect((await owner.query('select source_id from directory.service')).rows).toEqual([{ source_id: '1' }])
  resources.splice(2, 3, offer('1', true, { meta: { lastUpdated: '2026-10-15T12:00:00Z' } }))
  await updateFromRor(db, settings, at('2026-10-16T06:00:00Z'))
  for (const table of ['service', 'capacity', 'entry']) expect((await owner.query(`select * from directory.${table}`)).rows).toEqual([])
})

test('an offer told twice in a page comes in once; one told confidential beside is kept out', async () => {
  resources.push(offer('1', false), offer('1', false, { name: 'Hébergement temporaire' }), offer('2', false), offer('2', true))
  expect(await updateFromRor(db, settings, at('2026-10-15T06:00:00Z'))).toMatchObject({ state: 'done' })
  expect((await owner.query('select source_id, name from directory.service')).rows).toEqual([{ source_id: '1', name: 'Hébergement temporaire' }])
})

test('dates of no calendar and numbers that are none are left out, and the run goes to its end', async () => {
  const capacity = (places: number, told: string) => ({
    url: `${ig}/ror-location-supported-capacity`,
    extension: [
      part('capacityType', '01', 'Places'),
      part('capacityStatus', '02', 'Disponibles'),
      { url: 'nbCapacity', valueInteger: places },
      { url: 'capacityUpdateDate', valueDateTime: told },
    ],
  })
  resources.splice(0, 1, {
    ...place,
    extension: [capacity(1.5, '2026-10-10'), capacity(9e12, '2026-10-10'), capacity(1, '2026-02-31'), capacity(2, '2026-10')],
  })
  resources.push(offer('1', false, { meta: { lastUpdated: '2026-13-45T10:00:00Z' } }))
  expect(await updateFromRor(db, settings, at('2026-10-15T06:00:00Z'))).toMatchObject({ state: 'done' })
  expect((await owner.query('select places, updated_at from directory.capacity order by position')).rows).toEqual([
    { places: 1, updated_at: null },
    { places: 2, updated_at: null },
  ])
  expect((await owner.query('select updated_on from directory.service')).rows).toEqual([{ updated_on: null }])
})

test('an offer that PostgreSQL refuses is reported, its neighbours come in, and what was held of it stays', async () => {
  resources.push(offer('1', false), offer('2', false))
  await updateFromRor(db, settings, at('2026-10-15T06:00:00Z'))
  resources.splice(2, 2, offer('1', false, { comment: 'un octet nul : \u0000' }), offer('2', false, { name: 'Accueil de nuit' }))
  // A week later everything is read again.
  const outcome = await updateFromRor(db, settings, at('2026-10-25T06:00:00Z'))
  expect(outcome).toMatchObject({ state: 'done', rejected: 1, removed: 0 })
  expect((await owner.query('select state, error from directory.feed')).rows).toEqual([{ state: 'idle', error: null }])
  expect((await owner.query('select source_id, name from directory.service order by source_id')).rows).toEqual([
    { source_id: '1', name: 'Hébergement temporaire Les Tilleuls' },
    { source_id: '2', name: 'Accueil de nuit' },
  ])
  expect((await owner.query('select excerpt from directory.rejected_line where import_id = $1', [outcome.importId])).rows).toEqual([
    { excerpt: 'HealthcareService/1' },
  ])
})

test('an offer that the ROR no longer has is taken away by the weekly whole reading, not before', async () => {
  resources.push(offer('1', false), offer('2', false))
  await updateFromRor(db, settings, at('2026-10-15T06:00:00Z'))
  resources.pop()
  expect(await updateFromRor(db, settings, at('2026-10-16T06:00:00Z'))).toMatchObject({ state: 'done', removed: 0 })
  const held = async () => (await owner.query('select source_id from directory.service order by source_id')).rows.map((row) => row.source_id)
  expect(await held()).toEqual(['1', '2'])
  expect(await updateFromRor(db, settings, at('2026-10-23T06:00:00Z'))).toMatchObject({ state: 'done', removed: 1 })
  expect(await held()).toEqual(['1'])
  expect((await owner.query('select count(*)::int as n from directory.entry')).rows).toEqual([{ n: 1 }])
})

test('a reading that would take most offers away takes none', async () => {
  resources.push(...Array.from({ length: 120 }, (_, at) => offer(String(at + 1), false)))
  await updateFromRor(db, settings, at('2026-10-15T06:00:00Z'))
  resources.splice(12)
  const outcome = await updateFromRor(db, settings, at('2026-10-25T06:00:00Z'))
  expect(outcome).toMatchObject({ state: 'interrupted', reason: 'kept', detail: 'import_shrinks' })
  expect((await owner.query('select count(*)::int as n from directory.service')).rows).toEqual([{ n: 120 }])
  expect((await owner.query('select state, report from directory.import where id = $1', [outcome.importId])).rows).toMatchObject([
    { state: 'failed', report: { code: 'import_shrinks' } },
  ])
})

test('an empty answer of a small ROR takes nothing away', async () => {
  resources.push(offer('1', false), offer('2', false))
  await updateFromRor(db, settings, at('2026-10-15T06:00:00Z'))
  resources.splice(2)
  expect(await updateFromRor(db, settings, at('2026-10-25T06:00:00Z'))).toMatchObject({ state: 'interrupted', reason: 'kept' })
  expect((await owner.query('select count(*)::int as n from directory.service')).rows).toEqual([{ n: 2 }])
})

test('after a whole reading that was refused, each day tells what changed, and the refusal stays said until a whole reading is accepted', async () => {
  const all = Array.from({ length: 60 }, (_, at) => offer(String(at + 1), false))
  resources.push(...all)
  await updateFromRor(db, settings, at('2026-10-15T06:00:00Z'))
  resources.splice(2 + 40)
  expect(await updateFromRor(db, settings, at('2026-10-25T06:00:00Z'))).toMatchObject({ reason: 'kept' })
  const told = async () => (await asSystem(db, 'feeds', (tx) => plannedFeeds(tx))).find(({ code }) => code === 'ror')?.failure
  expect(await told()).toEqual({ code: 'feed_fall', params: { before: 60, after: 40 } })
  resources[2] = offer('1', false, { name: 'Accueil de nuit', meta: { lastUpdated: '2026-10-25T12:00:00Z' } })
  const before = ror.calls.length
  expect(await updateFromRor(db, settings, at('2026-10-26T06:00:00Z'))).toMatchObject({ state: 'done', changed: 1, removed: 0 })
  expect(ror.calls.slice(before).every(({ path }) => path.includes('_lastUpdated=ge2026-10-25T06'))).toBe(true)
  expect(await told()).toMatchObject({ code: 'feed_fall' })
  resources.splice(2, 40, ...all)
  expect(await updateFromRor(db, settings, at('2026-11-02T06:00:00Z'))).toMatchObject({ state: 'done' })
  expect(await told()).toBeNull()
})

test('free places that a location tells come to its offers, though the offers did not change', async () => {
  resources.push(offer('1', false), offer('2', false, { location: [{ reference: 'Location/other' }] }))
  await updateFromRor(db, settings, at('2026-10-15T06:00:00Z'))
  const fewer = {
    ...place,
    meta: { lastUpdated: '2026-10-15T09:00:00Z' },
    extension: place.extension.map((one) =>
      'extension' in one && one.extension !== undefined
        ? { ...one, extension: one.extension.map((told) => (told.url === 'nbCapacity' ? { url: 'nbCapacity', valueInteger: 0 } : told)) }
        : one,
    ),
  }
  resources.splice(0, 1, fewer)
  expect(await updateFromRor(db, settings, at('2026-10-16T06:00:00Z'))).toMatchObject({ state: 'done', changed: 1 })
  expect((await owner.query('select s.source_id, c.places from directory.capacity c join directory.service s on s.party_id = c.service_id')).rows).toEqual([
    { source_id: '1', places: 0 },
  ])
})

test.each([
  ['repeat the search', ror],
  ['tell nothing of the search', opaque],
] as const)('whether the next pages %s, the places that changed are read after the offers', async (_said, service) => {
  const source = { ...settings, url: `${service.url}/fhir` }
  resources.push(...Array.from({ length: 150 }, (_, at) => offer(String(at + 1), false, { meta: { lastUpdated: '2026-10-15T09:00:00Z' } })))
  resources.push(offer('still', false))
  await updateFromRor(db, source, at('2026-10-15T06:00:00Z'))
  resources.splice(0, 1, { ...place, meta: { lastUpdated: '2026-10-15T09:00:00Z' }, extension: [] } as Resource)
  expect(await updateFromRor(db, source, at('2026-10-16T06:00:00Z'))).toMatchObject({ state: 'done', pages: 3 })
  expect((await owner.query('select count(*)::int as n from directory.capacity')).rows).toEqual([{ n: 0 }])
  expect(service.calls.at(-1)?.path).toContain('/Location?')
})

test('a run waits for nobody: beside an import it is said busy, and changes nothing', async () => {
  resources.push(offer('1', false))
  const importing = await db.pool.connect()
  await importing.query(`select pg_advisory_lock(hashtext('jalon.directory.import'))`)
  try {
    expect(await updateFromRor(db, settings, at('2026-10-15T06:00:00Z'))).toMatchObject({ state: 'interrupted', reason: 'busy' })
    expect((await owner.query('select 1 from directory.feed')).rows).toEqual([])
  } finally {
    await importing.query(`select pg_advisory_unlock(hashtext('jalon.directory.import'))`)
    importing.release()
  }
  expect(await updateFromRor(db, settings, at('2026-10-15T06:00:00Z'))).toMatchObject({ state: 'done' })
})

test('an offer names its structure, and leads to it once the directory shows it', async () => {
  resources.push(offer('1', false))
  await updateFromRor(db, settings, at('2026-10-15T06:00:00Z'))
  const id = servicePartyId('ror', '1')
  const told = async () => (await asSystem(db, 'a card', (tx) => offerOf(tx, id)))?.offer
  expect(await told()).toMatchObject({ structureName: 'EHPAD Les Tilleuls', structureId: null })
  const site = partyIdOf('finess', '880780077')
  await asSystem(db, 'FINESS has it now', (tx) =>
    sql`insert into directory.entry (party_id, kind, facet, label, detail, category, sort_key, words)
      values (${site}, 'structure', 'ehpad', 'EHPAD Les Tilleuls', 'EHPAD', 'health', 'ehpad', '')`.execute(tx),
  )
  expect(await told()).toMatchObject({ structureId: site })
})

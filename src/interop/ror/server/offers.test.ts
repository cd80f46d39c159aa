import { afterAll, beforeEach, expect, test } from 'vitest'
import { startRorSimulator } from '../../../../simulators/ror/main.ts'
import { pagedReader } from '../../../platform/server/paged-reader.ts'
import { testDatabase } from '../../../platform/testing/test-database.ts'
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
afterAll(() => ror.close())
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

import { afterAll, expect, test } from 'vitest'
import { startDataInclusionSimulator } from '../../../../simulators/data-inclusion/main.ts'
import { testDatabase } from '../../../platform/testing/test-database.ts'
import { aCommune } from '../../../territory/testing/builders.ts'
import { importFromDataInclusion } from './from-api.ts'

const { db, owner } = await testDatabase()
await aCommune(db, { code: '88383', name: 'Remiremont', postalCodes: ['88200'] })
const base = { source: 'dora', date_maj: '2026-08-14', code_insee: '88383', code_postal: '88200', commune: 'Remiremont' }
const api = await startDataInclusionSimulator({
  structures: [{ ...base, id: 'dora--1', nom: 'Maison des aidants' }],
  services: Array.from({ length: 2300 }, (_, at) => ({
    ...base,
    id: `dora--s${at}`,
    structure_id: 'dora--1',
    nom: `Atelier ${at}`,
    description: 'Un atelier.',
    thematiques: ['famille--soutien-aidants'],
  })),
})
afterAll(() => api.close())

test('every page of the API is read; a wrong key or a fault changes nothing and says so', async () => {
  const settings = { url: api.url, apiKey: 'cle-d-essai', departments: ['88'] }
  const [structures, services] = await importFromDataInclusion(db, settings)
  expect(structures?.outcome).toMatchObject({ state: 'done', counts: { added: 1 } })
  expect(services?.outcome).toMatchObject({ state: 'done', counts: { lines: 2300, added: 2300 } })
  const wrong = await importFromDataInclusion(db, { ...settings, apiKey: 'autre' })
  expect(wrong.map(({ outcome }) => outcome)).toMatchObject([
    { state: 'failed', code: 'import_service_refused' },
    { state: 'failed', code: 'import_service_refused' },
  ])
  api.misbehave('garbage')
  expect((await importFromDataInclusion(db, settings))[1]?.outcome).toMatchObject({ state: 'failed', code: 'import_service_unreadable' })
  expect((await owner.query(`select count(*)::int as n from directory.entry where kind = 'service'`)).rows).toEqual([{ n: 2300 }])
})

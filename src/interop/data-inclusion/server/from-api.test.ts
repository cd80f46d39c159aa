import { afterAll, expect, test } from 'vitest'
import { startDataInclusionSimulator } from '../../../../simulators/data-inclusion/main.ts'
import { testDatabase } from '../../../platform/testing/test-database.ts'
import { aCommune } from '../../../territory/testing/builders.ts'
import { importFromDataInclusion } from './from-api.ts'

const { db, owner } = await testDatabase()
await aCommune(db, { code: '88383', name: 'Remiremont', postalCodes: ['88200'] })
await aCommune(db, { code: '54395', name: 'Nancy', postalCodes: ['54000'] })
await owner.query(`insert into territory.region (code, name) values ('44', 'Grand Est');
  insert into territory.department (code, name, region_code) values ('88', 'Vosges', '44'), ('54', 'Meurthe-et-Moselle', '44');
  update territory.commune set department_code = left(code, 2)`)
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

test('bringing one département in leaves the others as they are', async () => {
  const structures = [
    { ...base, id: 'dora--1', nom: 'Maison des aidants' },
    { ...base, id: 'dora--2', nom: 'Espace Nancy', code_insee: '54395', code_postal: '54000', commune: 'Nancy' },
    { ...base, id: 'dora--3', nom: 'Relais des aînés' },
  ]
  const two = await startDataInclusionSimulator({ structures, services: [] })
  try {
    const settings = (departments: readonly string[]) => ({ url: two.url, apiKey: 'cle-d-essai', departments })
    await importFromDataInclusion(db, settings(['88', '54']))
    structures.pop()
    const [told] = await importFromDataInclusion(db, settings(['88']))
    expect(told?.outcome).toMatchObject({ state: 'done', counts: { removed: 1 } })
    expect((await owner.query('select name from directory.outside_structure order by name')).rows).toEqual([
      { name: 'Espace Nancy' },
      { name: 'Maison des aidants' },
    ])
  } finally {
    await two.close()
  }
})

test('stopped while the structures come in, the services are not read', async () => {
  const before = (await owner.query('select name from directory.outside_structure order by name')).rows
  api.misbehave('none')
  const calls = api.calls.length
  const stop = async (importId: string): Promise<void> => {
    await owner.query('update directory.import set cancel_requested = true where id = $1', [importId])
  }
  const outcomes = await importFromDataInclusion(db, { url: api.url, apiKey: 'cle-d-essai', departments: ['88'] }, { announced: stop })
  expect(outcomes.map(({ outcome }) => outcome)).toMatchObject([{ state: 'cancelled', code: 'import_cancelled' }])
  expect(api.calls.slice(calls).filter(({ path }) => path.includes('/services'))).toEqual([])
  expect((await owner.query('select name from directory.outside_structure order by name')).rows).toEqual(before)
})

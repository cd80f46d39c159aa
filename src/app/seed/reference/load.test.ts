import { glob } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { asSystem } from '../../../platform/server/db.ts'
import { registryOf } from '../../../platform/server/implement.ts'
import { call, testGate } from '../../../platform/testing/gate.ts'
import { testDatabase } from '../../../platform/testing/test-database.ts'
import { communes, dacForCommune } from '../../../territory/contract/queries.ts'
import type { ValueSetDefinition } from '../../../territory/contract/value-sets.ts'
import { territoryHandlers } from '../../../territory/server/handlers.ts'
import { anActor, aPerimeter, aService } from '../../../territory/testing/builders.ts'
import { loadReferenceData } from './load.ts'
import { allValueSets } from './value-sets.ts'

const { db, owner, ownerUrl } = await testDatabase()
await loadReferenceData({ ownerUrl })
const gate = testGate(db)
const registry = registryOf(territoryHandlers)
const julie = await anActor(db)

const search = async (text: string) => (await call(gate, registry, communes, julie, { text })).rows
const names = async (text: string) => (await search(text)).map((row) => row.name)

test('loading the reference data again changes nothing', async () => {
  const fingerprint = async (): Promise<unknown> =>
    (
      await owner.query(`select (select md5(string_agg(c::text || xmin::text, '' order by code)) from territory.commune c) as communes,
      (select md5(string_agg(v::text || xmin::text, '' order by set_code, code)) from territory.value v) as values, (select count(*) from territory.service) as services`)
    ).rows
  const before = await fingerprint()
  await loadReferenceData({ db })
  expect(await fingerprint()).toEqual(before)
})

test('every list declared by a capability is loaded', async () => {
  const root = fileURLToPath(new URL('../../../', import.meta.url))
  const declared: string[] = []
  for await (const file of glob('*/contract/*value-sets.ts', { cwd: root })) {
    const module = (await import(`${root}${file}`)) as Record<string, unknown>
    declared.push(
      ...Object.values(module)
        .filter((value): value is ValueSetDefinition[] => Array.isArray(value) && value.every((entry) => typeof entry?.title === 'string'))
        .flatMap((sets) => sets.map((set) => set.code)),
    )
  }
  expect(allValueSets.map((set) => set.code).sort()).toEqual([...new Set(declared)].sort())
  expect((await owner.query('select count(*)::int as n from territory.value_set')).rows[0].n).toBe(allValueSets.length)
})

test('what the region hid, mapped or added in a list survives a new version', async () => {
  const mark = `update territory.value set hidden = true, national_mapping = 'X1', label = 'ancien nom' where set_code = 'intake.channel' and code = 'letter'`
  await asSystem(db, 'a region edits a list', async (tx) => {
    await sql.raw(mark).execute(tx)
    await sql`insert into territory.value (set_code, code, label, position, valid_from, origin) values ('intake.channel', 'fax_region', 'Télécopie régionale', 99, '2020-01-01', 'regional')`.execute(
      tx,
    )
    await sql`update platform.setting set value = '{}' where key = 'territory.valueSets'`.execute(tx)
  })
  await loadReferenceData({ db })
  const { rows } = await owner.query(
    `select code, hidden, national_mapping, label <> 'ancien nom' as renamed, valid_to from territory.value where set_code = 'intake.channel' and code in ('letter', 'fax_region') order by code`,
  )
  expect(rows).toEqual([
    { code: 'fax_region', hidden: false, national_mapping: null, renamed: true, valid_to: null },
    { code: 'letter', hidden: true, national_mapping: 'X1', renamed: true, valid_to: null },
  ])
})

test('a commune is found by the beginning of its words, accents and hyphens aside', async () => {
  expect((await names('rupt mos'))[0]).toBe('Rupt-sur-Moselle')
  expect((await names('st etienne les remiremont'))[0]).toBe('Saint-Étienne-lès-Remiremont')
  expect((await names('REMIREMONT'))[0]).toBe('Remiremont')
})

test('the commune meant by whoever is here comes before its namesakes elsewhere, and a great city comes first everywhere', async () => {
  const cpts = await aService(db, { kind: 'cpts', name: 'CPTS de Rupt' })
  await aPerimeter(db, cpts, ['88408', '88383'])
  const here = await anActor(db, { service: cpts })
  const seen = async (text: string) => (await call(gate, registry, communes, here, { text })).rows.map(({ code }) => code)
  expect((await search('rupt'))[0]).toMatchObject({ name: 'Rupt' })
  expect((await seen('rupt'))[0]).toBe('88408')
  expect((await seen('Rupt')).indexOf('52437')).toBeLessThan(4)
  expect([(await seen('metz'))[0], (await seen('nancy'))[0], (await seen('épinal'))[0]]).toEqual(['57463', '54395', '88160'])
})

test('a commune is found by its postal code, by its INSEE code, and by both a name and a number', async () => {
  expect(await names('88360')).toContain('Rupt-sur-Moselle')
  expect(await names('88408')).toContain('Rupt-sur-Moselle')
  expect(await names('saint 88360')).toEqual([])
  expect(await names('ferdrupt 88')).toEqual(['Ferdrupt'])
  expect((await names('2a004'))[0]).toBe('Ajaccio')
})

test('a merged commune is found under its former name, which is shown', async () => {
  const [hit] = await search('arbignieu')
  expect(hit).toMatchObject({ code: '01015', name: 'Arboys en Bugey', formerName: 'Arbignieu' })
})

test('arrondissements of Paris, Lyon and Marseille are communes of their own', async () => {
  expect((await names('paris'))[0]).toBe('Paris')
  expect((await search('paris 8'))[0]).toMatchObject({ code: '75108', kind: 'arrondissement' })
  expect((await search('69003'))[0]).toMatchObject({ code: '69383' })
})

test('nothing typed, or only signs, finds nothing', async () => {
  expect(await search('')).toEqual([])
  expect(await search('%_\\')).toEqual([])
})

test('where no perimeter is recorded, the DAC announced for the département is told, and none is in charge', async () => {
  const answer = await call(gate, registry, dacForCommune, julie, { communeCode: '88408' })
  expect(answer.dac).toBeNull()
  expect(answer.announced.map((dac) => dac.name)).toEqual(['DAC des Vosges'])
  expect(answer.announced[0]).toMatchObject({ phone: '0374951737', address: null })
})

test('with a perimeter, anyone learns which DAC answers for a commune, and the search shows it', async () => {
  const dac = await aService(db, { name: 'DAC Hautes-Vallées' })
  await aPerimeter(db, dac, ['88383'])
  const answer = await call(gate, registry, dacForCommune, { ...julie, kind: 'anonymous', functions: [], parties: [] }, { communeCode: '88383' })
  expect(answer.dac?.name).toBe('DAC Hautes-Vallées')
  expect((await search('remiremont'))[0]).toMatchObject({ code: '88383', dac: { name: 'DAC Hautes-Vallées' } })
})

test('the nine DAC of Grand Est hold what their directory gives, and stay empty where it gives nothing', async () => {
  const { rows } = await owner.query(
    `select name, phone, address, commune_code from territory.service where source = 'annuaire-grand-est' order by name collate "C"`,
  )
  expect(rows).toHaveLength(9)
  expect(rows.find((row) => row.name === 'DAC de la Haute-Marne')).toEqual({ name: 'DAC de la Haute-Marne', phone: null, address: null, commune_code: null })
  expect(rows.find((row) => row.name === 'DAC d’Alsace')).toMatchObject({ phone: '0367300367', address: null })
  expect(
    (
      await owner.query(
        `select count(*)::int as n from territory.perimeter p join territory.service s on s.id = p.service_id where s.source = 'annuaire-grand-est'`,
      )
    ).rows[0].n,
  ).toBe(0)
})

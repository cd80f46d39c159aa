import { beforeAll, describe, expect, it } from 'vitest'
import { asSystem } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { perimeterGaps, territoryMap } from '../contract/map.ts'
import { sitesOfKind, sitesOfService } from '../contract/map-sites.ts'
import { anActor, aPerimeter, aService } from '../testing/builders.ts'
import { loadPublishedMiddles, placeCommunes } from './commune-middles.sql.ts'
import { communesNear } from './communes.sql.ts'
import { loadGeography } from './geography.sql.ts'
import { territoryHandlers } from './handlers.ts'

const { db, owner } = await testDatabase()
const gate = testGate(db)
const registry = registryOf(territoryHandlers)
const julie = await anActor(db)
const commune = (code: string, postal: string) => ({
  code,
  name: `Commune ${code}`,
  kind: 'commune' as const,
  parentCode: null,
  departmentCode: '88',
  regionCode: '44',
  epciCode: null,
  postalCodes: [postal],
  population: 900,
})
const placeOf = async (code: string) =>
  (
    await owner.query<{ latitude: number; longitude: number; by: string }>(
      'select latitude, longitude, located_by as by from territory.commune where code = $1',
      [code],
    )
  ).rows[0]

beforeAll(async () => {
  await asSystem(db, 'a small geography', async (tx) => {
    await loadGeography(tx, {
      edition: 'middles',
      regions: [{ code: '44', name: 'Grand Est' }],
      departments: [{ code: '88', name: 'Vosges', regionCode: '44' }],
      epcis: [],
      communes: [commune('88408', '88360'), commune('88001', '88360'), commune('88002', '88360'), commune('88160', '88000')],
      aliases: [],
    })
    await loadPublishedMiddles(tx, 'one', [
      { code: '88408', latitude: 47.92, longitude: 6.66 },
      { code: '88160', latitude: 48.17, longitude: 6.45 },
    ])
  })
})

describe('where communes are', () => {
  it('a published place is kept; its neighbours by postal code are estimated around it, apart from one another', async () => {
    expect(await placeOf('88408')).toEqual({ latitude: 47.92, longitude: 6.66, by: 'geonames' })
    const [one, other] = [await placeOf('88001'), await placeOf('88002')]
    expect([one?.by, other?.by]).toEqual(['estimated', 'estimated'])
    expect(Math.hypot((one?.latitude ?? 0) - 47.92, (one?.longitude ?? 0) - 6.66)).toBeLessThan(0.1)
    expect([one?.latitude, one?.longitude]).not.toEqual([other?.latitude, other?.longitude])
  })

  it('addresses of structures move what was published or estimated, never what the operator placed', async () => {
    await asSystem(db, 'the operator', (tx) => placeCommunes(tx, [{ code: '88160', latitude: 48.2, longitude: 6.4 }]))
    for (const code of ['88001', '88160']) await owner.query('update territory.commune set latitude = 48.5, longitude = 6.5 where code = $1', [code])
    expect(await placeOf('88001')).toEqual({ latitude: 48.5, longitude: 6.5, by: 'addresses' })
    expect(await placeOf('88160')).toEqual({ latitude: 48.2, longitude: 6.4, by: 'operator' })
  })

  it('a code that nobody knows is told and places nothing', async () => {
    expect(await asSystem(db, 'the operator', (tx) => placeCommunes(tx, [{ code: '99999', latitude: 48, longitude: 6 }]))).toEqual({
      placed: 0,
      unknown: ['99999'],
    })
  })

  it('communes within some kilometres are counted from the middle', async () => {
    const near = await asSystem(db, 'near', (tx) => communesNear(tx, { latitude: 47.92, longitude: 6.66 }, 10))
    expect(near).toContain('88408')
    expect(near).not.toContain('88160')
  })
})

describe('perimeters on the map', () => {
  it('a commune of no DAC is a hole, a commune of two CPTS an overlap, and the list says the same', async () => {
    const dac = await aService(db, { name: 'DAC des Collines' })
    const [one, two] = [await aService(db, { kind: 'cpts', name: 'CPTS Une' }), await aService(db, { kind: 'cpts', name: 'CPTS Deux' })]
    await aPerimeter(db, dac, ['88408', '88160'])
    await aPerimeter(db, one, ['88408'])
    await aPerimeter(db, two, ['88408', '88160'])
    const map = await call(gate, registry, territoryMap, julie, {})
    const fillOf = (kind: 'dac' | 'cpts', code: string) => sitesOfKind(map, kind)[map.communes.findIndex(([its]) => its === code)]?.fill
    expect([fillOf('dac', '88001'), fillOf('cpts', '88408')]).toEqual(['hole', 'overlap'])
    expect([fillOf('dac', '88408'), fillOf('cpts', '88160')]).toEqual([expect.stringMatching(/^area-/), expect.stringMatching(/^area-/)])
    expect(sitesOfService(map, dac.id).filter(({ group }) => group === 'own').length).toBe(2)
    const holes = await call(gate, registry, perimeterGaps, julie, { kind: 'dac', show: 'holes' })
    expect(holes.rows.map(({ communeCode }) => communeCode).sort()).toEqual(['88001', '88002'])
    const overlaps = await call(gate, registry, perimeterGaps, julie, { kind: 'cpts', show: 'overlaps' })
    expect(overlaps.rows).toMatchObject([{ communeCode: '88408', services: ['CPTS Deux', 'CPTS Une'] }])
  })

  it('the list of holes goes on page by page, without a hole or a repetition, and its counter is the same on each', async () => {
    const ask = (cursor: string | null, limit: number) => call(gate, registry, perimeterGaps, julie, { kind: 'cpts', show: 'holes', limit, cursor })
    const whole = await ask(null, 200)
    expect(whole.total).toBe(whole.rows.length)
    expect(whole.population).toBe(whole.rows.reduce((sum, { population }) => sum + (population ?? 0), 0))
    const paged: string[] = []
    for (let cursor: string | null = null; ; ) {
      const page = await ask(cursor, 1)
      expect([page.total, page.population]).toEqual([whole.total, whole.population])
      paged.push(...page.rows.map(({ communeCode }) => communeCode))
      cursor = page.next
      if (cursor === null) break
    }
    expect(paged.length).toBeGreaterThan(1)
    expect(paged).toEqual(whole.rows.map(({ communeCode }) => communeCode))
  })
})

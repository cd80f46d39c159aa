import { expect, test } from 'vitest'
import { registryOf } from '../../platform/server/implement.ts'
import { call, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { aCommune, actorFor, aService, aUser } from '../../territory/testing/builders.ts'
import { mapLayers, mapPoints } from '../contract/map-points.ts'
import { directoryHandlers } from './handlers.ts'

const { db, owner } = await testDatabase()
const [gate, registry] = [testGate(db), registryOf(directoryHandlers)]
await aCommune(db, { code: '88160', name: 'Épinal', postalCodes: ['88000'] })
await owner.query(`update territory.commune set latitude = 48.17, longitude = 6.45 where code = '88160'`)
const julie = await actorFor(db, await aUser(db))

test('the layers of the regional map are all there: DAC, CPTS, MSP, centres de santé, ESP, ESS, MRS, cabinets de montagne, hospitals', () => {
  expect(mapLayers.map(({ facet }) => facet)).toEqual(
    expect.arrayContaining(['dac', 'cpts', 'msp', 'cds', 'esp', 'ess', 'mrs', 'mountain_practice', 'hospital']),
  )
  const marks = mapLayers.map(({ mark }) => mark)
  expect(new Set(marks).size).toBe(marks.length)
})

test('an équipe de soins spécialisés is on the map once open, as a project before, and no longer after', async () => {
  const place = { kind: 'ess' as const, communeCode: '88160' }
  await aService(db, { ...place, name: 'ESS de cardiologie' })
  const planned = await aService(db, { ...place, name: 'ESS de dermatologie' })
  const ended = await aService(db, { ...place, name: 'ESS de rhumatologie' })
  await owner.query(`update territory.service set starts_on = '2040-01-01' where id = $1`, [planned.id])
  await owner.query(`update territory.service set starts_on = '2020-01-01', ends_on = '2020-12-31' where id = $1`, [ended.id])
  const { rows } = await call(gate, registry, mapPoints, julie, { facets: ['ess', 'cpts'] })
  expect(rows.map(({ label, facet, city, planned: isPlanned }) => [label, facet, city, isPlanned])).toEqual([
    ['ESS de cardiologie', 'ess', 'Épinal', false],
    ['ESS de dermatologie', 'ess', 'Épinal', true],
  ])
  expect((await call(gate, registry, mapPoints, julie, { facets: ['esp'] })).rows).toEqual([])
})

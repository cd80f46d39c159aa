import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHttp } from '../../platform/server/http.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { createLog } from '../../platform/server/log.ts'
import { createMetrics } from '../../platform/server/metrics.ts'
import { testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { aPerimeter, aService } from '../testing/builders.ts'
import { territoryHandlers } from './handlers.ts'
import { addPublicTerritory } from './public-routes.ts'

const { db } = await testDatabase()
const gate = testGate(db)
const registry = registryOf(territoryHandlers)
const http = await createHttp({
  gate,
  registry,
  log: createLog('silent'),
  metrics: createMetrics(),
  publicUrl: 'http://127.0.0.1',
  trustProxy: true,
  identify: async () => null,
})
addPublicTerritory(http, { gate, registry })
const ask = (commune: string, address = '192.0.2.1') =>
  http.inject({ url: `/api/public/dac?commune=${commune}`, headers: { 'x-forwarded-for': address, origin: 'https://ailleurs.example' } })

beforeAll(async () => {
  const [dac, cpts] = [await aService(db, { name: 'DAC des Collines' }), await aService(db, { kind: 'cpts', name: 'CPTS des Ballons' })]
  await aPerimeter(db, dac, ['88408'])
  await aPerimeter(db, cpts, ['88408'])
})
afterAll(() => http.close())

test('any site learns without an account which DAC and which CPTS a commune has', async () => {
  const answer = await ask('88408')
  expect(answer.statusCode).toBe(200)
  expect(answer.headers['access-control-allow-origin']).toBe('*')
  expect(answer.json()).toMatchObject({ commune: { code: '88408' }, dac: { name: 'DAC des Collines' }, cpts: [{ name: 'CPTS des Ballons' }] })
})

test('a commune that does not exist, and what is no code, are told so', async () => {
  expect((await ask('99999')).statusCode).toBe(404)
  expect((await ask('rupt')).statusCode).toBe(422)
})

test('beyond sixty questions in a minute an address waits, another does not', async () => {
  for (let turn = 0; turn < 60; turn += 1) await ask('88408', '192.0.2.7')
  expect((await ask('88408', '192.0.2.7')).statusCode).toBe(429)
  expect((await ask('88408', '192.0.2.8')).statusCode).toBe(200)
})

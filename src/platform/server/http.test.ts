import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { createHttp } from './http.ts'
import { createLog } from './log.ts'
import { createMetrics } from './metrics.ts'

test('a client that leaves before its answer is no error of the server; anything else unforeseen is', async () => {
  const lines: { level: number; msg: string }[] = []
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(JSON.parse(String(chunk)))
      done()
    },
  })
  const log = createLog('debug', sink)
  const http = await createHttp({
    gate: {} as never,
    registry: new Map(),
    log,
    metrics: createMetrics(),
    publicUrl: 'http://127.0.0.1',
    trustProxy: false,
    identify: async () => null,
  })
  http.get('/left', async () => {
    throw Object.assign(new Error('Premature close'), { code: 'ERR_STREAM_PREMATURE_CLOSE' })
  })
  http.get('/broken', async () => {
    throw new Error('unforeseen')
  })
  const errors = (): number => lines.filter(({ level }) => level >= 50).length
  await http.inject('/left')
  expect([errors(), lines.some(({ msg }) => msg === 'the client left')]).toEqual([0, true])
  await http.inject('/broken')
  expect(errors()).toBe(1)
  await http.close()
})

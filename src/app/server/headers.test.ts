import { afterAll, expect, test } from 'vitest'
import { draftHandlers } from '../../platform/server/drafts.ts'
import { createHttp, sessionCookieName } from '../../platform/server/http.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { createLog } from '../../platform/server/log.ts'
import { createMetrics } from '../../platform/server/metrics.ts'
import { longestSessionMinutes, openSession } from '../../platform/server/sessions.ts'
import { testClock, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { addSignInRoutes } from '../../sign-in/server/routes.ts'
import { openCallers } from '../../territory/server/callers.ts'
import { aUser } from '../../territory/testing/builders.ts'
import { keptFor } from './kept-for.ts'

const { db } = await testDatabase()
const clock = testClock()
const gate = testGate(db, clock)
const publicUrl = 'https://jalon.exemple.fr'
const callers = openCallers(db, { publicUrl, timeZone: 'Europe/Paris', clock })
const http = await createHttp({
  gate,
  registry: registryOf(draftHandlers),
  log: createLog('silent'),
  metrics: createMetrics(),
  publicUrl,
  trustProxy: true,
  identify: callers.identify,
})
addSignInRoutes(http, { gate, publicUrl, sealingKey: 'k'.repeat(40), identify: callers.identify })
await http.ready()
afterAll(() => http.close())
const user = await aUser(db)
const { token } = await openSession(db, { userId: user.id, membershipId: user.membershipId, now: clock(), absoluteMinutes: longestSessionMinutes })

const answers = {
  'an answer with data': () =>
    http.inject({ method: 'POST', url: '/api/queries/draft.list', payload: {}, headers: { 'x-jalon': '1', cookie: `__Host-jalon=${token}` } }),
  'a refusal': () => http.inject({ method: 'POST', url: '/api/queries/draft.list', payload: {}, headers: { 'x-jalon': '1' } }),
  'an address that does not exist': () => http.inject('/nowhere'),
  'the door': () => http.inject('/login/methods'),
}

test.each(Object.entries(answers))('%s carries every header of protection, without unsafe-inline, and is kept by no cache', async (_name, ask) => {
  const { headers } = await ask()
  const policy = String(headers['content-security-policy'])
  expect(policy).not.toMatch(/unsafe-|\*|https?:/)
  for (const directive of [
    "default-src 'self'",
    "style-src-attr 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ]) {
    expect(policy).toContain(directive)
  }
  expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/]{22}=='/)
  expect(headers['strict-transport-security']).toBe('max-age=63072000; includeSubDomains')
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers['referrer-policy']).toBe('no-referrer')
  expect(headers['cross-origin-opener-policy']).toBe('same-origin')
  expect(headers['cache-control']).toBe('no-store')
})

test('each answer has a nonce of its own', async () => {
  const nonces = await Promise.all(
    Array.from({ length: 20 }, async () => /nonce-([^']+)/.exec(String((await answers['the door']()).headers['content-security-policy']))?.[1]),
  )
  expect(new Set(nonces).size).toBe(20)
})

test('in production the cookie is __Host-, and one of another name opens nothing', async () => {
  expect(sessionCookieName(publicUrl)).toBe('__Host-jalon')
  expect((await answers['an answer with data']()).statusCode).toBe(200)
  const plain = await http.inject({ method: 'POST', url: '/api/queries/draft.list', payload: {}, headers: { 'x-jalon': '1', cookie: `jalon=${token}` } })
  expect(plain.statusCode).toBe(401)
})

test('what bears the print of its content is kept a year; the manifest, the service worker and pictures are asked about each time', () => {
  expect(keptFor('assets/index-4f2a.js')).toBe('public, max-age=31536000, immutable')
  for (const path of ['manifest.webmanifest', 'service-worker.js', 'jalon.svg', 'icones/192.png']) expect(keptFor(path)).toBe('no-cache')
})

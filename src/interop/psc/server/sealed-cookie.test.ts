import { expect, test } from 'vitest'
import { departureCookieName, departureKey, openDeparture, sealDeparture } from './sealed-cookie.ts'

const key = departureKey('secret')
const departure = { state: 's', nonce: 'n', verifier: 'v', returnTo: '/demandes', until: 1_000 }

test('a departure is read back until its hour', () => {
  expect(openDeparture(key, sealDeparture(key, departure), new Date(999))).toEqual(departure)
  expect(openDeparture(key, sealDeparture(key, departure), new Date(1_000))).toBeNull()
})

test('nothing of it can be read or altered, and another secret does not open it', () => {
  const sealed = sealDeparture(key, departure)
  expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('demandes')
  const bytes = Buffer.from(sealed, 'base64url')
  for (let at = 0; at < bytes.length; at += 1) {
    const altered = Buffer.from(bytes)
    altered[at] = (altered[at] ?? 0) ^ 1
    expect(openDeparture(key, altered.toString('base64url'), new Date(0))).toBeNull()
  }
  for (let length = 0; length < bytes.length; length += 1) expect(openDeparture(key, bytes.subarray(0, length).toString('base64url'), new Date(0))).toBeNull()
  expect(openDeparture(departureKey('other'), sealed, new Date(0))).toBeNull()
})

test('two departures never look alike, and each has its cookie', () => {
  expect(sealDeparture(key, departure)).not.toBe(sealDeparture(key, departure))
  expect(departureCookieName(true, 'a')).not.toBe(departureCookieName(true, 'b'))
  expect(departureCookieName(true, 'a')).toMatch(/^__Host-/)
})

import { importJWK, jwtVerify } from 'jose'
import { expect, it } from 'vitest'
import { openPush } from '../../../simulators/notices/open-push.ts'
import { encryptPush, lastRecord } from './server/push-encryption.ts'
import { newVapidKeys, vapidAuthorization } from './server/push-signature.ts'

const bytes = (text: string): Buffer => Buffer.from(text, 'base64url')

it('encrypts as the example of RFC 8291, section 5 and appendix A', () => {
  const body = encryptPush(
    'When I grow up, I want to be a watermelon',
    { p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4', auth: 'BTBZMqHH6r4Tts7J_aSIgg' },
    { salt: bytes('DGv6ra1nlYgDCS1FRnbzlw'), privateKey: bytes('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw') },
  )
  expect(body.toString('base64url')).toBe(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  )
})

it('seals a record as the example of RFC 8188, section 3.1', () => {
  const record = lastRecord(Buffer.from('I am the walrus'), bytes('yqdlZ-tYemfogSmv7Ws5PQ'), bytes('I1BsxtFttlv3u_Oo94xnmw'))
  expect(record.toString('base64url')).toBe('-NAVub2qFgBEuQKRapoZu-IxkIva3MEB1PD-ly8Thjg')
})

it('only the browser that gave the keys reads, each time under another salt; nothing longer than a record leaves', () => {
  const hers = openPush()
  const [first, second] = [encryptPush('{"body":"Un événement vous attend dans Jalon."}', hers.keys), encryptPush('x', hers.keys)]
  expect(hers.open(first)).toBe('{"body":"Un événement vous attend dans Jalon."}')
  expect(first.subarray(0, 16)).not.toEqual(second.subarray(0, 16))
  expect(() => openPush().open(first)).toThrow()
  expect(hers.open(encryptPush('é'.repeat(2_039), hers.keys))).toHaveLength(2_039)
  expect(() => encryptPush('é'.repeat(2_040), hers.keys)).toThrow(RangeError)
  expect(() => encryptPush('x', { ...hers.keys, p256dh: 'AAAA' })).toThrow()
})

it('signs for the push service of the browser alone, under keys that this command makes', async () => {
  for (let time = 0; time < 20; time += 1) {
    const keys = newVapidKeys()
    expect([bytes(keys.publicKey).length, bytes(keys.privateKey).length]).toEqual([65, 32])
    const header = await vapidAuthorization('https://updates.push.services.mozilla.com/wpush/v2/abc', 'https://jalon.test', keys)
    const [, token = '', key] = /^vapid t=([^,]+), k=(.+)$/.exec(header) ?? []
    expect(key).toBe(keys.publicKey)
    const point = bytes(keys.publicKey)
    const known = await importJWK(
      { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') },
      'ES256',
    )
    const { payload } = await jwtVerify(token, known, { audience: 'https://updates.push.services.mozilla.com' })
    expect(payload.sub).toBe('https://jalon.test')
    expect(Number(payload.exp) - Date.now() / 1000).toBeLessThan(24 * 3600)
  }
})

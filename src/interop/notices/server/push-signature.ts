import { createECDH } from 'node:crypto'
import { importJWK, SignJWT } from 'jose'

/** Keys by which push services know this installation (RFC 8292), base64url: a point of P-256 uncompressed, and its number. */
export interface VapidKeys {
  readonly publicKey: string
  readonly privateKey: string
}

/** New keys, for the settings of an installation. Changing them ends every agreement that browsers gave. */
export function newVapidKeys(): VapidKeys {
  const keys = createECDH('prime256v1')
  const publicKey = keys.generateKeys('base64url')
  // A number that begins with zeros is written shorter: its 32 bytes are asked for.
  return { publicKey, privateKey: Buffer.from(keys.getPrivateKey('hex').padStart(64, '0'), 'hex').toString('base64url') }
}

const lifetime = '12h'

/** The header Authorization of a message to a push service: signed for it alone, twelve hours. `subject` is where its operator may write to ours. */
export async function vapidAuthorization(endpoint: string, subject: string, { publicKey, privateKey }: VapidKeys, now: Date = new Date()): Promise<string> {
  const point = Buffer.from(publicKey, 'base64url')
  const key = await importJWK(
    { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url'), d: privateKey },
    'ES256',
  )
  const token = await new SignJWT({})
    .setProtectedHeader({ typ: 'JWT', alg: 'ES256' })
    .setAudience(new URL(endpoint).origin)
    .setSubject(subject)
    .setIssuedAt(now)
    .setExpirationTime(lifetime)
    .sign(key)
  return `vapid t=${token}, k=${publicKey}`
}

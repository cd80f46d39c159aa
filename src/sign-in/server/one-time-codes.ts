import { Secret, TOTP } from 'otpauth'

const issuer = 'Jalon'
const periodSeconds = 30

function generatorOf(secret: string, label: string): TOTP {
  return new TOTP({ issuer, label, algorithm: 'SHA1', digits: 6, period: periodSeconds, secret: Secret.fromBase32(secret) })
}

/** A new secret of 160 bits, as applications read it (RFC 6238; SHA-1 and six digits are what all of them know), and the address for the QR code. */
export function newCodeSecret(label: string): { readonly secret: string; readonly address: string } {
  const secret = new Secret({ size: 20 }).base32
  return { secret, address: generatorOf(secret, label).toString() }
}

/** The time step that a code belongs to, one step of clock difference either way; null when the code is wrong or its step is not after `last`: a code serves once. */
export function stepOfCode(secret: string, code: string, now: Date, last: number): number | null {
  const digits = code.replaceAll(/\s/g, '')
  if (!/^\d{6}$/.test(digits)) return null
  const delta = generatorOf(secret, '').validate({ token: digits, timestamp: now.getTime(), window: 1 })
  if (delta === null) return null
  const step = Math.floor(now.getTime() / 1000 / periodSeconds) + delta
  return step > last ? step : null
}

import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { z } from 'zod'

/** What the browser keeps, unreadable, between the departure to Pro Santé Connect and the return: nothing is written for someone unknown. */
const departureSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
  until: z.number(),
  provedAfter: z.number().optional(),
})
export type KeptDeparture = z.output<typeof departureSchema>

/** The key that seals departures: every server process that shares the client secret has it. */
export function departureKey(clientSecret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', clientSecret, '', 'jalon login departure', 32))
}

/** AES-256-GCM, base64url: nonce, tag, content. */
export function sealText(key: Buffer, text: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: 16 })
  const content = Buffer.concat([cipher.update(text), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), content]).toString('base64url')
}

/** The text, or null when the seal is broken or was made by another key. */
export function openText(key: Buffer, sealed: string): string | null {
  try {
    const bytes = Buffer.from(sealed, 'base64url')
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 })
    decipher.setAuthTag(bytes.subarray(12, 28))
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString()
  } catch {
    return null
  }
}

export function sealDeparture(key: Buffer, departure: KeptDeparture): string {
  return sealText(key, JSON.stringify(departure))
}

/** The departure, or null when the seal is broken, was made by another key, or is too old. */
export function openDeparture(key: Buffer, sealed: string, now: Date): KeptDeparture | null {
  const text = openText(key, sealed)
  if (text === null) return null
  const departure = departureSchema.parse(JSON.parse(text))
  return departure.until > now.getTime() ? departure : null
}

/** One cookie per departure, so that several tabs can leave at once. */
export function departureCookieName(secure: boolean, state: string): string {
  return `${secure ? '__Host-' : ''}jalon_login_${createHash('sha256').update(state).digest('hex').slice(0, 12)}`
}

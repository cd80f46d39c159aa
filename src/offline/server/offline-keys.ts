import { createDecipheriv, createECDH, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { type Envelope, envelopeInfo, headBytes, type SealKey, type Written } from '../contract/envelope.ts'

/** The keys of offline work, all derived from the secrets of the installation: nothing of them lies in the database. */
export interface OfflineKeys {
  /** The key to which this month's envelopes are sealed. */
  readonly current: (now: Date) => SealKey
  /** What proves that a gesture was written in a session of this user. */
  readonly token: (userId: string, kid: string) => string
  /** What opens the read copies of one session, base64; another session has another. */
  readonly readSecret: (sessionHandle: string) => string
  /** The gesture; null when the seal is broken, of a secret that is no longer known, or was not written by a session of the user that it names. */
  readonly open: (envelope: Envelope) => Written | null
}

/** Takes the secret of the installation, then the former ones that envelopes still on their way may be sealed to. */
export function openOfflineKeys([master, ...former]: readonly [string, ...string[]]): OfflineKeys {
  const derive = (secret: string, purpose: string, length = 32): Buffer => Buffer.from(hkdfSync('sha256', secret, '', `jalon offline ${purpose}`, length))
  const printOf = (secret: string): string => derive(secret, 'print', 4).toString('hex')
  const secrets = new Map(
    [...former]
      .reverse()
      .concat(master)
      .map((secret) => [printOf(secret), secret]),
  )
  const secretOf = (kid: string): string | undefined => secrets.get(kid.slice(8))

  const keyPair = (kid: string): ReturnType<typeof createECDH> | null => {
    const secret = secretOf(kid)
    if (secret === undefined) return null
    for (let attempt = 0; ; attempt += 1) {
      const pair = createECDH('prime256v1')
      try {
        pair.setPrivateKey(derive(secret, `envelopes ${kid.slice(0, 7)} ${attempt}`))
        pair.getPublicKey()
        return pair
      } catch {
        // Not a number of the curve: once in 2^32.
      }
    }
  }
  const tokenOf = (userId: string, kid: string): string | null => {
    const secret = secretOf(kid)
    return secret === undefined ? null : createHmac('sha256', derive(secret, 'authors')).update(`${userId} ${kid}`).digest('base64url')
  }

  return {
    current: (now) => {
      const kid = `${now.toISOString().slice(0, 7)}-${printOf(master)}`
      return { kid, publicKey: (keyPair(kid) as ReturnType<typeof createECDH>).getPublicKey('base64') }
    },
    token: (userId, kid) => tokenOf(userId, kid) ?? '',
    readSecret: (sessionHandle) => derive(master, `reading ${sessionHandle}`).toString('base64'),
    open: (envelope) => {
      const written = opened(keyPair(envelope.kid), envelope)
      const expected = tokenOf(envelope.userId, envelope.kid)
      return written !== null && expected !== null && sameText(written.token, expected) ? written : null
    },
  }
}

function opened(pair: ReturnType<typeof createECDH> | null, envelope: Envelope): Written | null {
  if (pair === null) return null
  try {
    const point = Buffer.from(envelope.point, 'base64')
    const salt = Buffer.concat([point, pair.getPublicKey()])
    const key = Buffer.from(hkdfSync('sha256', pair.computeSecret(point), salt, envelopeInfo, 32))
    const bytes = Buffer.from(envelope.sealed, 'base64')
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(envelope.iv, 'base64'), { authTagLength: 16 })
    decipher.setAAD(headBytes(envelope)).setAuthTag(bytes.subarray(-16))
    return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString()) as Written
  } catch {
    return null
  }
}

function sameText(one: unknown, other: string): boolean {
  const [a, b] = [Buffer.from(String(one)), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

import { bytesOf } from './envelope.ts'

/** A text locked by the read key. */
export interface Locked {
  readonly iv: Uint8Array<ArrayBuffer>
  readonly bytes: ArrayBuffer
}

/** Locks and opens what a device keeps to read without network. `about` names what is locked: one thing never opens in the place of another. */
export interface ReadKey {
  readonly lock: (about: string, value: unknown) => Promise<Locked>
  /** Null when it was locked by another key, or is damaged. */
  readonly open: (about: string, locked: Locked) => Promise<unknown>
}

/** The read key from the secret that the server gives to one session. Takes 32 bytes; the key itself cannot be taken out again. */
export async function readKeyFrom(secret: Uint8Array<ArrayBuffer>): Promise<ReadKey> {
  const key = await crypto.subtle.importKey('raw', secret, { name: 'AES-GCM' }, false, ['encrypt', 'decrypt'])
  return {
    lock: async (about, value) => {
      const iv = crypto.getRandomValues(new Uint8Array(12))
      return { iv, bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bytesOf(about) }, key, bytesOf(JSON.stringify(value))) }
    },
    open: async (about, { iv, bytes }) => {
      try {
        const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: bytesOf(about) }, key, bytes)
        return JSON.parse(new TextDecoder().decode(opened)) as unknown
      } catch {
        return null
      }
    },
  }
}

/** OWASP's figure for PBKDF2-SHA-256 (2023). */
const rounds = 600_000

/** The secret of the read key under the code of the tour: what stays on the device between two openings of the browser without network. */
export interface CodedSecret extends Locked {
  readonly salt: Uint8Array<ArrayBuffer>
}

export async function lockWithCode(code: string, secret: Uint8Array<ArrayBuffer>): Promise<CodedSecret> {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const iv = crypto.getRandomValues(new Uint8Array(12))
  return { salt, iv, bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await keyOfCode(code, salt), secret) }
}

/** The secret, or null when the code is not the one. */
export async function openWithCode(code: string, { salt, iv, bytes }: CodedSecret): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, await keyOfCode(code, salt), bytes))
  } catch {
    return null
  }
}

async function keyOfCode(code: string, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', bytesOf(code.normalize('NFKC').trim()), 'PBKDF2', false, ['deriveKey'])
  return crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }, material, { name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
}

/** Why a code is refused, in French; null when it may serve. Whoever takes the device away tries codes without us. */
export function faultOfCode(code: string): string | null {
  const plain = code.normalize('NFKC').trim()
  if (plain.length < 8) return 'Huit caractères au moins.'
  if (!/\p{L}/u.test(plain) || !/\d/.test(plain)) return 'Des lettres et des chiffres.'
  return new Set(plain.toLowerCase()).size < 5 ? 'Moins de répétitions.' : null
}

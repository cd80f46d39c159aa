import { z } from 'zod'

/** The public half of the server's key of the month, as a session receives it. */
export interface SealKey {
  /** Names the key: its month and the print of the secret that it comes from. */
  readonly kid: string
  /** The point on P-256, uncompressed, base64. */
  readonly publicKey: string
}

/** What stays readable on the device beside the sealed words: who wrote, when, which gesture. Never of whom. */
export interface EnvelopeHead {
  readonly id: string
  readonly userId: string
  readonly action: string
  readonly writtenAt: string
  /** The evaluation that the gesture begins, fills or ends, by its id: what follows waits for what it follows. */
  readonly about?: string | undefined
}

/** One gesture made without network, sealed to the server: the device that wrote it cannot open it again. */
export interface Envelope extends EnvelopeHead {
  readonly kid: string
  /** The sender's key of this one envelope. */
  readonly point: string
  readonly iv: string
  readonly sealed: string
}

const base64 = z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/)

/** The largest envelope in characters: a file of 8 MB, base64 twice. */
export const longestEnvelope = 15_300_000

export const envelopeSchema: z.ZodType<Envelope, Envelope> = z.object({
  id: z.uuid(),
  userId: z.uuid(),
  action: z.string().max(80),
  writtenAt: z.iso.datetime(),
  about: z.uuid().optional(),
  kid: z.string().regex(/^\d{4}-\d{2}-[0-9a-f]{8}$/),
  point: base64.max(100),
  iv: base64.max(24),
  sealed: base64.max(longestEnvelope),
})

/** What an envelope holds: the gesture as it will pass the gate. */
export interface Written {
  readonly input: Readonly<Record<string, unknown>>
  /** The Idempotency-Key under which it is done, however often it is sent. */
  readonly key: string
  /** Only a session of its author knew it: nobody else at a shared workstation can write in her name. */
  readonly token: string
  /** What this device had written before in the same fields: these values are no colleague's. */
  readonly own?: Readonly<Record<string, unknown>>
}

/** The bytes that bind the readable part to the sealed one: a change of either breaks the seal. */
export function headBytes({ id, userId, action, writtenAt, kid, about }: EnvelopeHead & { readonly kid: string }): Uint8Array<ArrayBuffer> {
  return bytesOf(JSON.stringify(['jalon envelope', id, userId, action, writtenAt, kid, ...(about === undefined ? [] : [about])]))
}

/** HKDF: the salt is both points, so that the derived key belongs to this one exchange. */
export const envelopeInfo = 'jalon offline envelope'

/** Seals a gesture to the server (ECDH P-256 with a key of this one envelope, HKDF-SHA-256, AES-256-GCM). */
export async function sealEnvelope(to: SealKey, head: EnvelopeHead, written: Written): Promise<Envelope> {
  const curve = { name: 'ECDH', namedCurve: 'P-256' } as const
  const theirs = fromBase64(to.publicKey)
  const server = await crypto.subtle.importKey('raw', theirs, curve, false, [])
  const mine = await crypto.subtle.generateKey(curve, false, ['deriveBits'])
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', mine.publicKey))
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: server }, mine.privateKey, 256)
  const material = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey'])
  const key = await crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: joined(point, theirs), info: bytesOf(envelopeInfo) },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt'],
  )
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const bound = { ...head, kid: to.kid }
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: headBytes(bound) }, key, bytesOf(JSON.stringify(written)))
  return { ...bound, point: toBase64(point), iv: toBase64(iv), sealed: toBase64(new Uint8Array(sealed)) }
}

export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}

export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return btoa(text)
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (one) => one.charCodeAt(0))
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length)
  both.set(one)
  both.set(other, one.length)
  return both
}

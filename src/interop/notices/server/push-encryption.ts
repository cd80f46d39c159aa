import { createCipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'

/** What a browser gave when it agreed to notices: its public key on P-256 and its authentication secret, base64url. */
export interface PushKeys {
  readonly p256dh: string
  readonly auth: string
}

/** What is drawn for one message; given by tests only. */
export interface PushDraw {
  readonly salt: Buffer
  readonly privateKey: Buffer
}

const recordSize = 4096
/** One record holds everything: what is left of it without its delimiter and its tag. */
const mostBytes = recordSize - 17

/**
 * Encrypts a text for one browser (RFC 8291, over the aes128gcm coding of RFC 8188): salt, record size, our public key, one record. Nobody between the server
 * and the browser reads it. Throws a RangeError beyond 4,079 bytes, and whatever node:crypto says of a key that is no point of the curve.
 */
export function encryptPush(text: string, { p256dh, auth }: PushKeys, drawn?: PushDraw): Buffer {
  const plain = Buffer.from(text, 'utf8')
  if (plain.length > mostBytes) throw new RangeError('a push message is one record')
  const browserKey = Buffer.from(p256dh, 'base64url')
  const ours = createECDH('prime256v1')
  if (drawn === undefined) ours.generateKeys()
  else ours.setPrivateKey(drawn.privateKey)
  const publicKey = ours.getPublicKey()
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), browserKey, publicKey])
  const key = Buffer.from(hkdfSync('sha256', ours.computeSecret(browserKey), Buffer.from(auth, 'base64url'), info, 32))
  const salt = drawn?.salt ?? randomBytes(16)
  const header = Buffer.alloc(21)
  salt.copy(header)
  header.writeUInt32BE(recordSize, 16)
  header.writeUInt8(publicKey.length, 20)
  return Buffer.concat([header, publicKey, lastRecord(plain, key, salt)])
}

/** The one record of a message, which is its last (RFC 8188: delimiter 2), sealed with what comes from the key and the salt. */
export function lastRecord(plain: Buffer, key: Buffer, salt: Buffer): Buffer {
  const contentKey = Buffer.from(hkdfSync('sha256', key, salt, 'Content-Encoding: aes128gcm\0', 16))
  const nonce = Buffer.from(hkdfSync('sha256', key, salt, 'Content-Encoding: nonce\0', 12))
  const cipher = createCipheriv('aes-128-gcm', contentKey, nonce)
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.of(2)), cipher.final(), cipher.getAuthTag()])
}

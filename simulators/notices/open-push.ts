import { createDecipheriv, createECDH, createHmac, randomBytes } from 'node:crypto'

/** A browser that agreed to notices: what it gives to the server, and how it reads what it receives. */
export interface PushBrowser {
  readonly keys: { readonly p256dh: string; readonly auth: string }
  /** Reads a message (RFC 8291); throws when it was not written for this browser. */
  readonly open: (body: Buffer) => string
}

const hmac = (key: Buffer, data: Buffer): Buffer => createHmac('sha256', key).update(data).digest()

/** Written from the RFC, apart from what Jalon encrypts with. */
export function openPush(): PushBrowser {
  const pair = createECDH('prime256v1')
  const publicKey = pair.generateKeys()
  const auth = randomBytes(16)
  return {
    keys: { p256dh: publicKey.toString('base64url'), auth: auth.toString('base64url') },
    open: (body) => {
      const salt = body.subarray(0, 16)
      const theirs = body.subarray(21, 21 + body.readUInt8(20))
      const record = body.subarray(21 + theirs.length)
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), publicKey, theirs, Buffer.of(1)])
      const input = hmac(hmac(auth, pair.computeSecret(theirs)), info)
      const fresh = hmac(salt, input)
      const key = hmac(fresh, Buffer.from('Content-Encoding: aes128gcm\0\x01')).subarray(0, 16)
      const nonce = hmac(fresh, Buffer.from('Content-Encoding: nonce\0\x01')).subarray(0, 12)
      const sealed = createDecipheriv('aes-128-gcm', key, nonce)
      sealed.setAuthTag(record.subarray(-16))
      const plain = Buffer.concat([sealed.update(record.subarray(0, -16)), sealed.final()])
      if (plain.at(-1) !== 2) throw new Error('this record is not the last')
      return plain.subarray(0, -1).toString('utf8')
    },
  }
}

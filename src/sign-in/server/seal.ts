import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** Seals secrets at rest under the key of the installation (setting SEALING_KEY): whoever reads the database alone reads none of them. */
export interface Seal {
  readonly close: (text: string, about: string) => Buffer
  /** The text, or null when the seal is broken, of another key, or of something else. */
  readonly open: (sealed: Buffer, about: string) => string | null
  /** A keyed hash: the same text gives the same value, which says nothing of the text to whoever has no key. */
  readonly mark: (text: string) => Buffer
}

export function openSeal(key: string): Seal {
  const derive = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', key, '', `jalon ${purpose}`, 32))
  const [secret, marking] = [derive('sign-in secrets'), derive('sign-in marks')]
  return {
    close: (text, about) => {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', secret, iv, { authTagLength: 16 }).setAAD(Buffer.from(about))
      const content = Buffer.concat([cipher.update(text), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), content])
    },
    open: (sealed, about) => {
      try {
        const decipher = createDecipheriv('aes-256-gcm', secret, sealed.subarray(0, 12), { authTagLength: 16 })
        decipher.setAAD(Buffer.from(about)).setAuthTag(sealed.subarray(12, 28))
        return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString()
      } catch {
        return null
      }
    },
    mark: (text) => createHmac('sha256', marking).update(text).digest(),
  }
}

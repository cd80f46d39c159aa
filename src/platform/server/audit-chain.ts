import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'

/** Where the chain begins: what stands for the hash before the first line. */
export const chainOrigin: Buffer = Buffer.from([0])

/** SHA-256 of the hash before, the seq and the line as PostgreSQL writes it: what audit.seal computes, and the verifier again. */
export function chainHash(before: Buffer, seq: number, line: string): Buffer {
  return createHash('sha256').update(before).update(`\n${seq}\n`).update(line).digest()
}

/**
 * The text of a sealed line, as an SQL expression on columns of audit.entry (or of an alias of it). Written here and, apart, in audit.seal:
 * the verifier asks nothing of a function that the owner of the database could replace.
 */
export function lineText(alias: string): string {
  const micros = (column: string): string => `(extract(epoch from ${alias}.${column}) * 1000000)::bigint`
  const columns = [
    micros('sealed_at'),
    `${alias}.id`,
    micros('at'),
    ...'actor_id actor_kind actor_name service_id service_name category functions name kind manner outcome code reason purpose person_ids bases volets details request_id address'
      .split(' ')
      .map((column) => `${alias}.${column}`),
  ]
  return `pg_catalog.jsonb_build_array(${columns.join(', ')})::text`
}

/** Where the chain stands, as it is signed after each sealing. `micros`: instant of sealing, in microseconds since 1970. */
export interface Head {
  readonly seq: number
  readonly hash: Buffer
  readonly micros: number
}

export function headText({ seq, hash, micros }: Head): string {
  return `jalon audit head 1\n${seq}\n${hash.toString('hex')}\n${micros}`
}

/** The key of the installation (Ed25519), kept outside the database: whoever owns the tables cannot sign. */
export interface AuditSigner {
  /** The beginning of the SHA-256 of the public key. */
  readonly keyId: string
  readonly publicKeyPem: string
  readonly sign: (text: string) => string
}

/** Reads a private key in PEM; refuses anything but Ed25519. */
export function auditSigner(privateKeyPem: string): AuditSigner {
  const key = createPrivateKey(privateKeyPem)
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('the audit key must be Ed25519')
  const publicKey = createPublicKey(key)
  return {
    keyId: keyIdOf(publicKey),
    publicKeyPem: String(publicKey.export({ type: 'spki', format: 'pem' })),
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64'),
  }
}

/** What checks signatures: made from the public key, or from the private one. */
export interface SignatureCheck {
  readonly keyId: string
  readonly holds: (text: string, signature: string) => boolean
}

export function signatureCheck(pem: string): SignatureCheck {
  const key = createPublicKey(pem)
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('the audit key must be Ed25519')
  return { keyId: keyIdOf(key), holds: (text, signature) => verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64')) }
}

export function newAuditKey(): string {
  return String(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }))
}

function keyIdOf(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16)
}

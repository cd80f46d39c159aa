import type { AuditSigner, SignatureCheck } from '../../../platform/server/audit-chain.ts'

/** The name under which the destruction of a month of lines is itself a line. */
export const retentionLine = 'audit.retention'

/** What stays of lines that were destroyed at the end of their term: enough for the chain to be verified from there on. */
export interface Tombstone {
  /** '2023-11' */
  readonly month: string
  readonly fromSeq: number
  readonly toSeq: number
  /** Hash of the last line destroyed, in hexadecimal: what the next line was chained to. */
  readonly hash: string
  readonly keyId: string | null
  readonly signature: string | null
}

type Destroyed = Pick<Tombstone, 'month' | 'fromSeq' | 'toSeq' | 'hash'>

const textOf = ({ month, fromSeq, toSeq, hash }: Destroyed): string => `jalon audit retention 1\n${month}\n${fromSeq}\n${toSeq}\n${hash}`

/** Signed, so that a line added to the inbox by whoever owns the tables cannot pass for the proof of a destruction. */
export function signedTombstone(destroyed: Destroyed, signer: AuditSigner | undefined): Tombstone {
  return { ...destroyed, keyId: signer?.keyId ?? null, signature: signer?.sign(textOf(destroyed)) ?? null }
}

export function tombstoneHolds(tombstone: Tombstone, check: SignatureCheck): boolean {
  return tombstone.keyId === check.keyId && tombstone.signature !== null && check.holds(textOf(tombstone), tombstone.signature)
}

/** Reads the details of a retention line; null where they are not those of one. */
export function tombstoneOf(details: Readonly<Record<string, unknown>>): Tombstone | null {
  const { month, fromSeq, toSeq, hash, keyId = null, signature = null } = details as Partial<Tombstone>
  if (typeof month !== 'string' || !Number.isSafeInteger(fromSeq) || !Number.isSafeInteger(toSeq) || typeof hash !== 'string') return null
  return { month, fromSeq: Number(fromSeq), toSeq: Number(toSeq), hash, keyId, signature }
}

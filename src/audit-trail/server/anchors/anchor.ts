import type { AuditSigner, SignatureCheck } from '../../../platform/server/audit-chain.ts'

/** Where the chain stood at an instant, kept where the owner of the database does not write: what shows a tail cut off or a chain written again. */
export interface Anchor {
  /** Instant of the anchor, ISO. */
  readonly at: string
  /** The last sealed line. */
  readonly seq: number
  /** Its hash, in hexadecimal. */
  readonly hash: string
  /** How many lines the database held, those destroyed at the end of their term left out. */
  readonly lines: number
  readonly keyId: string | null
  readonly signature: string | null
}

export type Standing = Pick<Anchor, 'at' | 'seq' | 'hash' | 'lines'>

const textOf = ({ at, seq, hash, lines }: Standing): string => `jalon audit anchor 1\n${at}\n${seq}\n${hash}\n${lines}`

export function signedAnchor(standing: Standing, signer: AuditSigner | undefined): Anchor {
  return { ...standing, keyId: signer?.keyId ?? null, signature: signer?.sign(textOf(standing)) ?? null }
}

/** True if the key signed exactly this anchor. */
export function anchorHolds(anchor: Anchor, check: SignatureCheck): boolean {
  return anchor.keyId === check.keyId && anchor.signature !== null && check.holds(textOf(anchor), anchor.signature)
}

/** One line of JSON, the same in a file, a journal or a mail. */
export function anchorLine(anchor: Anchor): string {
  return JSON.stringify({ jalon: 'audit-anchor', ...anchor })
}

/** The anchors of a text: lines of JSON, alone or at the end of a line of journal. Lines without one are passed over; refuses one that cannot be read. */
export function anchorsOf(text: string): readonly Anchor[] {
  return text
    .split('\n')
    .map((line) => (line.indexOf('{"jalon":"audit-anchor"') >= 0 ? line.slice(line.indexOf('{"jalon":"audit-anchor"')).trim() : ''))
    .filter((line) => line !== '')
    .map((line, n) => readAnchor(line, n + 1))
}

/** An anchor that is there but says nothing sound. */
export class UnreadableAnchor extends Error {}

function readAnchor(line: string, position: number): Anchor {
  let parsed: Partial<Anchor>
  try {
    parsed = JSON.parse(line) as Partial<Anchor>
  } catch {
    throw new UnreadableAnchor(`Ancre n° ${position} illisible.`)
  }
  const { at, seq, hash, lines, keyId = null, signature = null } = parsed
  if (typeof at !== 'string' || !Number.isSafeInteger(seq) || typeof hash !== 'string' || !/^([0-9a-f]{2})+$/.test(hash) || !Number.isSafeInteger(lines)) {
    throw new UnreadableAnchor(`Ancre n° ${position} illisible.`)
  }
  return { at, seq: Number(seq), hash, lines: Number(lines), keyId, signature }
}

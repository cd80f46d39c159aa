import { type IdentityFacts, matriculeMayBeSent } from './identity-status.ts'
import { type InsOid, insAuthorities, insOidAllowed } from './ins.ts'

/** An identity as the software holds it, matricule included. */
export interface InsHolder extends IdentityFacts {
  readonly matricule: string | null
  readonly oid: string | null
}

/** A matricule that may leave, with its authority. */
export interface OutwardIns {
  readonly matricule: string
  readonly oid: InsOid
  readonly kind: 'NIR' | 'NIA'
}

/**
 * The matricule for the outside, or null. Every message, document and file that leaves takes it from here and nowhere else (a test reads the sources):
 * only a qualified identity (RNIV: both facts, neither doubtful nor fictitious), not contested by the teleservice, under an authority of this
 * installation: a test or demonstration number never leaves a real one, a real number never leaves a trial one.
 */
export function outwardIns(holder: InsHolder, production: boolean): OutwardIns | null {
  const { matricule, oid } = holder
  if (matricule === null || oid === null || !matriculeMayBeSent(holder) || !insOidAllowed(oid, production)) return null
  return { matricule, oid, kind: insAuthorities.find((one) => one.oid === oid)?.kind ?? 'NIR' }
}

/** A matricule read from a DataMatrix, waiting to be verified: kept in memory only, for the identity it was read for. */
export interface ScannedIns {
  readonly matricule: string
  readonly oid: string
}

const kept = new Map<string, ScannedIns>()

export function keepScannedIns(personId: string, ins: ScannedIns): void {
  kept.set(personId, ins)
}

/** What was read for this identity, if anything. */
export function takeScannedIns(personId: string): ScannedIns | null {
  return kept.get(personId) ?? null
}

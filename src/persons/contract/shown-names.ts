import { officialSpelling } from './names.ts'
import type { IdentityStatus } from './person.ts'

/** The traits are those of the national identity, as the teleservice gave them: they show as it writes them. Those that somebody said show as they were typed. */
export function traitsAreOfficial(status: IdentityStatus): boolean {
  return status === 'QUAL' || status === 'RECUP'
}

/** A birth name or a birth given name, in the spelling that its status deserves (RNIV): « THERESE-MARIE » once the teleservice gave it, « Thérèse-Marie » before. */
export function shownTrait(name: string, status: IdentityStatus): string {
  return traitsAreOfficial(status) ? officialSpelling(name) : name.trim()
}

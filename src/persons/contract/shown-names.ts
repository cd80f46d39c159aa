import { properCase } from '../../platform/contract/proper-case.ts'
import { nameKey, officialSpelling } from './names.ts'
import type { IdentityStatus, PersonName } from './person.ts'

/** The traits are those of the national identity, as the teleservice gave them: they show as it writes them. Those that somebody said show as they were typed. */
export function traitsAreOfficial(status: IdentityStatus): boolean {
  return status === 'QUAL' || status === 'RECUP'
}

/** A birth name or a birth given name, in the spelling that its status deserves (RNIV): « THERESE-MARIE » once the teleservice gave it, « Thérèse-Marie » before. */
export function shownTrait(name: string, status: IdentityStatus): string {
  return traitsAreOfficial(status) ? officialSpelling(name) : name.trim()
}

/** How the head of a file names her: « PERRIN ODILE », « née KEMPF » where her identity is official, « Perrin Odile », « née Kempf » where it was typed so. */
export function shownNames(person: PersonName): { readonly name: string; readonly birth: string | null } {
  const official = traitsAreOfficial(person.identityStatus)
  const given = person.usedFirstName ? properCase(person.usedFirstName) : official ? officialSpelling(person.firstName) : properCase(person.firstName)
  const last = person.usedName ? (official ? person.usedName.toLocaleUpperCase('fr-FR') : person.usedName) : shownTrait(person.birthName, person.identityStatus)
  const married = person.usedName !== null && nameKey(person.usedName) !== nameKey(person.birthName)
  const born = person.sex === 'M' ? 'né' : person.sex === 'F' ? 'née' : 'né(e)'
  return {
    name: `${last} ${given}`.trim(),
    birth: married ? `${born}\u00a0${official ? officialSpelling(person.birthName) : properCase(person.birthName)}` : null,
  }
}

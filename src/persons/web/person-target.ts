import type { PersonTarget } from '../contract/person.ts'
import type { PersonHeaderData } from '../contract/queries.ts'

/** What the access rules of persons look at, from the header that every screen of a file reads. Null while it is read. */
export function personTargetOf(header: PersonHeaderData | undefined): PersonTarget | null {
  if (header === undefined) return null
  const { person, version, bases, volets, inCharge, speaksFor, isMilitary } = header
  return {
    personId: person.personId,
    version,
    identityStatus: person.identityStatus,
    deceasedOn: person.deathDay,
    communeCode: null,
    isMilitary,
    holderOrg: '' as never,
    bases,
    volets,
    inCharge,
    speaksFor,
  }
}

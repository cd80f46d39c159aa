import type { PersonTarget } from '../../../persons/contract/person.ts'
import { type PersonHeaderData, personHeader } from '../../../persons/contract/queries.ts'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'

/** What the access rules look at, from the header that every screen of a file reads. Null while it is read. */
export function useTarget(personId: PersonId): PersonTarget | null {
  return targetOf(useJalonQuery(personHeader, { personId }).data)
}

function targetOf(header: PersonHeaderData | undefined): PersonTarget | null {
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

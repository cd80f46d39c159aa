import type { PersonTarget } from '../../persons/contract/person.ts'
import { personHeader } from '../../persons/contract/queries.ts'
import type { PersonId, ServiceId } from '../../platform/contract/ids.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'

/** What the rules look at of the person, from the header that every tab of the file reads; null while it is read. */
export function usePersonTarget(personId: PersonId): PersonTarget | null {
  const { data } = useJalonQuery(personHeader, { personId })
  if (data === undefined) return null
  const { person, version, bases, volets, inCharge, speaksFor, isMilitary } = data
  return {
    personId,
    version,
    identityStatus: person.identityStatus,
    deceasedOn: person.deathDay,
    communeCode: null,
    isMilitary,
    holderOrg: '' as ServiceId,
    bases,
    volets,
    inCharge,
    speaksFor,
  }
}

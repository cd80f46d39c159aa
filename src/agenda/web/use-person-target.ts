import type { PersonTarget } from '../../persons/contract/person.ts'
import { personHeader } from '../../persons/contract/queries.ts'
import type { PersonId, ServiceId } from '../../platform/contract/ids.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'

/** What the rules look at of a person, from the header that every tab of the file reads; null while it is read, or for nobody. */
export function usePersonTarget(personId: PersonId | null): PersonTarget | null {
  const { data } = useJalonQuery(personHeader, { personId: personId as PersonId }, { enabled: personId !== null })
  if (data === undefined || personId === null) return null
  const { person, version, bases, volets, inCharge, speaksFor, isMilitary } = data
  const { identityStatus, deathDay: deceasedOn } = person
  return { personId, version, identityStatus, deceasedOn, communeCode: null, isMilitary, holderOrg: '' as ServiceId, bases, volets, inCharge, speaksFor }
}

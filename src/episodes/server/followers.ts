import { invalid } from '../../platform/contract/errors.ts'
import type { ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { membersOfService } from '../../territory/server/api.ts'

/** The functions that follow files. */
export const followingFunctions = ['referent', 'doctor', 'team_lead'] as const

/** The names of référent and binôme, once both may follow files in the service today. Refuses twice the same user. */
export async function checkFollowers(tx: Tx, service: ServiceId, referentId: UserId, binomeId: UserId | null): Promise<readonly string[]> {
  if (referentId === binomeId) throw invalid('episodes.same_referent_and_binome')
  const members = await membersOfService(tx, service, followingFunctions)
  return (binomeId === null ? [referentId] : [referentId, binomeId]).map((userId) => {
    const member = members.find((one) => one.userId === userId)
    if (member === undefined) throw invalid('episodes.not_a_referent')
    return member.name
  })
}

import { describe, expect, it } from 'vitest'
import type { AnyContract } from '../../platform/contract/action.ts'
import { registry } from './registry.ts'

const contracts = new Map<string, AnyContract>([...registry.values()].map(({ contract }) => [contract.name, contract]))

/** Minutes since the last proof of identity beyond which it is asked again; docs/adr, « sessions and local sign-in ». */
const asks: Readonly<Record<string, number>> = {
  // Who enters, and with which rights.
  'territory.user.create': 15,
  'territory.user.edit': 15,
  'territory.user.reopen': 15,
  'territory.membership.add': 15,
  'territory.membership.edit': 15,
  'signIn.invitation.create': 15,
  'signIn.means.revoke': 15,
  'signIn.limits.change': 15,
  'signIn.local.change': 15,
  'signIn.bulkOpening.change': 15,
  'persons.categoryVolets.change': 15,
  'persons.exceptionalAccess.open': 30,
  // What leaves, or is read out of the ordinary.
  'privacy.personData': 60,
  'privacy.archivedFile': 15,
  'privacy.extract.make': 30,
  // What cannot be taken back.
  'privacy.erasure.confirm': 15,
}

/** What a référent or an administrator in a hurry does all day: asked nothing, and traced. */
const never = [
  'territory.user.close',
  'territory.membership.end',
  'signIn.session.close',
  'signIn.session.closeOthers',
  'carePlans.document',
  'persons.exceptionalAccess.close',
  'draft.save',
]

describe('a new proof of identity', () => {
  it.each(Object.entries(asks))('is asked before %s after %i minutes', (name, minutes) => {
    expect(contracts.get(name)?.reauthentication).toBe(minutes)
  })

  it('is asked before every list of accompanied persons leaves as a file: by the gate itself', () => {
    for (const contract of contracts.values()) {
      if (contract.kind !== 'query' || contract.csv === undefined || 'none' in contract.audit) continue
      expect(contract.csv.reauthentication ?? 60, contract.name).toBeLessThanOrEqual(60)
    }
  })

  it.each(never)('is not asked before %s', (name) => {
    const found = contracts.get(name)
    expect(found, 'the name of a contract').toBeDefined()
    expect(found?.reauthentication).toBeUndefined()
  })
})

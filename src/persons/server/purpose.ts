import type { PersonId } from '../../platform/contract/ids.ts'
import type { Implementation } from '../../platform/server/implement.ts'
import type { Purpose } from '../contract/rights.ts'
import { assertPurposeAllowed } from './api.ts'

/**
 * An action that does this for a person: refused with the reason, before it runs, when her three answers do not allow it now. Whom it concerns is
 * what its audit names before it has run. Refusals come after those of `access`: who may not act is told that first.
 */
export function forPurpose(implementation: Implementation, purpose: Purpose): Implementation {
  const { contract, handler } = implementation
  const { audit } = contract
  if ('none' in audit) throw new Error(`${contract.name} concerns nobody: it has no purpose`)
  return {
    contract,
    handler: {
      ...handler,
      run: async (context, input, target) => {
        const persons: readonly PersonId[] = audit.persons(input, target, undefined)
        for (const personId of new Set(persons)) await assertPurposeAllowed(context.tx, personId, purpose)
        return handler.run(context, input, target)
      },
    },
  }
}

import { formatDay } from '../../platform/contract/dates.ts'
import { forbidden } from '../../platform/contract/errors.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { french } from '../../platform/contract/typography.ts'
import type { Implementation } from '../../platform/server/implement.ts'
import { possibleWhileLimited } from '../contract/requests.ts'
import { selectFrozen } from './request.sql.ts'

/**
 * An action on a person, refused while the use of her data is limited (art. 18 RGPD): whom it concerns is what its audit names, before and after it
 * ran, and a refusal rolls back what it did. Actions on nobody, and those that art. 18 leaves possible, come back as they are.
 */
export function unlessLimited(implementation: Implementation): Implementation {
  const { contract, handler } = implementation
  const { audit } = contract
  if (contract.kind !== 'action' || 'none' in audit) return implementation
  return {
    contract,
    handler: {
      ...handler,
      run: async (context, input, target) => {
        const output = await handler.run(context, input, target)
        if (possibleWhileLimited(contract.name, input)) return output
        const persons: readonly PersonId[] = audit.persons(input, target, output)
        const [frozen] = persons.length === 0 ? [] : await selectFrozen(context.tx, [...new Set(persons)])
        if (frozen !== undefined)
          throw forbidden(
            french(
              `Depuis le ${formatDay(frozen.since)}, l'usage de ce dossier est limité à la demande de la personne : rien ne s'y écrit et rien n'en part. Ce que vous avez saisi est gardé ; voir « Droits ».`,
            ),
          )
        return output
      },
    },
  }
}

import { useParams } from '@tanstack/react-router'
import { type Branded, idSchema } from '../../contract/ids.ts'

/** The identifier of nothing: whatever is asked about it is not found. */
const nothing = '00000000-0000-0000-0000-000000000000'

/**
 * An identifier of the address: `usePathId<PersonId>('personId')`. The server answers alike for what does not exist and what is closed; an address cut
 * short by a message, or typed, names nothing either. '' where the address has no such part: a list beside which nothing is open.
 */
export function usePathId<Id extends Branded<string>>(name: string): Id {
  const params = useParams({ strict: false }) as Record<string, string | undefined>
  const written = params[name]
  if (written === undefined) return '' as Id
  return idSchema<Id>()
    .catch(nothing as Id)
    .parse(written)
}

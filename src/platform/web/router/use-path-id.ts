import { useParams } from '@tanstack/react-router'
import type { Branded } from '../../contract/ids.ts'

/** An identifier of the address: `usePathId<PersonId>('personId')`. The server answers alike for what does not exist and what is closed. */
export function usePathId<Id extends Branded<string>>(name: string): Id {
  const params = useParams({ strict: false }) as Record<string, string | undefined>
  return (params[name] ?? '') as Id
}

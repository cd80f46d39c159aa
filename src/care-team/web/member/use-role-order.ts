import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import type { Member } from '../../contract/member.ts'
import { rolesHeld } from './member-words.ts'

/** Sorts members as the list of roles does: care, home, social…; the coordination comes after the trades. */
export function useRoleOrder(): (members: readonly Member[]) => readonly Member[] {
  const { values } = useValueList('care_team.role')
  const places = new Map(values.map((one, index) => [one.code, one.parent === 'g_coordination' ? index + values.length : index]))
  const placeOf = (member: Member): number => Math.min(...rolesHeld(member).map((role) => places.get(role) ?? 999))
  return (members) => [...members].sort((a, b) => placeOf(a) - placeOf(b))
}

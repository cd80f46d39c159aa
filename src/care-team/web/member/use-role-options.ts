import type { SelectOption } from '../../../platform/web/form/SelectField.tsx'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { rolesOfTheEpisode } from '../../contract/roles.ts'

const relatives = 'g_relatives'

/** The roles that may be given, by group: those of relatives to a relative, those of trades to a card of the directory, all but relatives' to a contact. */
export function useRoleOptions(source: 'directory' | 'relative' | 'contact', held: readonly string[]): readonly SelectOption[] {
  const list = useValueList('care_team.role')
  return list.values
    .filter((one) => one.parent && !rolesOfTheEpisode.includes(one.code) && !held.includes(one.code))
    .filter((one) => (source === 'relative') === (one.parent === relatives))
    .map((one) => ({ value: one.code, label: one.label, group: list.label(one.parent) }))
    .sort((a, b) => (source === 'contact' ? Number(b.group === list.label('g_others')) - Number(a.group === list.label('g_others')) : 0))
}

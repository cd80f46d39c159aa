import { useValueLabels } from '../../../platform/web/lists/value-lists.tsx'
import type { CircleChange } from '../../contract/many-files.ts'

/** A change as one says it: « Infirmier → Infirmier en pratique avancée ». */
export function useChangeWords(): (change: CircleChange) => string {
  const label = useValueLabels()
  return (change) =>
    change.kind === 'role'
      ? `${label('care_team.role', change.from)} → ${label('care_team.role', change.to)}`
      : change.kind === 'place'
        ? `Exerce à ${change.place}`
        : `Remplacé par ${change.name}`
}

import type { ReactNode } from 'react'
import { HospitalWeekOnPaper } from '../../../agenda/web/HospitalWeek.tsx'
import { FridgeSheetPage } from '../../../care-team/web/fridge/FridgeSheetPage.tsx'

/** The sheet of the circle, which says of the agenda that she is in hospital this week. */
export function FridgeRoute(): ReactNode {
  return <FridgeSheetPage thisWeek={(personId) => <HospitalWeekOnPaper personId={personId} />} />
}

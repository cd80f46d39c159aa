import { addDays } from '../../platform/contract/dates.ts'

export interface ShownPeriod {
  readonly from: string
  readonly to: string
}

/** The last whole month, the year so far, the last whole year: what a director asks for. */
export function usualPeriods(today: string): { readonly month: ShownPeriod; readonly year: ShownPeriod; readonly lastYear: ShownPeriod } {
  const year = Number(today.slice(0, 4))
  const lastOfMonth = addDays(`${today.slice(0, 7)}-01`, -1)
  return {
    month: { from: `${lastOfMonth.slice(0, 7)}-01`, to: lastOfMonth },
    year: { from: `${year}-01-01`, to: today },
    lastYear: { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` },
  }
}

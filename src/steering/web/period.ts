import { addDays } from '../../platform/contract/dates.ts'

export interface ShownPeriod {
  readonly from: string
  readonly to: string
}

/** The last whole month, the year so far, the last whole year: what a director asks for. The region reads whole months: its year ends with the last of them. */
export function usualPeriods(today: string, wholeMonths = false): { readonly month: ShownPeriod; readonly year: ShownPeriod; readonly lastYear: ShownPeriod } {
  const year = Number(today.slice(0, 4))
  const lastOfMonth = addDays(`${today.slice(0, 7)}-01`, -1)
  return {
    month: { from: `${lastOfMonth.slice(0, 7)}-01`, to: lastOfMonth },
    year: wholeMonths ? { from: `${lastOfMonth.slice(0, 4)}-01-01`, to: lastOfMonth } : { from: `${year}-01-01`, to: today },
    lastYear: { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` },
  }
}

/** The whole month of a day, for whoever reads whole months; the last one that is over when it is not. */
export function monthAround(day: string, today: string): ShownPeriod {
  const first = `${day.slice(0, 7)}-01`
  const last = addDays(`${addDays(first, 31).slice(0, 7)}-01`, -1)
  return last < today ? { from: first, to: last } : usualPeriods(today).month
}

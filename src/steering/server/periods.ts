import type { FiguresScope } from '../contract/figures.ts'

export interface Period {
  readonly from: string
  readonly to: string
}

/** The same days one year before; 29 February becomes the 28th. */
export function yearBefore({ from, to }: Period): Period {
  const back = (day: string): string => {
    const year = String(Number(day.slice(0, 4)) - 1).padStart(4, '0')
    return day.slice(5) === '02-29' ? `${year}-02-28` : `${year}${day.slice(4)}`
  }
  return { from: back(from), to: back(to) }
}

/** The months that a period touches, 'YYYY-MM'. */
export function monthsOf({ from, to }: Period): readonly string[] {
  const months: string[] = []
  for (let year = Number(from.slice(0, 4)), month = Number(from.slice(5, 7)); ; month += 1) {
    if (month > 12) {
      year += 1
      month = 1
    }
    const text = `${year}-${String(month).padStart(2, '0')}`
    if (text > to.slice(0, 7)) return months
    months.push(text)
  }
}

/** The day on which indicator 6 counts the practising doctors: the middle of the period. */
export function middleOf({ from, to }: Period): string {
  return new Date((Date.parse(from) + Date.parse(to)) / 2).toISOString().slice(0, 10)
}

/** The last day of the year in which the period ends: ages of indicator 4 are those of that day. */
export function ageYear(scope: FiguresScope): number {
  return Number(scope.to.slice(0, 4))
}

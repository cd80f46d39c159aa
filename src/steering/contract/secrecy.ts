import { addDays, dayOf } from '../../platform/contract/dates.ts'
import { smallestCell } from './figures.ts'

interface Counted {
  readonly code: string
  readonly count: number
}

const sum = (rows: readonly Counted[]): number => rows.reduce((total, row) => total + row.count, 0)

/**
 * What is secret of numbers that add up to a published total: those between 1 and 4, with the smallest others that it takes for the total to give none of
 * them back. Zeros are published. All of them where nothing protects. Equal numbers are taken in the order of their codes: two readings hide the same.
 */
export function secretOf(rows: readonly Counted[]): ReadonlySet<string> {
  const present = rows.filter((row) => row.count > 0).sort((a, b) => a.count - b.count || (a.code < b.code ? -1 : 1))
  const hidden = present.filter((row) => row.count < smallestCell)
  if (hidden.length === 0) return new Set()
  for (const row of present.slice(hidden.length)) {
    if (hidden.length >= 2 && sum(hidden) - (hidden.length - 1) > smallestCell) break
    hidden.push(row)
  }
  return new Set(hidden.map((row) => row.code))
}

/** Whole months, all of them over: two readings that differ by a day would give the cell of one person. */
export function isOfWholeMonths({ from, to }: { readonly from: string; readonly to: string }, now: Date, timeZone: string): boolean {
  return from.endsWith('-01') && addDays(to, 1).endsWith('-01') && to < dayOf(now, timeZone)
}

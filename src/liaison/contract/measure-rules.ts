import type { RuleTrigger } from './alert-rule.ts'

export interface MeasureToMatch {
  readonly kind: string
  readonly value: number
  readonly second: number | null
  readonly at: string
  /** The threshold of the person. */
  readonly low: number | null
  readonly high: number | null
  /** What was measured before, of the same kind. */
  readonly past: readonly { readonly value: number; readonly at: string }[]
}

/** True if a measure sets the rule off: out of the person's threshold, under or over a figure, or a loss since the highest of so many days. */
export function measureMatches(when: RuleTrigger, measure: MeasureToMatch): boolean {
  if (when.trigger !== 'measure') return false
  if (when.personal) return (measure.low !== null && measure.value < measure.low) || (measure.high !== null && measure.value > measure.high)
  if (when.kind !== measure.kind) return false
  if (when.below !== null && measure.value < when.below) return true
  if (when.above !== null && measure.value > when.above) return true
  if (when.lossPercent === null || when.days === null) return false
  const since = Date.parse(measure.at) - when.days * 86_400_000
  const highest = Math.max(...measure.past.filter(({ at }) => Date.parse(at) >= since).map(({ value }) => value))
  return highest > 0 && highest !== Number.POSITIVE_INFINITY && ((highest - measure.value) / highest) * 100 >= when.lossPercent
}

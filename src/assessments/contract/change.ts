import type { FormDefinition } from './form-definition.ts'

export type Change = 'better' | 'worse' | 'same'

/**
 * Which way a score went, between two results of the same form. The direction is read from its bands: where severity rises with the
 * score, more is worse (SEGA-A); where it falls, more is better (GIR). Null when the bands say nothing.
 */
export function changeBetween(form: FormDefinition, before: number, after: number): Change | null {
  if (before === after) return 'same'
  const bands = form.bandSets[0]?.bands ?? []
  const [first, last] = [bands[0]?.severity, bands.at(-1)?.severity]
  if (first === undefined || last === undefined || first === last) return null
  const moreIsWorse = last > first
  return after > before === moreIsWorse ? 'worse' : 'better'
}

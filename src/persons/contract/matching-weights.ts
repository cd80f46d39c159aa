/**
 * Weights in bits of each way in which two identities agree, added by matching.ts. `start`: before anything is compared.
 *
 * Source: `npm run bench -- matching-weights` (bench/matching/: logistic regression on 150,000 invented identities of seed 20261 and 24,000 typed ones, half of
 * them of nobody in the file, half of those twins, siblings, couples, sons named as their fathers or homonyms; look-alikes by chance counted as a file of half a
 * million would hold them). Judged on another seed: docs/adr/2026-11-22-matching-by-fitted-weights.md. `family.absent` and `given.absent` do not occur there: set
 * by hand between « other » and « near ».
 */
export const agreementWeights = {
  start: -3.2,
  'birth.absent': -2.62,
  'birth.dayMonth': -0.81,
  'birth.digit': 0.78,
  'birth.inverted': 3.79,
  'birth.near': -6.3,
  'birth.other': -6.68,
  'birth.same': 7.32,
  'birth.sameVague': 4.98,
  'birth.swapped': 3.08,
  'birth.year': -6.74,
  'family.absent': -4,
  'family.bothSame': 5.76,
  'family.common': -1.33,
  'family.crossed': 0.3,
  'family.household': 1.34,
  'family.junior': -1.43,
  'family.near': -1.63,
  'family.other': -11.75,
  'family.part': -3.27,
  'family.rare': 1.83,
  'family.same': 2.88,
  'family.slip': 0.49,
  'family.sound': 0.62,
  'family.twin': -2.01,
  'given.absent': -2,
  'given.allSame': 6.31,
  'given.common': -1.12,
  'given.initial': 2.22,
  'given.later': -5.45,
  'given.near': -0.19,
  'given.other': -8.5,
  'given.part': -0.54,
  'given.rare': 1.3,
  'given.same': 2.41,
  'given.sameButNext': -2.35,
  'given.second': -1.69,
  'given.short': -2.59,
  'given.slip': 1.72,
  'given.sound': 2.05,
  'names.inverted': 3.41,
  'phone.absent': -2.21,
  'phone.home': -0.76,
  'phone.other': -3.79,
  'phone.same': 3.57,
  'place.absent': -0.51,
  'place.common': -1.35,
  'place.department': -3.42,
  'place.home': 0.95,
  'place.other': -4.47,
  'place.rare': 0.85,
  'place.same': 4.26,
  'sex.absent': -0.39,
  'sex.other': -2.61,
  'sex.same': -0.19,
} as const

/** Bits above what is proposed to be merged (« très proche »): « sans doute la même », and « à comparer » (shown while typing, no more). */
export const thresholds = { same: 5.3, possible: -5.3 } as const

/** Weight from which two identities are proposed, by the number of persons in the file: the more there are, the more homonyms chance makes. */
const bySize: readonly (readonly [persons: number, weight: number])[] = [
  [3000, -2.98],
  [40_000, -2.69],
  [200_000, -1.74],
  [500_000, -1.04],
  [2_000_000, 0.25],
]

/** Between two sizes, by the logarithm of the size. */
export function thresholdAmong(persons: number): number {
  const after = bySize.findIndex(([size]) => size >= persons)
  if (after === 0) return (bySize[0] as readonly [number, number])[1]
  if (after === -1) return (bySize.at(-1) as readonly [number, number])[1]
  const [[from, low], [to, high]] = [bySize[after - 1], bySize[after]] as [readonly [number, number], readonly [number, number]]
  return low + ((high - low) * Math.log(persons / from)) / Math.log(to / from)
}

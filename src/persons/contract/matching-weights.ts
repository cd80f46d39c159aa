/**
 * Weights in bits of each way in which two identities agree, added by matching.ts. `start`: before anything is compared.
 *
 * Source: `npm run bench -- matching-weights` (bench/matching/: logistic regression on 150,000 invented identities of seed 20261 and 32,000 typed ones, half of
 * them of nobody in the file, half of those twins, siblings, couples, sons named as their fathers or homonyms; look-alikes by chance counted as a file of half a
 * million would hold them). Judged on other seeds: docs/adr/2026-11-22-matching-by-fitted-weights.md. `family.absent` and `given.absent` do not occur there: set
 * by hand between « other » and « near ».
 */
export const agreementWeights = {
  start: -2.67,
  'birth.absent': -2.77,
  'birth.dayMonth': -2.34,
  'birth.digit': 0.97,
  'birth.inverted': 3.73,
  'birth.near': -6.39,
  'birth.other': -4.09,
  'birth.same': 7.13,
  'birth.sameVague': 4.08,
  'birth.swapped': 3.31,
  'birth.year': -6.79,
  'birth.yearSlip': 0.49,
  'family.absent': -4,
  'family.bothSame': 5.8,
  'family.crossed': -2.97,
  'family.crossedAlike': -1.21,
  'family.household': 1.1,
  'family.junior': -3.7,
  'family.married': -1.02,
  'family.maybeTwin': 0.8,
  'family.near': -1.53,
  'family.other': -11.9,
  'family.part': -3.12,
  'family.same': 2.67,
  'family.sameAndAlike': 5.86,
  'family.sameButOther': -2.77,
  'family.slip': 2.67,
  'family.sound': 2.4,
  'family.twin': -2.13,
  'given.absent': -2,
  'given.initial': 2.54,
  'given.later': -7.3,
  'given.near': 0,
  'given.other': -7.16,
  'given.part': 0.46,
  'given.same': 3.15,
  'given.second': -0.61,
  'given.short': -1.34,
  'given.slip': 2.4,
  'given.sound': 2.74,
  'names.inverted': 2.44,
  'next.absent': -1.44,
  'next.other': -5.65,
  'next.same': 2.56,
  'next.some': -0.59,
  'phone.absent': -2.08,
  'phone.home': -1.14,
  'phone.other': -3.59,
  'phone.same': 4.14,
  'place.absent': -0.31,
  'place.department': -3.17,
  'place.home': 0.24,
  'place.other': -3.95,
  'place.same': 4.52,
  'sex.absent': -0.26,
  'sex.other': -2.38,
  'sex.same': -0.03,
} as const

/** How much of each bit of rarity counts. */
export const rarityWeights = { 'family.rarity': 0.51, 'given.rarity': 0.59, 'place.rarity': 0.54, 'birth.rarity': 0.46 } as const

/** Bits above what is proposed to be merged (« très proche »): « sans doute la même », and « à comparer » (shown while typing, no more). */
export const thresholds = { same: 5.3, possible: -5.3 } as const

/** Weight from which two identities are proposed, by the number of persons in the file: the more there are, the more homonyms chance makes. */
const bySize: readonly (readonly [persons: number, weight: number])[] = [
  [3000, -2.36],
  [40_000, -2.1],
  [200_000, -1.48],
  [500_000, -0.81],
  [2_000_000, -0.1],
]

/** Between two sizes, by the logarithm of the size. */
export function thresholdAmong(persons: number): number {
  const after = bySize.findIndex(([size]) => size >= persons)
  if (after === 0) return (bySize[0] as readonly [number, number])[1]
  if (after === -1) return (bySize.at(-1) as readonly [number, number])[1]
  const [[from, low], [to, high]] = [bySize[after - 1], bySize[after]] as [readonly [number, number], readonly [number, number]]
  return low + ((high - low) * Math.log(persons / from)) / Math.log(to / from)
}

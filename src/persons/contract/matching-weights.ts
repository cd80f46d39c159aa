/**
 * Weights in bits of each way in which two identities agree, added by matching.ts. `start`: before anything is compared.
 *
 * Source: `npm run bench -- matching-weights` (bench/matching/: logistic regression on 40,000 invented identities of seed 20261 and 14,000 typed ones, half of
 * them of nobody in the file, half of those twins, siblings, couples, sons named as their fathers or homonyms). Judged on another seed: recall 0.98 at precision
 * 0.98 and more (docs/adr/2026-11-22-matching-by-fitted-weights.md). `family.absent` and `given.absent` do not occur there: set by hand between « other » and « near ».
 */
export const agreementWeights = {
  start: -2.46,
  'birth.absent': -0.75,
  'birth.dayMonth': -0.19,
  'birth.digit': 2.05,
  'birth.inverted': 3.01,
  'birth.near': -4.61,
  'birth.other': -7.22,
  'birth.same': 7.15,
  'birth.swapped': 2.77,
  'birth.year': -4.67,
  'family.absent': -2,
  'family.bothSame': 3.55,
  'family.crossed': 0.1,
  'family.household': -0.75,
  'family.junior': -2.81,
  'family.near': -1.94,
  'family.other': -9.67,
  'family.part': -1.37,
  'family.same': 1.8,
  'family.sameCommon': 0.99,
  'family.slip': 1.73,
  'family.sound': 1.15,
  'family.twin': -5.47,
  'given.absent': -1,
  'given.allSame': 4.55,
  'given.initial': 2.29,
  'given.later': -4.66,
  'given.near': -1.57,
  'given.other': -7.31,
  'given.part': -0.59,
  'given.same': 1.6,
  'given.sameCommon': 1.07,
  'given.second': -1.59,
  'given.short': -0.18,
  'given.slip': 1.23,
  'given.sound': 1.51,
  'names.inverted': 1.2,
  'phone.absent': -1.35,
  'phone.other': -2.53,
  'phone.same': 1.42,
  'place.absent': 0.12,
  'place.department': -2.36,
  'place.other': -3.19,
  'place.same': 2.98,
  'sex.absent': -0.04,
  'sex.other': -2.51,
  'sex.same': 0.09,
} as const

/** Sums, in bits: « sans doute la même », « très proche » (proposed to be merged), « à comparer » (shown while typing, no more). */
export const thresholds = { same: 5.8, probable: 0.5, possible: -4.8 } as const

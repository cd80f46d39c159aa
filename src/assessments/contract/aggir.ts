import { type Answers } from './form-definition.ts'

/** How a person does an activity alone: A well and always, B partly, C not at all. */
export type Modality = 'A' | 'B' | 'C'

/** The eight variables that make the GIR, in the order of the regulation's tables. */
export const aggirVariables = ['coherence', 'orientation', 'washing', 'dressing', 'feeding', 'elimination', 'transfers', 'indoor_moves'] as const
export type AggirVariable = (typeof aggirVariables)[number]

type Eight = readonly [number, number, number, number, number, number, number, number]

interface Group {
  readonly c: Eight
  readonly b: Eight
  /** Lowest total, rank reached. */
  readonly thresholds: readonly (readonly [number, number])[]
}

/**
 * CASF, annexe 2-2: the groups are tried in this order and the first threshold reached gives the rank.
 * In group H a transfer noted C weighs less than one noted B: so is the text.
 */
const groups: readonly Group[] = [
  {
    c: [2000, 1200, 40, 40, 60, 100, 800, 200],
    b: [0, 0, 16, 16, 20, 16, 120, 32],
    thresholds: [
      [4380, 1],
      [4140, 2],
      [3390, 3],
    ],
  },
  { c: [1500, 1200, 40, 40, 60, 100, 800, -80], b: [320, 120, 16, 16, 0, 16, 120, -40], thresholds: [[2016, 4]] },
  {
    c: [0, 0, 40, 40, 60, 160, 1000, 400],
    b: [0, 0, 16, 16, 20, 20, 200, 40],
    thresholds: [
      [1700, 5],
      [1432, 6],
    ],
  },
  { c: [0, 0, 0, 0, 2000, 400, 2000, 200], b: [0, 0, 0, 0, 200, 200, 200, 0], thresholds: [[2400, 7]] },
  { c: [400, 400, 400, 400, 400, 800, 800, 200], b: [0, 0, 100, 100, 100, 100, 100, 0], thresholds: [[1200, 8]] },
  { c: [200, 200, 500, 500, 500, 500, 500, 200], b: [100, 100, 100, 100, 100, 100, 100, 0], thresholds: [[800, 9]] },
  { c: [150, 150, 300, 300, 500, 500, 400, 200], b: [0, 0, 200, 200, 200, 200, 200, 100], thresholds: [[650, 10]] },
  {
    c: [0, 0, 3000, 3000, 3000, 3000, 1000, 1000],
    b: [0, 0, 2000, 2000, 2000, 2000, 2000, 1000],
    thresholds: [
      [4000, 11],
      [2000, 12],
    ],
  },
]

const lastRank = 13
const girByRank: readonly number[] = [1, 2, 2, 2, 2, 2, 2, 3, 3, 4, 4, 5, 6]

/**
 * Rank (1 to 13) and GIR (1, most dependent, to 6) of the eight modalities.
 * Source: CASF, annexe 2-2. The two other discriminating variables (outdoor moves, communication) weigh nothing there.
 */
export function aggir(modalities: Readonly<Record<AggirVariable, Modality>>): { readonly rank: number; readonly gir: number } {
  const rank = groups.map((group) => rankIn(group, modalities)).find((found) => found !== null) ?? lastRank
  return { rank, gir: girByRank[rank - 1] as number }
}

function rankIn(group: Group, modalities: Readonly<Record<AggirVariable, Modality>>): number | null {
  const total = aggirVariables.reduce((sum, variable, index) => {
    const modality = modalities[variable]
    return sum + (modality === 'C' ? (group.c[index] as number) : modality === 'B' ? (group.b[index] as number) : 0)
  }, 0)
  return group.thresholds.find(([lowest]) => total >= lowest)?.[1] ?? null
}

/** The four adverbs by which an activity is observed. */
export interface Adverbs {
  readonly alone: boolean
  readonly spontaneously: boolean
  readonly totally: boolean
  readonly correctly: boolean
  readonly habitually: boolean
}

/** C if she does not do it alone; A if she does so spontaneously, totally, correctly and habitually; B otherwise. */
export function modalityOf(adverbs: Adverbs): Modality {
  if (!adverbs.alone) return 'C'
  return adverbs.spontaneously && adverbs.totally && adverbs.correctly && adverbs.habitually ? 'A' : 'B'
}

/** The modalities found in the answers of the AGGIR form; null as long as one of the eight is missing. */
export function aggirModalities(answers: Answers): Readonly<Record<AggirVariable, Modality>> | null {
  const found = aggirVariables.map((variable) => answers[variable])
  if (!found.every((answer) => answer === 'A' || answer === 'B' || answer === 'C')) return null
  return Object.fromEntries(aggirVariables.map((variable, index) => [variable, found[index]])) as Record<AggirVariable, Modality>
}

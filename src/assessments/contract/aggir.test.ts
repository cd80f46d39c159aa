import { expect, test } from 'vitest'
import { type AggirVariable, aggir, aggirVariables, type Modality, modalityOf } from './aggir.ts'
import { aggirForm } from './grids/aggir.ts'
import { score } from './scoring.ts'

function modalities(letters: string): Record<AggirVariable, Modality> {
  return Object.fromEntries(aggirVariables.map((variable, index) => [variable, letters[index]])) as Record<AggirVariable, Modality>
}

test.each([
  ['CCCCCCCC', 1, 1],
  ['CCAAAAAA', 4, 2],
  ['AACCCCCC', 5, 2],
  ['AACCAAAA', 9, 3],
  ['BACCBBAA', 9, 3],
  ['AABBBBAA', 10, 4],
  ['BBBBBBBB', 10, 4],
  ['AABBAAAA', 11, 4],
  ['AABAAAAA', 12, 5],
  ['AAAAAACC', 12, 5],
  ['BBAAAAAA', 13, 6],
  ['AAAAAAAC', 13, 6],
  ['AAAAAAAA', 13, 6],
])('%s is of rank %i and GIR %i', (letters, rank, gir) => {
  expect(aggir(modalities(letters))).toEqual({ rank, gir })
})

const everyCombination = Array.from({ length: 3 ** 8 }, (_unused, index) =>
  aggir(
    modalities(
      index
        .toString(3)
        .padStart(8, '0')
        .replace(/[012]/g, (digit) => 'ABC'[Number(digit)] as string),
    ),
  ),
)

function counted(values: readonly number[]): Record<number, number> {
  const counts: Record<number, number> = {}
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  return counts
}

test('over all 6,561 combinations the GIR fall as the regulation makes them fall', () => {
  expect(counted(everyCombination.map((one) => one.gir))).toEqual({ 1: 8, 2: 3208, 3: 2400, 4: 760, 5: 157, 6: 28 })
})

test('so do the thirteen ranks', () => {
  expect(counted(everyCombination.map((one) => one.rank))).toEqual({
    1: 8,
    2: 131,
    3: 414,
    4: 1085,
    5: 4,
    6: 336,
    7: 1238,
    8: 1253,
    9: 1147,
    10: 490,
    11: 270,
    12: 157,
    13: 28,
  })
})

test('each rank leads to its GIR', () => {
  expect(Object.fromEntries(everyCombination.map((one) => [one.rank, one.gir]))).toEqual({
    1: 1,
    2: 2,
    3: 2,
    4: 2,
    5: 2,
    6: 2,
    7: 2,
    8: 3,
    9: 3,
    10: 4,
    11: 4,
    12: 5,
    13: 6,
  })
})

test('the adverbs give the modality', () => {
  const well = { alone: true, spontaneously: true, totally: true, correctly: true, habitually: true }
  expect(modalityOf(well)).toBe('A')
  for (const adverb of ['spontaneously', 'totally', 'correctly', 'habitually'] as const) expect(modalityOf({ ...well, [adverb]: false })).toBe('B')
  expect(modalityOf({ ...well, alone: false })).toBe('C')
})

test('the form gives the GIR, its rank, and waits for the eight variables; those of no weight change nothing', () => {
  const answers = { ...modalities('AACCAAAA') }
  expect(score(aggirForm, answers)).toMatchObject({ score: 3, band: 'gir_3', label: 'GIR 3', printed: 'GIR 3', complete: true, details: { rank: 9 } })
  expect(score(aggirForm, { ...answers, outdoor_moves: 'C', cooking: 'C' }).score).toBe(3)
  const { transfers: _left, ...seven } = answers
  expect(score(aggirForm, seven)).toMatchObject({ score: null, complete: false, missing: ['transfers'], label: null })
})

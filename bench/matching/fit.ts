import type { Comparison } from '../../src/persons/contract/agreement.ts'

/** One pair of identities as it was compared, and whether both are the same person. */
export interface Example {
  readonly compared: Comparison
  readonly same: boolean
  readonly times: number
}

/**
 * Weights in bits of each way of agreeing, fitted together (logistic regression with a light ridge, Newton's steps): the log-odds of Fellegi and Sunter,
 * without their assumption that traits agree independently, which families contradict. `start` is the weight of a pair before anything is compared.
 */
export function fitWeights(examples: readonly Example[], ridge = 2): ReadonlyMap<string, number> {
  const names = ['start', ...[...new Set(examples.flatMap(({ compared }) => [...compared.ways, ...compared.rarity.map(([of]) => of)]))].sort()]
  const place = new Map(names.map((name, n) => [name, n]))
  const rows = grouped(examples, place)
  let weights = new Float64Array(names.length)
  for (let step = 0; step < 30; step += 1) {
    const gradient = new Float64Array(names.length)
    const curvature = names.map(() => new Float64Array(names.length))
    for (const { features, total, matched } of rows) {
      const chance = 1 / (1 + Math.exp(-features.reduce((sum, [at, value]) => sum + value * (weights[at] as number), 0)))
      const slope = matched - total * chance
      const bend = total * chance * (1 - chance)
      for (const [i, x] of features) {
        gradient[i] = (gradient[i] as number) + x * slope
        for (const [j, y] of features) (curvature[i] as Float64Array)[j] = ((curvature[i] as Float64Array)[j] as number) + x * y * bend
      }
    }
    for (let i = 0; i < names.length; i += 1) {
      gradient[i] = (gradient[i] as number) - ridge * (weights[i] as number)
      ;(curvature[i] as Float64Array)[i] = ((curvature[i] as Float64Array)[i] as number) + ridge
    }
    const move = solved(curvature, gradient)
    weights = weights.map((weight, n) => weight + (move[n] as number))
    if (Math.max(...move.map(Math.abs)) < 1e-4) break
  }
  return new Map(names.map((name, n) => [name, (weights[n] as number) / Math.LN2]))
}

interface Row {
  /** The place of a weight, and how much of it counts: one for a way of agreeing, its bits for a rarity. */
  readonly features: readonly (readonly [number, number])[]
  total: number
  matched: number
}

function grouped(examples: readonly Example[], place: ReadonlyMap<string, number>): readonly Row[] {
  const rows = new Map<string, Row>()
  for (const { compared, same, times } of examples) {
    const key = `${compared.ways.join()} ${compared.rarity.join()}`
    const row = rows.get(key) ?? {
      features: [
        [0, 1],
        ...compared.ways.map((one) => [place.get(one) as number, 1] as const),
        ...compared.rarity.map(([of, bits]) => [place.get(of) as number, bits] as const),
      ],
      total: 0,
      matched: 0,
    }
    row.total += times
    if (same) row.matched += times
    rows.set(key, row)
  }
  return [...rows.values()]
}

/** Gauss, with the largest pivot. */
function solved(matrix: readonly Float64Array[], right: Float64Array): number[] {
  const rows = matrix.map((row, n) => [...row, right[n] as number])
  for (let at = 0; at < rows.length; at += 1) {
    let best = at
    for (let n = at + 1; n < rows.length; n += 1) if (Math.abs(rows[n]?.[at] as number) > Math.abs(rows[best]?.[at] as number)) best = n
    const pivot = rows[best] as number[]
    ;[rows[at], rows[best]] = [pivot, rows[at] as number[]]
    for (let n = 0; n < rows.length; n += 1) {
      const row = rows[n] as number[]
      if (n === at || row[at] === 0) continue
      const by = (row[at] as number) / (pivot[at] as number)
      for (let m = at; m <= rows.length; m += 1) row[m] = (row[m] as number) - by * (pivot[m] as number)
    }
  }
  return rows.map((row, n) => (row[rows.length] as number) / (row[n] as number))
}

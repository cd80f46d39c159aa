import { describe, expect, it } from 'vitest'
import { type Counts, intervalOf, makeSafe, secretsOf, secretTotals } from './disclosure.ts'

function dice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1664525 + 1013904223) % 4294967296
    return Math.floor((state / 4294967296) * below)
  }
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

/** Every table of whole numbers that agrees with what was published: what an attacker with patience can tell. Small tables only. */
function* consistent(published: NonNullable<ReturnType<typeof makeSafe>>): Generator<number[][]> {
  const { cells, rowTotals, columnTotals, total } = published
  const places = cells.flatMap((line, row) => line.flatMap((value, column) => (value === null ? [[row, column] as const] : [])))
  const table = cells.map((line) => line.map((value) => value ?? 0))
  function* fill(at: number): Generator<number[][]> {
    const place = places[at]
    if (place === undefined) {
      if (sum(table.flat()) !== total) return
      if (table.some((line, row) => rowTotals[row] !== null && sum(line) !== rowTotals[row])) return
      if (columnTotals.some((value, column) => value !== null && sum(table.map((line) => line[column] ?? 0)) !== value)) return
      yield table.map((line) => [...line])
      return
    }
    const [row, column] = place
    const line = table[row] as number[]
    const rowRoom = rowTotals[row] === null ? total : (rowTotals[row] as number) - sum(line)
    const columnRoom = columnTotals[column] === null ? total : (columnTotals[column] as number) - sum(table.map((one) => one[column] ?? 0))
    const room = Math.min(rowRoom, columnRoom, total - sum(table.flat()))
    for (let value = 1; value <= room; value++) {
      line[column] = value
      yield* fill(at + 1)
    }
    line[column] = 0
  }
  yield* fill(0)
}

describe('a published table', () => {
  it('shows no number from one to four, neither inside nor in its totals', () => {
    const roll = dice(7)
    for (let round = 0; round < 2000; round++) {
      const counts: Counts = Array.from({ length: 2 + roll(4) }, () => Array.from({ length: 2 + roll(3) }, () => 0)).map((line) =>
        line.map(() => (roll(3) === 0 ? 0 : roll(14))),
      )
      const safe = makeSafe(counts)
      if (safe === null) continue
      for (const value of [...safe.cells.flat(), ...safe.rowTotals, ...safe.columnTotals]) expect(value === null || value === 0 || value >= 5).toBe(true)
    }
  })

  it('lets nobody find a secret cell back, nor tell that it is under five: every way to fill it was tried', { timeout: 60_000 }, () => {
    const roll = dice(11)
    let tried = 0
    for (let round = 0; round < 220; round++) {
      // A small population: twelve to thirty persons in three rows and two or three columns.
      const width = 2 + roll(2)
      const counts = Array.from({ length: 3 }, () => Array.from({ length: width }, () => 0))
      for (let person = 12 + roll(18); person > 0; person--) {
        const line = counts[Math.min(roll(3), roll(3))] as number[]
        const column = roll(width)
        line[column] = (line[column] ?? 0) + 1
      }
      const safe = makeSafe(counts)
      if (safe === null || safe.cells.flat().every((value) => value !== null)) continue
      const found = [...consistent(safe)]
      expect(found.length).toBeGreaterThan(0)
      for (const [row, line] of safe.cells.entries())
        for (const [column, value] of line.entries()) {
          if (value !== null) continue
          const possible = new Set(found.map((table) => table[row]?.[column]))
          expect([counts, row, column, possible.size > 1]).toEqual([counts, row, column, true])
          expect([counts, row, column, Math.max(...(possible as Set<number>)) >= 5]).toEqual([counts, row, column, true])
          tried += 1
        }
    }
    expect(tried).toBeGreaterThan(150)
  })

  it('catches a table that hides the small cells only: the totals give them back', () => {
    const counts = [
      [3, 20],
      [9, 30],
    ]
    const naive = {
      cells: [
        [true, false],
        [false, false],
      ],
      rowTotals: [false, false],
      columnTotals: [false, false],
    }
    expect(intervalOf(counts, naive, 0, 0)).toEqual({ from: 3, to: 3 })
    const secrets = secretsOf(counts)
    expect(secrets?.cells.flat().filter(Boolean).length).toBe(4)
  })

  it('publishes the same totals in two tables about the same persons, whatever the other dimension', () => {
    const byLevel = makeSafe([
      [3, 4],
      [20, 30],
      [6, 9],
    ])
    const bySex = makeSafe([
      [2, 5],
      [40, 10],
      [9, 6],
    ])
    expect(bySex?.rowTotals).toEqual(byLevel?.rowTotals)
  })

  it('is not published when nothing can protect it', () => {
    expect(
      makeSafe([
        [1, 1],
        [1, 0],
      ]),
    ).toBeNull()
    expect(
      makeSafe([
        [3, 0],
        [0, 0],
      ]),
    ).toBeNull()
  })

  it('hides a line of totals only as much as it must', () => {
    expect(secretTotals([3, 40, 7, 20])).toEqual([true, false, true, false])
    expect(secretTotals([8, 40])).toEqual([false, false])
    expect(secretTotals([3, 0])).toBeNull()
  })

  it('hides what is one service’s alone, for whoever takes away her own', () => {
    const safe = makeSafe(
      [
        [12, 20, 9],
        [30, 30, 30],
      ],
      { cell: (row, column) => row === 0 && column === 0, rowTotal: () => false, columnTotal: () => false },
    )
    expect(safe?.cells[0]?.[0]).toBeNull()
    expect(safe?.cells.flat().filter((value) => value === null).length).toBeGreaterThanOrEqual(4)
  })
})

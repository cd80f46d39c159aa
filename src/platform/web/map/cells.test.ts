import { describe, expect, it } from 'vitest'
import { cellsOf, type Site } from './cells.ts'

/** Four communes on a square, bounded by a belt of places outside. */
const belt: Site[] = Array.from({ length: 24 }, (_, index) => ({
  latitude: 48 + 2 * Math.sin((index / 24) * 2 * Math.PI),
  longitude: 6 + 2 * Math.cos((index / 24) * 2 * Math.PI),
  group: null,
  fill: 'none',
}))
const square = (groups: readonly string[]): Site[] =>
  [
    [47.9, 5.9],
    [47.9, 6.1],
    [48.1, 5.9],
    [48.1, 6.1],
  ].map(([latitude = 0, longitude = 0], index) => ({ latitude, longitude, group: groups[index] ?? null, fill: groups[index] ?? 'none' }))

describe('areas drawn from the middles of communes', () => {
  it('every commune has one cell, what lies outside has none', () => {
    const { fills } = cellsOf([...square(['a', 'a', 'b', 'b']), ...belt])
    expect(fills.features.map(({ properties }) => properties)).toEqual([
      { fill: 'a', site: 0 },
      { fill: 'a', site: 1 },
      { fill: 'b', site: 2 },
      { fill: 'b', site: 3 },
    ])
    for (const { geometry } of fills.features) expect(geometry.coordinates[0]?.[0]).toEqual(geometry.coordinates[0]?.at(-1))
  })

  it('a line runs where the service changes, and none between two communes of one service', () => {
    const crossing = (groups: readonly string[]): number =>
      cellsOf([...square(groups), ...belt]).borders.geometry.coordinates.filter((line) =>
        line.every(([longitude = 0, latitude = 0]) => Math.abs(latitude - 48) < 0.02 && Math.abs(longitude - 6) < 1.2),
      ).length
    expect(crossing(['a', 'a', 'b', 'b'])).toBeGreaterThan(0)
    expect(crossing(['a', 'a', 'a', 'a'])).toBe(0)
  })

  it('too few places draw nothing', () => {
    expect(cellsOf(square(['a']).slice(0, 2)).fills.features).toEqual([])
  })
})

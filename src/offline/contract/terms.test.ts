import { describe, expect, it } from 'vitest'
import { readingHours, readsStill } from './terms.ts'

describe('files taken along', () => {
  const hour = 3_600_000
  const takenAt = Date.parse('2026-10-15T07:42:00.000Z')
  const reads = (hours: number, after: number): boolean => readsStill({ readUntil: new Date(takenAt + hours * hour).toISOString() }, new Date(takenAt + after))

  it.each([readingHours.least, 8, readingHours.most])('read for the %i hours of the region, to the instant, and die at it', (hours) => {
    expect(reads(hours, 0)).toBe(true)
    expect(reads(hours, hours * hour - 1)).toBe(true)
    expect(reads(hours, hours * hour)).toBe(false)
    expect(reads(hours, 30 * 24 * hour)).toBe(false)
  })

  it('read at the hour of the region whatever the season: the night of the change of time neither gives an hour nor takes one', () => {
    const taken = Date.parse('2026-10-24T22:30:00Z')
    const readUntil = new Date(taken + 4 * hour).toISOString()
    expect(readsStill({ readUntil }, new Date('2026-10-25T03:29:59+01:00'))).toBe(true)
    expect(readsStill({ readUntil }, new Date('2026-10-25T03:30:00+01:00'))).toBe(false)
  })

  it('whose term cannot be read are read no more', () => {
    expect(readsStill({ readUntil: '' }, new Date(takenAt))).toBe(false)
  })
})

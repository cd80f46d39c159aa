import { describe, expect, it } from 'vitest'
import { middleOf, monthsOf, yearBefore } from './periods.ts'

describe('the period of the figures', () => {
  it('is compared with the same days one year before, 29 February becoming the 28th', () => {
    expect(yearBefore({ from: '2026-01-01', to: '2026-09-30' })).toEqual({ from: '2025-01-01', to: '2025-09-30' })
    expect(yearBefore({ from: '2024-02-29', to: '2024-02-29' })).toEqual({ from: '2023-02-28', to: '2023-02-28' })
  })
  it('touches each of its months once, over a change of year', () => {
    expect(monthsOf({ from: '2025-11-15', to: '2026-02-01' })).toEqual(['2025-11', '2025-12', '2026-01', '2026-02'])
  })
  it('counts the practising doctors in its middle', () => {
    expect(middleOf({ from: '2026-01-01', to: '2026-01-31' })).toBe('2026-01-16')
  })
})

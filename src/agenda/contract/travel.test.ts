import { expect, it } from 'vitest'
import { hintsOf, straightKilometres, travelMinutes } from './travel.ts'

const epinal = { latitude: 48.1724, longitude: 6.4496 }
const remiremont = { latitude: 48.0161, longitude: 6.5903 }
const at = (id: string, startsAt: string, endsAt: string, point: typeof epinal | null = null) => ({
  id,
  startsAt: `2026-10-15T${startsAt}:00Z`,
  endsAt: `2026-10-15T${endsAt}:00Z`,
  point,
})

it('the road between two communes is an estimate from the straight line', () => {
  expect(Math.round(straightKilometres(epinal, remiremont))).toBe(20)
  expect(travelMinutes(epinal, remiremont)).toBe(35)
  expect(travelMinutes(epinal, epinal)).toBe(10)
})

it('two appointments at once, or too near for the road, are told; those that can be held are not', () => {
  expect(hintsOf([at('a', '08:00', '09:00', epinal), at('b', '08:30', '09:30', epinal)])).toEqual([{ kind: 'conflict', ids: ['a', 'b'] }])
  expect(hintsOf([at('a', '08:00', '09:00', epinal), at('b', '09:10', '10:00', remiremont)])).toEqual([
    { kind: 'travel', ids: ['a', 'b'], gap: 10, travel: 35 },
  ])
  expect(hintsOf([at('a', '08:00', '09:00', epinal), at('b', '09:40', '10:00', remiremont)])).toEqual([])
  expect(hintsOf([at('a', '08:00', '09:00'), at('b', '09:00', '10:00', remiremont)])).toEqual([])
})

it('one that ends when another begins is no conflict; three at once are told two by two', () => {
  expect(hintsOf([at('a', '08:00', '09:00'), at('b', '09:00', '10:00')])).toEqual([])
  expect(hintsOf([at('a', '08:00', '10:00'), at('b', '08:30', '09:00'), at('c', '08:45', '11:00')])).toHaveLength(3)
})

import { expect, it } from 'vitest'
import { hoursShown, mondayOf, movedWall, placedOn, readHour, wallOn } from './grid.ts'
import { wallThere } from './use-move.tsx'

const at = (startsAt: string, endsAt: string) => ({ startsAt: `2026-10-15T${startsAt}:00Z`, endsAt: `2026-10-15T${endsAt}:00Z` })

it('two appointments at once stand side by side, a third one after them takes the whole width', () => {
  const placed = placedOn('2026-10-15', [at('08:00', '09:30'), at('08:30', '09:00'), at('10:00', '11:00')], 'Europe/Paris')
  expect(placed.map(({ from, column, columns }) => [from, column, columns])).toEqual([
    [600, 0, 2],
    [630, 1, 2],
    [720, 0, 1],
  ])
})

it('what runs over midnight is cut at the day', () => {
  const stay = { startsAt: '2026-10-14T10:00:00Z', endsAt: '2026-10-16T08:00:00Z' }
  expect(placedOn('2026-10-15', [stay], 'Europe/Paris').map(({ from, to }) => [from, to])).toEqual([[0, 1440]])
  expect(placedOn('2026-10-17', [stay], 'Europe/Paris')).toEqual([])
})

it('a move by arrows counts on the clock, over the change of hour too', () => {
  expect(movedWall('2026-10-24T23:45', 0, 30)).toBe('2026-10-25T00:15')
  expect(movedWall('2026-10-24T09:00', 1, -15)).toBe('2026-10-25T08:45')
  expect(wallOn('2026-10-25T08:00:00Z', 'Europe/Paris')).toBe('2026-10-25T09:00')
  expect(wallOn('2026-10-25T03:00:00Z', 'America/Guadeloupe')).toBe('2026-10-24T23:00')
})

it('the week begins on Monday, the hours shown hold what is early or late', () => {
  expect([mondayOf('2026-10-15'), mondayOf('2026-10-18'), mondayOf('2026-10-12')]).toEqual(['2026-10-12', '2026-10-12', '2026-10-12'])
  expect(hoursShown([{ from: 420, to: 500 }])).toEqual([7, 19])
})

it('an hour is read as people type it', () => {
  expect(['9 h 30', '9h', '09:30', '14', '930', '1430'].map(readHour)).toEqual(['09:30', '09:00', '09:30', '14:00', '09:30', '14:30'])
  expect(readHour('bientôt')).toBe('bientôt')
})

it('a date that is still being typed goes as it is, to be refused in words', () => {
  expect(['T10:00', '2026-02-31T10:00', '2026-10-20Tbientôt'].map((wall) => wallThere(wall, 'Indian/Reunion'))).toEqual([
    'T10:00',
    '2026-02-31T10:00',
    '2026-10-20Tbientôt',
  ])
})

import { expect, test } from 'vitest'
import { dayText, gapsOf, readDay, slotWords } from './slots.ts'

const planned = (day: number, at: string | null, label: string | null = null) => ({ day, at, label, state: 'planned' as const })

test('a day is typed as one says it, hours in any usual form', () => {
  expect(readDay('7h45, 12:00', 1)).toEqual([planned(1, '07:45'), planned(1, '12:00')])
  expect(readDay('9 h ; nuit', 2)).toEqual([planned(2, '09:00'), planned(2, null, 'nuit')])
  expect(readDay('visio à 14 h 30', 4)).toEqual([planned(4, '14:30', 'visio')])
  expect(readDay('  ', 5)).toEqual([])
})

test('« personne » says that somebody should come, and what is then missing', () => {
  expect(readDay('personne lever et repas', 6)).toEqual([{ day: 6, at: null, label: 'lever et repas', state: 'nobody' }])
  expect(readDay('Personne', 7)).toEqual([{ day: 7, at: null, label: null, state: 'nobody' }])
})

test('an hour that no clock has stays a word, so that nothing typed is lost', () => {
  expect(readDay('27 h', 1)).toEqual([planned(1, null, '27 h')])
})

test('what is written reads back as it was typed, by the hour', () => {
  const week = [planned(1, '12:00'), planned(1, '09:00'), planned(1, null, 'nuit')]
  expect(dayText(week, 1)).toBe('9 h, 12 h, nuit')
  expect(readDay(dayText(week, 1), 1)).toEqual([planned(1, '09:00'), planned(1, '12:00'), planned(1, null, 'nuit')])
  expect(slotWords(planned(4, '14:30', 'visio'))).toBe('visio 14\u00a0h\u00a030')
  expect(slotWords(planned(4, '14:30', 'visio 14 h 30'))).toBe('visio 14 h 30')
})

test('the same lack on two days is said once', () => {
  const nobody = (day: number, label: string | null) => ({ day, at: null, label, state: 'nobody' as const })
  expect(
    gapsOf([
      { name: 'SAD Les Genêts', week: [nobody(7, 'lever'), nobody(6, 'lever')] },
      { name: 'Kiné', week: [nobody(2, null)] },
    ]),
  ).toEqual([
    { days: 'Samedi et dimanche', what: 'lever' },
    { days: 'Mardi', what: 'Kiné' },
  ])
})

import { expect, test } from 'vitest'
import { instantAt } from '../../territory/contract/working-time.ts'
import type { ReadingCalendar } from '../contract/queries.ts'
import { readingTime } from './reading-words.ts'

const day: [number, number][] = [[540, 1080]]
const calendar: ReadingCalendar = { serviceName: 'DAC', timeZone: 'Europe/Paris', holidays: 'france', week: [[], day, day, day, day, day, []] }
const at = (text: string, hours: number): Date => instantAt(text, hours * 60, 'Europe/Paris')
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ')

test('on Saturday, whoever asks for a quick answer reads when it will be read, and whom to call in an emergency', () => {
  expect(plain(readingTime(calendar, at('2026-11-21', 15)).words)).toBe('Le DAC n’est pas un service d’urgence ; lecture lundi à 9 h. Urgence : 15 ou 114.')
})

test('the evening says tomorrow, the early morning says the hour, a long closing says the day', () => {
  expect(plain(readingTime(calendar, at('2026-11-18', 20)).words)).toContain('lecture demain à 9 h.')
  expect(plain(readingTime(calendar, at('2026-11-18', 7)).words)).toContain('lecture à 9 h.')
  expect(plain(readingTime({ ...calendar, week: [[], day, [], [], [], [], []] }, at('2026-11-10', 19)).words)).toContain('lecture lundi à 9 h.')
  expect(plain(readingTime({ ...calendar, week: [[], day, [], [], [], [], []] }, at('2026-03-30', 19)).words)).toContain('lecture le 13/04/2026 à 9 h.')
  expect(plain(readingTime(calendar, at('2026-12-24', 20)).words)).toContain('lecture lundi à 9 h.')
})

test('in opening hours nothing delays it', () => {
  expect(readingTime(calendar, at('2026-11-18', 10)).open).toBe(true)
})

test('during the midday break, it is read when the DAC opens again', () => {
  const split: [number, number][] = [
    [540, 720],
    [840, 1020],
  ]
  const calendarWithBreak = { ...calendar, week: [[], split, split, split, split, split, []] } as ReadingCalendar
  expect(plain(readingTime(calendarWithBreak, at('2026-11-18', 12.5)).words)).toContain('lecture à 14 h.')
  expect(readingTime(calendarWithBreak, at('2026-11-18', 14)).open).toBe(true)
  expect(plain(readingTime(calendarWithBreak, at('2026-11-18', 17)).words)).toContain('lecture demain à 9 h.')
})

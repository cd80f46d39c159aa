import { expect, it } from 'vitest'
import { ruleOf, ruleWords } from './recurrence.ts'

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ')

it('a repetition is written as calendars do, with its last day as an instant', () => {
  const until = (day: string): Date => new Date(`${day}T22:59:59Z`)
  expect(ruleOf({ frequency: 'weekly', every: 2, days: ['TH', 'TU'], until: '2027-01-12' as never, count: null }, until)).toBe(
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;UNTIL=20270112T225959Z',
  )
  expect(ruleOf({ frequency: 'daily', every: 1, days: ['TU'], until: null, count: 5 }, until)).toBe('FREQ=DAILY;COUNT=5')
})

it('and read in words', () => {
  expect(plain(ruleWords('FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20270112T225959Z'))).toBe('chaque semaine, le mardi et le jeudi, jusqu’au 12/01/2027')
  expect(plain(ruleWords('FREQ=WEEKLY;INTERVAL=2;COUNT=4'))).toBe('toutes les 2 semaines, 4 fois')
  expect(plain(ruleWords('FREQ=SECONDLY;COUNT=4'))).toBe('selon la règle de son agenda d’origine')
})

import { expect, test } from 'vitest'
import { readMinutes } from './duration.ts'

test('A duration is read as one types it', () => {
  expect(['90', '45 min', '1 h 30', '1h30', '2 h', '1\u00a0h\u00a005'].map(readMinutes)).toEqual([90, 45, 90, 90, 120, 65])
})

test('What is no duration is not guessed', () => {
  expect(['', 'une heure', '1,5', '1 h 30 ou 2 h'].map(readMinutes)).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN])
})

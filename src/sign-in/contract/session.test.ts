import { expect, test } from 'vitest'
import { deviceOf, durationWords, placeOf } from './session.ts'

test.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0', 'Firefox sur Windows'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0', 'Edge sur Windows'],
  ['Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36', 'Chrome sur Android'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
    'Safari sur iPhone',
  ],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15', 'Safari sur Mac'],
  ['curl/8.5', 'Appareil non reconnu'],
])('%s is « %s »', (agent, words) => {
  expect(deviceOf(agent)).toBe(words)
})

test('a device that says nothing of itself is not invented', () => {
  expect(deviceOf(null)).toBe('Appareil non reconnu')
})

test('a place is told by comparison with here', () => {
  expect(placeOf('192.0.2.x', '192.0.2.x')).toBe('Le même réseau qu’ici')
  expect(placeOf('198.51.100.x', '192.0.2.x')).toBe('Un autre réseau (198.51.100.x)')
  expect(placeOf(null, '192.0.2.x')).toBe('Réseau inconnu')
})

test('minutes are told in hours where there are some', () => {
  expect([durationWords(1), durationWords(45), durationWords(60), durationWords(90), durationWords(600)]).toEqual([
    '1 minute',
    '45 minutes',
    '1 heure',
    '1 heure 30',
    '10 heures',
  ])
})

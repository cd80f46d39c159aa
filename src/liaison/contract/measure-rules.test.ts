import { expect, test } from 'vitest'
import { ruleTrigger } from './alert-rule.ts'
import { implausible, measureWords, readMeasure } from './measure-kinds.ts'
import { measureMatches } from './measure-rules.ts'

const rule = (when: object) => ruleTrigger.parse({ trigger: 'measure', ...when })
const weight = (value: number, past: [number, string][] = []) => ({
  kind: 'weight',
  value,
  second: null,
  at: '2026-10-15T08:00:00Z',
  low: 50,
  high: null,
  past: past.map(([kg, day]) => ({ value: kg, at: `${day}T08:00:00Z` })),
})

test('a loss of 5 % in a month is seen from the highest weight of that month, not from one weighing to the next', () => {
  const loss = rule({ kind: 'weight', lossPercent: 5, days: 31 })
  expect(
    measureMatches(
      loss,
      weight(52.2, [
        [55, '2026-09-20'],
        [54, '2026-10-01'],
        [53, '2026-10-10'],
      ]),
    ),
  ).toBe(true)
  expect(measureMatches(loss, weight(52.3, [[55, '2026-09-20']]))).toBe(false)
  expect(measureMatches(loss, weight(52.2, [[60, '2026-08-01']]))).toBe(false)
  expect(measureMatches(loss, weight(52.2))).toBe(false)
})

test('the threshold of the person is hers: at the figure nothing, under it the alert', () => {
  expect(measureMatches(rule({ personal: true }), weight(50))).toBe(false)
  expect(measureMatches(rule({ personal: true }), weight(49.9))).toBe(true)
  expect(measureMatches(rule({ kind: 'temperature', above: 38.5 }), { ...weight(39), kind: 'temperature' })).toBe(true)
  expect(measureMatches(rule({ kind: 'temperature', above: 38.5 }), weight(52))).toBe(false)
})

test('what is typed is read as people say it, and refused when a key slipped', () => {
  expect(readMeasure('weight', '52,4')).toEqual({ value: 52.4, second: null })
  expect(readMeasure('blood_pressure', '13/8')).toEqual({ value: 130, second: 80 })
  expect(readMeasure('blood_pressure', '130/80')).toEqual({ value: 130, second: 80 })
  expect(readMeasure('weight', 'lourd')).toBeNull()
  expect(implausible('weight', 524, null)).toContain('entre 2 et 350')
  expect(implausible('blood_pressure', 80, 130)).toContain('Minimale')
  expect(implausible('blood_pressure', 130, null)).toContain('les deux chiffres')
  expect(implausible('saturation', 101, null)).toContain('entre 50 et 100')
  expect(implausible('pain', 4, null)).toBeNull()
  expect(measureWords('blood_pressure', 110, 60).replaceAll(/\s/g, ' ')).toBe('110/60 mmHg')
  expect(measureWords('weight', 52.4, null).replaceAll(/\s/g, ' ')).toBe('52,4 kg')
})

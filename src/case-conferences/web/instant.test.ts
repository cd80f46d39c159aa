import { expect, test } from 'vitest'
import { setDisplayZone } from '../../platform/web/text/dates.ts'
import { instantOf } from './instant.ts'

test('an hour typed on the wall clock is the instant of the installation, in winter, in summer and overseas', () => {
  setDisplayZone('Europe/Paris')
  expect(instantOf('2026-11-27', '14 h 30')).toBe('2026-11-27T13:30:00.000Z')
  expect(instantOf('2026-07-01', '9h')).toBe('2026-07-01T07:00:00.000Z')
  setDisplayZone('Indian/Reunion')
  expect(instantOf('2026-11-27', '14:30')).toBe('2026-11-27T10:30:00.000Z')
  setDisplayZone('Europe/Paris')
})

test('what is no hour is left for the form to refuse', () => {
  expect(instantOf('2026-11-27', 'midi')).toBe('2026-11-27 midi')
  expect(instantOf('', '14 h 30')).toBe(' 14 h 30')
})

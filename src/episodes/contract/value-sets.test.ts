import { expect, test } from 'vitest'
import type { Day } from '../../platform/contract/dates.ts'
import { faultsOf } from '../../territory/contract/value-sets.ts'
import { defaultCnoLevel } from './activity-levels.ts'
import { sequenceAgenda, starterChecklists } from './critical-sequences.ts'
import { activityTypes, criticalSequenceKinds, episodesValueSets } from './value-sets.ts'

test.each(episodesValueSets.map((set) => [set.code, set] as const))('the list %s can be loaded', (_code, set) => {
  expect(faultsOf(set)).toEqual([])
})

test('every activity counts at one of the three levels of the national framework', () => {
  expect(Object.keys(defaultCnoLevel).sort()).toEqual(activityTypes.values.map((value) => value.code).sort())
})

test('every critical sequence has steps, in order of time and each once', () => {
  for (const kind of criticalSequenceKinds.values) {
    const steps = starterChecklists[kind.code]
    expect(steps.length, kind.code).toBeGreaterThanOrEqual(3)
    const days = steps.map((step) => step.afterDays)
    expect(days, kind.code).toEqual([...days].sort((a, b) => a - b))
    expect(new Set(steps.map((step) => step.code)).size, kind.code).toBe(steps.length)
    expect(steps.filter(({ lines }) => lines.length === 0)).toEqual([])
  }
})

test('the steps of a hospital discharge are dated from the day of discharge: before, day 0, 48 hours, 7 and 30 days', () => {
  const agenda = sequenceAgenda(starterChecklists.hospital_discharge, '2026-12-30' as Day)
  expect(agenda.map((step) => step.on)).toEqual(['2026-12-29', '2026-12-30', '2027-01-01', '2027-01-06', '2027-01-29'])
})

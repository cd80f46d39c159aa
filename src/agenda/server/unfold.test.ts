import { describe, expect, it } from 'vitest'
import { momentAt, unfold, wallOf } from './unfold.ts'

const at = (moments: readonly { readonly startsAt: Date }[]): readonly string[] => moments.map(({ startsAt }) => startsAt.toISOString().slice(0, 16))

describe('an appointment that comes back', () => {
  it('stays at nine o’clock on the clock of the place when the clocks change', () => {
    expect(at(unfold('2026-10-20T09:00', 60, false, 'Europe/Paris', 'FREQ=WEEKLY;COUNT=3'))).toEqual([
      '2026-10-20T07:00',
      '2026-10-27T08:00',
      '2026-11-03T08:00',
    ])
    expect(at(unfold('2027-03-25T09:00', 60, false, 'Europe/Paris', 'FREQ=DAILY;COUNT=4'))).toEqual([
      '2027-03-25T08:00',
      '2027-03-26T08:00',
      '2027-03-27T08:00',
      '2027-03-28T07:00',
    ])
  })
  it('keeps its hour overseas, where clocks do not change', () => {
    expect(at(unfold('2026-10-20T09:00', 60, false, 'Indian/Reunion', 'FREQ=WEEKLY;COUNT=2'))).toEqual(['2026-10-20T05:00', '2026-10-27T05:00'])
    expect(at(unfold('2026-10-20T20:00', 60, false, 'America/Guadeloupe', 'FREQ=WEEKLY;COUNT=2'))).toEqual(['2026-10-21T00:00', '2026-10-28T00:00'])
  })
  it('at an hour that does not exist in spring is held an hour later, and once in autumn', () => {
    expect(at([momentAt('2027-03-28T02:30', 30, false, 'Europe/Paris')])).toEqual(['2027-03-28T01:30'])
    expect(at(unfold('2026-10-24T02:30', 30, false, 'Europe/Paris', 'FREQ=DAILY;COUNT=3'))).toEqual([
      '2026-10-24T00:30',
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ])
  })
  it('counts whole days on the clock, even a day of 25 hours', () => {
    const { startsAt, endsAt } = momentAt('2026-10-24T00:00', 2880, true, 'Europe/Paris')
    expect((endsAt.getTime() - startsAt.getTime()) / 3_600_000).toBe(49)
    expect(wallOf(endsAt, 'Europe/Paris')).toBe('2026-10-26T00:00')
  })
  it('comes on the days chosen until the last day included', () => {
    const tuesdaysAndThursdays = unfold('2026-11-24T10:00', 30, false, 'Europe/Paris', 'FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20261203T225959Z')
    expect(at(tuesdaysAndThursdays).map((one) => one.slice(0, 10))).toEqual(['2026-11-24', '2026-11-26', '2026-12-01', '2026-12-03'])
  })
  it('is refused when it never ends, gives nothing, or is not understood', () => {
    expect(() => unfold('2026-11-24T10:00', 30, false, 'Europe/Paris', 'FREQ=DAILY')).toThrow('agenda.rule_too_long')
    expect(() => unfold('2026-11-24T10:00', 30, false, 'Europe/Paris', 'FREQ=MONTHLY;COUNT=120')).toThrow('agenda.rule_too_long')
    expect(() => unfold('2026-11-24T10:00', 30, false, 'Europe/Paris', 'FREQ=WEEKLY;UNTIL=20200101T000000Z')).toThrow('agenda.rule_empty')
    expect(() => unfold('2026-11-24T10:00', 30, false, 'Europe/Paris', 'TOUS LES JOURS')).toThrow('agenda.rule_unreadable')
  })
  it('every day during two years unfolds', () => {
    expect(unfold('2026-11-24T10:00', 30, false, 'Europe/Paris', 'FREQ=DAILY;COUNT=730')).toHaveLength(730)
  })
})

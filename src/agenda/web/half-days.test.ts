import { expect, it } from 'vitest'
import type { Absence, Busy, Occurrence } from '../contract/queries.ts'
import { dayOfMember, onDuty } from './half-days.ts'

const zone = 'Europe/Paris'
const day = '2026-10-15'
// Hours of Paris in October: two after universal time.
const at = (hours: string): { startsAt: string; endsAt: string } => {
  const [from, to] = hours.split('-').map((hour) => `${day}T${String(Number(hour.slice(0, 2)) - 2).padStart(2, '0')}:${hour.slice(3)}:00Z`)
  return { startsAt: from as string, endsAt: to as string }
}
const moment = (hours: string, more: object = {}): Occurrence =>
  ({ ...at(hours), kind: 'visit', state: 'booked', participants: [{ partyId: 'julie', name: 'Julie Marchal', response: 'accepted' }], ...more }) as never
const none = { rows: [] as Occurrence[], busy: [] as Busy[], absences: [] as Absence[] }
const of = (data: Partial<typeof none>) => {
  const { morning, afternoon, duty, moments } = dayOfMember('julie', day, { ...none, ...data }, zone)
  return [morning, afternoon, duty, moments]
}

it('a visit of the morning leaves the afternoon, one that goes over one o’clock takes both', () => {
  expect(of({})).toEqual(['free', 'free', false, 0])
  expect(of({ rows: [moment('09:00-13:00')] })).toEqual(['taken', 'free', false, 1])
  expect(of({ rows: [moment('12:45-13:00')] })).toEqual(['taken', 'free', false, 1])
  expect(of({ rows: [moment('12:30-14:00')] })).toEqual(['taken', 'taken', false, 1])
  expect(of({ rows: [moment('13:00-14:00')] })).toEqual(['free', 'taken', false, 1])
})

it('what was cancelled, or what she declined, takes nothing; what may not be read takes its hours', () => {
  expect(of({ rows: [moment('09:00-10:00', { state: 'cancelled' })] })).toEqual(['free', 'free', false, 0])
  expect(of({ rows: [moment('09:00-10:00', { participants: [{ partyId: 'julie', response: 'declined' }] })] })).toEqual(['free', 'free', false, 0])
  expect(of({ busy: [{ id: 'b', partyId: 'julie', ...at('15:00-16:00') }] })).toEqual(['free', 'taken', false, 1])
  expect(of({ busy: [{ id: 'b', partyId: 'karim', ...at('15:00-16:00') }] })).toEqual(['free', 'free', false, 0])
})

it('desk duty takes its half-day and is told apart from the moments', () => {
  expect(of({ rows: [moment('09:00-12:00', { kind: 'desk_duty' })] })).toEqual(['taken', 'free', true, 0])
  const both = [moment('09:00-12:00', { kind: 'desk_duty' }), moment('14:00-17:00', { kind: 'desk_duty' }), moment('09:00-10:00')]
  expect(onDuty(day, both, zone)).toEqual(['Julie Marchal'])
  expect(onDuty('2026-10-16', both, zone)).toEqual([])
})

it('an absence goes before what is booked: whole days both halves, some hours the halves that they touch', () => {
  const away = (hours: string, wholeDays: boolean): Absence => ({ ...at(hours), userId: 'julie', wholeDays }) as never
  expect(of({ rows: [moment('09:00-10:00')], absences: [away('02:00-23:00', true)] })).toEqual(['away', 'away', false, 1])
  expect(of({ absences: [away('14:00-16:00', false)] })).toEqual(['free', 'away', false, 0])
})

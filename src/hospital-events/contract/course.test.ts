import fc from 'fast-check'
import { expect, it } from 'vitest'
import { courseOf } from './course.ts'
import type { Told } from './told.ts'

const at = (minute: number): string => new Date(Date.UTC(2026, 9, 15, 8, minute)).toISOString()
function one(act: Told['act'], minute: number, movement: string | null = null, more: Partial<Told> = {}): Told {
  return {
    act,
    movement,
    sentAt: at(minute),
    occurredAt: null,
    kind: 'inpatient',
    admittedAt: null,
    dischargedAt: null,
    expectedOn: null,
    deceased: false,
    historic: false,
    state: null,
    ...more,
  }
}

it('tells a stay from its entry, its exit and what was cancelled', () => {
  expect(courseOf([])).toBeNull()
  expect(courseOf([one('update', 1)])).toBeNull()
  expect(courseOf([one('admit', 1, 'a')])).toMatchObject({ state: 'in_hospital', admittedAt: at(1) })
  expect(courseOf([one('admit', 1, 'a'), one('discharge', 5, 'b')])).toMatchObject({ state: 'discharged', admittedAt: at(1), dischargedAt: at(5) })
  expect(courseOf([one('admit', 1, 'a'), one('discharge', 5, 'b'), one('cancel_discharge', 6, 'b')])).toMatchObject({
    state: 'in_hospital',
    dischargedAt: null,
  })
  expect(courseOf([one('admit', 1, 'a'), one('cancel_admit', 2, 'a')])).toMatchObject({ state: 'cancelled' })
  expect(courseOf([one('admit', 1, 'a'), one('cancel_admit', 2, 'a'), one('admit', 3, 'b')])).toMatchObject({ state: 'in_hospital', admittedAt: at(3) })
  // Without numbers of movement: what was told before.
  expect(courseOf([one('admit', 1), one('cancel_admit', 2), one('admit', 3)])).toMatchObject({ state: 'in_hospital', admittedAt: at(3) })
  // Entry and cancellation within one second.
  expect(courseOf([one('cancel_admit', 1), one('admit', 1)])).toMatchObject({ state: 'cancelled' })
})

it('knows from a transfer or a cancelled exit alone that somebody is there', () => {
  expect(courseOf([one('transfer', 3, 'c', { admittedAt: at(1) })])).toMatchObject({ state: 'in_hospital', admittedAt: at(1) })
  expect(courseOf([one('cancel_discharge', 3)])).toMatchObject({ state: 'in_hospital' })
  expect(courseOf([one('discharge', 3, null, { admittedAt: at(1) })])).toMatchObject({ state: 'discharged', admittedAt: at(1) })
})

it('takes one movement told under two messages for one: an entry told again after the exit is no new entry', () => {
  expect(courseOf([one('admit', 1, 'a'), one('discharge', 5, 'b'), one('admit', 9, 'a')])).toMatchObject({ state: 'discharged' })
})

it('takes a whole state (FHIR) as it was last told', () => {
  const state = (minute: number, its: Told['state']) =>
    one('state', minute, null, { state: its, admittedAt: at(1), dischargedAt: its === 'discharged' ? at(minute) : null })
  expect(courseOf([state(2, 'in_hospital'), state(7, 'discharged')])).toMatchObject({ state: 'discharged', dischargedAt: at(7) })
  expect(courseOf([state(7, 'discharged'), state(9, 'in_hospital')])).toMatchObject({ state: 'in_hospital', dischargedAt: null })
})

it('is the same whatever the order of arrival, and however often a message came', () => {
  const acts = ['admit', 'transfer', 'discharge', 'update', 'cancel_admit', 'cancel_discharge', 'state'] as const
  const message = fc.record({
    act: fc.constantFrom(...acts),
    minute: fc.nat(20),
    movement: fc.option(fc.constantFrom('a', 'b', 'c', 'd')),
    hour: fc.option(fc.nat(20)),
  })
  fc.assert(
    fc.property(
      fc.array(message, { maxLength: 9 }).chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 }))),
      ([list, shuffled]) => {
        const told = ({ act, minute, movement, hour }: (typeof list)[number]): Told =>
          one(act, minute, movement, { occurredAt: hour === null ? null : at(hour), state: act === 'state' ? 'in_hospital' : null })
        expect(courseOf(shuffled.map(told))).toEqual(courseOf(list.map(told)))
      },
    ),
    { numRuns: 3000 },
  )
})

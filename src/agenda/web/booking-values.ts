import type { PersonName } from '../../persons/contract/person.ts'
import type { Volet } from '../../platform/contract/actor.ts'
import type { Recurrence, WeekDay } from '../contract/recurrence.ts'
import type { AppointmentKind } from '../contract/value-sets.ts'
import type { Wished } from './Participants.tsx'

/** What the sheet of a new appointment holds while it is written. */
export interface BookingValues {
  readonly id: string
  /** Whom it is about, where it is not booked from a file: kept with the rest as one types. */
  readonly about: PersonName | null
  readonly kind: AppointmentKind
  readonly title: string
  readonly on: string
  readonly time: string
  readonly minutes: string
  readonly allDay: boolean
  readonly lastDay: string
  /** 'no', or a frequency. */
  readonly repeat: string
  readonly every: string
  readonly weekDays: readonly WeekDay[]
  readonly until: string
  readonly placeKind: string
  readonly place: string
  readonly communeCode: string
  readonly words: string
  readonly volet: Volet
  readonly isPrivate: boolean
  readonly participants: readonly Wished[]
}

/** Days of the clock from one to another, both included. */
export const daysBetween = (from: string, to: string): number => Math.max(1, Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1)

/** The repetition that was chosen; null for once. */
export function recurrenceOf(values: BookingValues): Recurrence | null {
  if (values.repeat === 'no') return null
  return {
    frequency: values.repeat as Recurrence['frequency'],
    every: Number(values.every) || 1,
    days: values.repeat === 'weekly' ? [...values.weekDays] : [],
    until: values.until as never,
    count: null,
  }
}

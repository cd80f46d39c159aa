import {
  IconAmbulance,
  IconBuildingHospital,
  IconCalendarEvent,
  IconDeviceHeartMonitor,
  IconFileText,
  IconHeartHandshake,
  IconHome,
  IconHomeHeart,
  IconMessages,
  IconNeedle,
  IconPhone,
  IconStethoscope,
  IconUsers,
  IconUsersGroup,
  IconWalk,
} from '@tabler/icons-react'
import { dayOf, formatDay } from '../../platform/contract/dates.ts'
import type { Icon } from '../../platform/web/display/Ic.tsx'
import { displayZone, formatHour } from '../../platform/web/text/dates.ts'
import { formatCivilName } from '../../platform/web/text/names.ts'
import { placeKindLabels } from '../contract/appointment.ts'
import type { Occurrence } from '../contract/queries.ts'
import { ruleWords } from '../contract/recurrence.ts'
import { type Hint, hintsOf } from '../contract/travel.ts'
import { type AppointmentKind, kindHabits } from '../contract/value-sets.ts'

const icons: Readonly<Record<AppointmentKind, Icon>> = {
  visit: IconHome,
  joint_visit: IconHomeHeart,
  accompaniment: IconWalk,
  interview: IconMessages,
  case_conference: IconUsersGroup,
  consultation: IconStethoscope,
  care: IconNeedle,
  telemonitoring: IconDeviceHeartMonitor,
  hospital: IconBuildingHospital,
  transport: IconAmbulance,
  respite: IconHeartHandshake,
  procedure: IconFileText,
  meeting: IconUsers,
  desk_duty: IconPhone,
  other: IconCalendarEvent,
}

export const iconOf = (kind: string): Icon => icons[kind as AppointmentKind] ?? IconCalendarEvent

/** True for what makes an activity once done: it can be recorded. */
export const isRecordable = (one: Pick<Occurrence, 'kind' | 'person'>): boolean =>
  one.person !== null && (kindHabits[one.kind as AppointmentKind]?.activity ?? null) !== null

/** « 10 h 00 – 11 h 30 », « toute la journée ». */
export function hoursWords(one: Pick<Occurrence, 'startsAt' | 'endsAt' | 'allDay'>): string {
  const first = dayOf(one.startsAt, displayZone())
  const last = dayOf(new Date(Date.parse(one.endsAt) - 1000), displayZone())
  if (one.allDay) return first === last ? 'toute la journée' : `jusqu’au ${formatDay(last)}`
  return first === last
    ? `${formatHour(one.startsAt)} – ${formatHour(one.endsAt)}`
    : `${formatHour(one.startsAt)}, jusqu’au ${formatDay(last)} à ${formatHour(one.endsAt)}`
}

/** Whom or what it is about: the person, else what it is called. */
export function headWords(one: Pick<Occurrence, 'person' | 'title' | 'kind'>, kindLabel: string): string {
  return one.person === null ? (one.title ?? kindLabel) : formatCivilName(one.person)
}

/** Where: the commune for a home, whose address stays in the file. */
export function placeWords(one: Pick<Occurrence, 'placeKind' | 'place' | 'commune'>): string | null {
  if (one.placeKind === 'none') return null
  if (one.placeKind === 'home') return one.commune ?? placeKindLabels.home
  const words = [one.place, one.commune].filter(Boolean).join(', ')
  return words === '' ? placeKindLabels[one.placeKind] : words
}

export const repeatWords = (one: Pick<Occurrence, 'rule'>): string | null => (one.rule === null ? null : ruleWords(one.rule))

/** What cannot be held, by occurrence: in words that say with what, and that a travel time is an estimate. */
export function hintWords(rows: readonly Occurrence[], label: (one: Occurrence) => string): ReadonlyMap<string, string> {
  const held = rows.filter((one) => one.state === 'booked' && !one.allDay && !one.participants.some(({ mine, response }) => mine && response === 'declined'))
  const byId = new Map(held.map((one) => [one.id as string, one]))
  const words = new Map<string, string>()
  const say = (hint: Hint, id: string, other: string): void => {
    const with_ = byId.get(other)
    if (with_ === undefined) return
    const text =
      hint.kind === 'conflict'
        ? `En même temps que ${label(with_)}`
        : `${hint.travel}\u00a0min de route estimées ${id === hint.ids[1] ? 'depuis' : 'avant'} ${label(with_)}, ${hint.gap}\u00a0min prévues`
    words.set(id, words.has(id) ? `${words.get(id)}. ${text}` : text)
  }
  for (const hint of hintsOf(held)) {
    say(hint, hint.ids[0], hint.ids[1])
    say(hint, hint.ids[1], hint.ids[0])
  }
  return words
}

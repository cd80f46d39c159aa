import type { Context } from '../../platform/server/implement.ts'
import type { AppointmentId, OccurrenceId } from '../contract/appointment.ts'
import { ruleParts, type WeekDay, weekDays } from '../contract/recurrence.ts'
import {
  type AppointmentRow,
  insertAppointment,
  listOccurrences,
  type OccurrenceRow,
  placeOccurrence,
  placeSlots,
  removeOccurrences,
  setOccurrenceState,
  updateAppointment,
} from './appointment.sql.ts'
import { insertTimes, uidOf } from './book-appointment.ts'
import { askAgain, copyParticipants } from './participant.sql.ts'
import { tellAgenda } from './tell.ts'
import { type Moment, unfold, wallOf } from './unfold.ts'

/**
 * Moves a series from one of its times on. From its first time, the series itself moves. From a later one it is split, as calendars do: the old series ends
 * just before, a new one begins with its own UID, so that what took place, and what somebody else's calendar knows of it, stays true.
 */
export async function moveSeries(
  context: Context,
  row: AppointmentRow,
  from: OccurrenceRow,
  wall: string,
  minutes: number,
): Promise<{ occurrenceId: OccurrenceId; version: number; appointmentId: AppointmentId }> {
  const { tx, now, actor } = context
  const times = await listOccurrences(tx, row.id)
  const at = times.findIndex(({ id }) => id === from.id)
  const rule = shifted(row.rule as string, wallOf(from.recurrenceAt, row.timeZone), wall, times.length - at)
  const moments = unfold(wall, minutes, row.allDay, row.timeZone, rule)
  const later = times.slice(at).filter(({ state }) => state === 'booked' || state === 'cancelled')
  await removeOccurrences(
    tx,
    later.map(({ id }) => id),
  )
  const target: AppointmentRow =
    at === 0 ? { ...row, startsLocal: wall, minutes, rule } : { ...row, id: context.newId<AppointmentId>(), startsLocal: wall, minutes, rule, sequence: 0 }
  if (at === 0) {
    await updateAppointment(tx, row.id, { startsLocal: wall, minutes, rule }, row.version, now)
  } else {
    await updateAppointment(tx, row.id, { rule: endedBefore(row.rule as string, from.recurrenceAt) }, row.version, now)
    await placeSlots(tx, row.id)
    await insertAppointment(tx, { ...target, uid: uidOf(target.id) }, now)
    await copyParticipants(tx, row.id, target.id)
  }
  await insertTimes(context, target, moments)
  await keepWhatWasDecided(context, target, times.slice(at), moments)
  await askAgain(tx, target.id, actor.parties)
  await placeSlots(tx, target.id)
  await tellAgenda(context, 'agenda.appointment.changed', target)
  const first = (await listOccurrences(tx, target.id)).find(({ startsAt }) => new Date(startsAt).getTime() === moments[0]?.startsAt.getTime())
  return { occurrenceId: first?.id ?? from.id, version: first?.version ?? 1, appointmentId: target.id }
}

/**
 * What was decided of one date holds when the series moves: a date that was cancelled stays so, with its reason; one that was moved alone stays where it was
 * put. `before` are the times from the one that moves, in their order, which is that of `moments`.
 */
async function keepWhatWasDecided({ tx }: Context, target: AppointmentRow, before: readonly OccurrenceRow[], moments: readonly Moment[]): Promise<void> {
  const made = new Map((await listOccurrences(tx, target.id)).map((occurrence) => [new Date(occurrence.recurrenceAt).getTime(), occurrence]))
  for (const [rank, old] of before.entries()) {
    const now = made.get(moments[rank]?.startsAt.getTime() ?? Number.NaN)
    if (rank === 0 || now === undefined) continue
    if (old.state === 'cancelled') await setOccurrenceState(tx, now.id, 'cancelled', old.cancelledBecause)
    else if (old.state === 'booked' && old.moved)
      await placeOccurrence(tx, now.id, { startsAt: new Date(old.startsAt), endsAt: new Date(old.endsAt) }, { moved: true, version: 2, asRule: false })
  }
}

/** The days of a weekly rule follow the move; a number of times becomes what was left of it. */
function shifted(rule: string, before: string, after: string, left: number): string {
  const parts = new Map(ruleParts(rule))
  const weekday = (wall: string): number => (new Date(`${wall.slice(0, 10)}T00:00:00Z`).getUTCDay() + 6) % 7
  const by = (weekday(after) - weekday(before) + 7) % 7
  const days = parts.get('BYDAY')
  if (by !== 0 && days !== undefined)
    parts.set(
      'BYDAY',
      days
        .split(',')
        .map((one) => weekDays[(weekDays.indexOf(one as WeekDay) + by) % 7])
        .join(','),
    )
  if (parts.has('COUNT')) parts.set('COUNT', String(left))
  return [...parts].map(([name, value]) => `${name}=${value}`).join(';')
}

function endedBefore(rule: string, instant: string): string {
  const last = new Date(new Date(instant).getTime() - 1000).toISOString().slice(0, 19).replace(/[-:]/g, '')
  const parts = [...ruleParts(rule)].filter(([name]) => name !== 'COUNT' && name !== 'UNTIL').map(([name, value]) => `${name}=${value}`)
  return [...parts, `UNTIL=${last}Z`].join(';')
}

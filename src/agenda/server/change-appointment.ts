import { conflict } from '../../platform/contract/errors.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { mergeEdit } from '../../platform/server/versions.ts'
import { assertCommune } from '../../territory/server/api.ts'
import { cancelOccurrence, editAppointment, moveOccurrence } from '../contract/actions.ts'
import type { AppointmentId, OccurrenceId } from '../contract/appointment.ts'
import {
  type AppointmentRow,
  cancelFrom,
  findAppointment,
  findOccurrence,
  listOccurrences,
  type OccurrenceRow,
  placeOccurrence,
  placeSlots,
  setOccurrenceState,
  updateAppointment,
} from './appointment.sql.ts'
import { askAgainForDate } from './date-answer.sql.ts'
import { loadAppointment, loadOccurrence } from './load.ts'
import { moveSeries } from './move-series.ts'
import { noticeChanged } from './notify.ts'
import { askAgain } from './participant.sql.ts'
import { cancelledWords, tellAgenda, whenWords, writeInFil } from './tell.ts'
import { momentAt } from './unfold.ts'

export const editAppointmentImplementation = implement(editAppointment, {
  load: (context, { id }) => loadAppointment(context, id),
  run: async (context, { id, baseVersion, changes }) => {
    const { tx, now } = context
    const row = (await findAppointment(tx, id, true)) as AppointmentRow
    if (row.state === 'cancelled') throw conflict('agenda.cancelled')
    if (changes.communeCode != null) await assertCommune(tx, changes.communeCode)
    const { title, placeKind, place, communeCode, words } = row
    const merged = await mergeEdit(context, { ...row, fields: { title, placeKind, place, communeCode, words } }, 'agenda.appointment', baseVersion, changes)
    if (Object.keys(merged.changes).length > 0) {
      await updateAppointment(tx, id, merged.changes, merged.version, now)
      await tellAgenda(context, 'agenda.appointment.changed', row)
      if ('placeKind' in merged.changes || 'place' in merged.changes)
        await noticeChanged(context, row, (await listOccurrences(tx, id)).findLast(({ state }) => state === 'booked')?.endsAt ?? now)
    }
    return { id, version: merged.version }
  },
})

/** The appointment and the time, locked in that order; refuses what is cancelled or has taken place. */
async function changeable(
  context: Context,
  appointmentId: AppointmentId,
  occurrenceId: OccurrenceId,
): Promise<{ row: AppointmentRow; occurrence: OccurrenceRow }> {
  const row = await findAppointment(context.tx, appointmentId, true)
  const occurrence = await findOccurrence(context.tx, occurrenceId, true)
  // A colleague moved the rest of the series meanwhile: this time is no more.
  if (row === undefined || occurrence === undefined) throw conflict('stale_version')
  if (row.state === 'cancelled' || occurrence.state === 'cancelled') throw conflict('agenda.cancelled')
  if (occurrence.state !== 'booked') throw conflict('agenda.fulfilled')
  return { row, occurrence }
}

const iso = (instant: string | Date): string => new Date(instant).toISOString()
const latest = (one: string | Date, other: Date): Date => (new Date(one) > other ? new Date(one) : other)

export const moveOccurrenceImplementation = implement(moveOccurrence, {
  load: (context, { occurrenceId }) => loadOccurrence(context, occurrenceId),
  run: async (context, { occurrenceId, baseVersion, startsAt, minutes, scope }, target) => {
    const { tx, now, actor } = context
    const { row, occurrence } = await changeable(context, target.id, occurrenceId)
    const wall = row.allDay ? `${startsAt.slice(0, 10)}T00:00` : startsAt
    const moment = momentAt(wall, minutes, row.allDay, row.timeZone)
    const merged = await mergeEdit(
      context,
      { ...row, id: occurrence.id, version: occurrence.version, fields: { startsAt: iso(occurrence.startsAt), endsAt: iso(occurrence.endsAt) } },
      'agenda.occurrence',
      baseVersion,
      { startsAt: iso(moment.startsAt), endsAt: iso(moment.endsAt) },
    )
    const unchanged = { occurrenceId, version: occurrence.version, appointmentId: row.id }
    if (Object.keys(merged.changes).length === 0) return unchanged
    const words = `déplacé du ${whenWords(occurrence.startsAt, row)} au ${whenWords(moment.startsAt, row)}`
    if (row.rule !== null && scope === 'following') {
      const moved = await moveSeries(context, row, occurrence, wall, minutes)
      await writeInFil(context, row, 'moved', `${words}, et les suivants`, null)
      await noticeChanged(context, { id: moved.appointmentId, sequence: row.sequence }, moment.endsAt)
      return moved
    }
    const asRule = row.rule === null
    const moved = !asRule && (iso(moment.startsAt) !== iso(occurrence.recurrenceAt) || minutes !== row.minutes)
    await placeOccurrence(tx, occurrence.id, moment, { moved, version: merged.version, asRule })
    await updateAppointment(tx, row.id, asRule ? { startsLocal: wall, minutes } : {}, row.version, now)
    if (asRule) await askAgain(tx, row.id, actor.parties)
    else await askAgainForDate(tx, occurrence.id, actor.parties)
    await placeSlots(tx, row.id, asRule ? null : occurrence.id)
    await tellAgenda(context, 'agenda.appointment.changed', row)
    await writeInFil(context, row, 'moved', words, null)
    await noticeChanged(context, row, latest(occurrence.endsAt, moment.endsAt))
    return { ...unchanged, version: merged.version }
  },
})

export const cancelOccurrenceImplementation = implement(cancelOccurrence, {
  load: (context, { occurrenceId }) => loadOccurrence(context, occurrenceId),
  run: async (context, { occurrenceId, reason, scope }, target) => {
    const { tx, now } = context
    const { row, occurrence } = await changeable(context, target.id, occurrenceId)
    const following = row.rule !== null && scope === 'following'
    const cancelled = following ? await cancelFrom(tx, row.id, iso(occurrence.recurrenceAt), reason) : 1
    const version = following ? occurrence.version + 1 : await setOccurrenceState(tx, occurrence.id, 'cancelled', reason)
    const none = (await listOccurrences(tx, row.id)).every(({ state }) => state === 'cancelled')
    await updateAppointment(tx, row.id, none ? { state: 'cancelled' } : {}, row.version, now)
    await placeSlots(tx, row.id, following ? null : occurrence.id)
    await tellAgenda(context, 'agenda.appointment.cancelled', row)
    await writeInFil(context, row, 'cancelled', cancelledWords(occurrence.startsAt, cancelled, row), reason)
    await noticeChanged(context, row, occurrence.endsAt)
    return { occurrenceId, version, appointmentId: row.id, cancelled }
  },
})

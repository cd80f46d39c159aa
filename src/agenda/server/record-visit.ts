import { recordActivityOf } from '../../episodes/server/api.ts'
import { conflict, invalid } from '../../platform/contract/errors.ts'
import type { PersonId, ServiceId } from '../../platform/contract/ids.ts'
import { implement } from '../../platform/server/implement.ts'
import { recordVisit } from '../contract/actions.ts'
import { type AppointmentKind, kindHabits } from '../contract/value-sets.ts'
import { findAppointment, findOccurrence, placeSlots, setOccurrenceState } from './appointment.sql.ts'
import { loadOccurrence } from './load.ts'
import { namesOutside } from './participant.sql.ts'
import { tellAgenda } from './tell.ts'
import { insertVisitRecord } from './visit.sql.ts'

export const recordVisitImplementation = implement(recordVisit, {
  load: (context, { occurrenceId }) => loadOccurrence(context, occurrenceId),
  run: async (context, input, target) => {
    const { tx, actor, now } = context
    await findAppointment(tx, target.id, true)
    const occurrence = await findOccurrence(tx, input.occurrenceId, true)
    // A colleague moved the rest of the series meanwhile: this time is no more.
    if (occurrence === undefined) throw conflict('stale_version')
    if (occurrence.state === 'cancelled') throw conflict('agenda.cancelled')
    if (occurrence.state !== 'booked') throw conflict('agenda.fulfilled')
    if (new Date(occurrence.startsAt) > now) throw invalid('agenda.not_yet')
    const appointment = await loadOccurrence(context, input.occurrenceId)
    const kind = kindHabits[appointment.kind as AppointmentKind]?.activity ?? null
    if (kind === null || appointment.personId === null) throw invalid('agenda.no_activity')
    const planned = (new Date(occurrence.endsAt).getTime() - new Date(occurrence.startsAt).getTime()) / 60_000
    const activityId = await recordActivityOf(context, {
      id: input.activityId as Parameters<typeof recordActivityOf>[1]['id'],
      personId: appointment.personId as PersonId,
      kind,
      at: new Date(occurrence.startsAt).toISOString(),
      minutes: input.reached ? (input.minutes ?? Math.min(1440, planned)) : input.minutes,
      kilometres: input.kilometres,
      withWhom: 'person',
      reached: input.reached,
      words: input.words,
      partner: (await namesOutside(tx, appointment.id)).join(', ').slice(0, 160) || null,
      cnoLevel: null,
      volet: input.volet,
      isPrivate: appointment.protection === 'org_private',
      nextStep: null,
    })
    await insertVisitRecord(tx, {
      occurrenceId: input.occurrenceId,
      personId: appointment.personId,
      activityId,
      doneBy: actor.userId,
      minutes: input.minutes,
      kilometres: input.kilometres,
      recordedAt: now,
      holderOrg: actor.serviceId as ServiceId,
    })
    await setOccurrenceState(tx, input.occurrenceId, input.reached ? 'fulfilled' : 'noshow')
    await placeSlots(tx, appointment.id, input.occurrenceId)
    await tellAgenda(context, 'agenda.visit.done', appointment)
    return { occurrenceId: input.occurrenceId, activityId }
  },
})

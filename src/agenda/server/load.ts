import { loadPerson } from '../../persons/server/api.ts'
import { notFound } from '../../platform/contract/errors.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Context } from '../../platform/server/implement.ts'
import type { InvitationTarget } from '../contract/actions.ts'
import type { AppointmentId, AppointmentTarget, BookingTarget, OccurrenceId, ParticipantId } from '../contract/appointment.ts'
import { type AppointmentRow, findAppointment, findOccurrence, type OccurrenceRow } from './appointment.sql.ts'
import { findParticipant } from './participant.sql.ts'

/** The person, or nobody for a moment of the team. */
export async function loadBooking(context: Context, { personId }: { readonly personId: PersonId | null }): Promise<BookingTarget> {
  return { person: personId === null ? null : await loadPerson(context, personId) }
}

/** An appointment as the actor sees it; absent and invisible answer alike. */
export async function loadAppointment({ tx }: Pick<Context, 'tx'>, id: AppointmentId): Promise<AppointmentRow & AppointmentTarget> {
  const row = await findAppointment(tx, id)
  if (row === undefined) throw notFound('appointment')
  return row
}

export type LoadedOccurrence = AppointmentRow & AppointmentTarget & { readonly occurrence: OccurrenceRow }

/** One of its times, with the appointment. */
export async function loadOccurrence({ tx }: Pick<Context, 'tx'>, id: OccurrenceId): Promise<LoadedOccurrence> {
  const occurrence = await findOccurrence(tx, id)
  if (occurrence === undefined) throw notFound('appointment')
  return { ...(await loadAppointment({ tx }, occurrence.appointmentId)), occurrence }
}

/** An invitation, with the appointment. */
export async function loadInvitation({ tx, actor }: Pick<Context, 'tx' | 'actor'>, id: ParticipantId): Promise<InvitationTarget & AppointmentRow> {
  const participant = await findParticipant(tx, id)
  if (participant === undefined) throw notFound('invitation')
  const appointment = await loadAppointment({ tx }, participant.appointmentId)
  const mine = participant.partyId !== null && (participant.partyId === actor.userId || participant.partyId === actor.professionalId)
  return { ...appointment, participantId: id, mine, outside: participant.kind === 'outside' }
}

import { circleParties } from '../../care-team/server/api.ts'
import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import type { ServiceId } from '../../platform/contract/ids.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { membersOfService } from '../../territory/server/api.ts'
import { answerInvitation, inviteParticipant, withdrawParticipant } from '../contract/actions.ts'
import type { ParticipantInput } from '../contract/appointment.ts'
import { type AppointmentRow, findOccurrence, listOccurrences, placeSlots } from './appointment.sql.ts'
import { forgetDateAnswers, setDateAnswer } from './date-answer.sql.ts'
import { loadAppointment, loadInvitation } from './load.ts'
import { noticeChanged, noticeInvited } from './notify.ts'
import { findParticipant, insertParticipant, isInvited, type ParticipantRow, setResponse, voletsSeen, withdraw } from './participant.sql.ts'
import { tellAgenda } from './tell.ts'
import { assertLikely, instantOfWall, momentAt } from './unfold.ts'

/**
 * Adds who takes part. Refuses a colleague who is not of the service, somebody who is not of the circle, and whoever could not read the appointment: an
 * invitation that its guest does not see would be waited for in vain. Whoever adds herself has accepted.
 */
export async function addParticipants(context: Context, appointment: AppointmentRow, inputs: readonly ParticipantInput[]): Promise<void> {
  if (inputs.length === 0) return
  const { tx, actor } = context
  const colleagues = inputs.some(({ kind }) => kind === 'colleague')
    ? await membersOfService(tx, appointment.personId === null ? appointment.holderOrg : (actor.serviceId as ServiceId))
    : []
  const circle = appointment.personId !== null && inputs.some(({ kind }) => kind === 'circle') ? await circleParties(tx, appointment.personId) : []
  const rows = inputs.map((input): Omit<ParticipantRow, 'appointmentId'> => {
    const { id, kind, partyId, words } = input
    if (kind === 'outside') return { id, kind, partyId: null, serviceId: null, name: input.name as string, words, response: 'needs_action' }
    if (kind === 'circle') {
      const member = circle.find((one) => one.partyId === partyId)
      if (member === undefined) throw invalid('agenda.not_in_circle')
      const mine = partyId === actor.professionalId || (partyId as string) === actor.userId
      return { id, kind, partyId, serviceId: null, name: member.name, words: words ?? member.place, response: mine ? 'accepted' : 'needs_action' }
    }
    const colleague = colleagues.find((one) => (one.userId as string) === partyId)
    if (colleague === undefined && (partyId as string) !== actor.userId) throw invalid('agenda.not_a_colleague')
    const mine = (partyId as string) === actor.userId
    return { id, kind, partyId, serviceId: actor.serviceId, name: colleague?.name ?? actor.displayName, words, response: mine ? 'accepted' : 'needs_action' }
  })
  const parties = rows.flatMap(({ partyId }) => (partyId === null ? [] : [partyId]))
  if (new Set(parties).size < parties.length) throw conflict('agenda.already_invited')
  if (appointment.protection !== 'shared' && rows.some(({ kind }) => kind === 'circle')) throw invalid('agenda.not_open_to_her', { count: 1 })
  if (appointment.personId !== null) {
    const seen = await voletsSeen(tx, appointment.personId, parties)
    const blind = parties.filter((party) => party !== actor.userId && !(seen.get(party) ?? []).includes(appointment.volet))
    if (blind.length > 0) throw invalid('agenda.not_open_to_her', { count: blind.length })
  }
  for (const row of rows) {
    if (row.partyId !== null && (await isInvited(tx, appointment.id, row.partyId))) throw conflict('agenda.already_invited')
    await insertParticipant(tx, appointment, row, row.response === 'accepted' ? context.now : null)
  }
  const { startsLocal, minutes, allDay, timeZone, rule } = appointment
  if (rule !== null || momentAt(startsLocal, minutes, allDay, timeZone).endsAt > context.now) await noticeInvited(context, rows)
}

export const inviteParticipantImplementation = implement(inviteParticipant, {
  load: (context, { appointmentId }) => loadAppointment(context, appointmentId),
  run: async (context, { participant }, target) => {
    const appointment = target as AppointmentRow
    if (appointment.state === 'cancelled') throw conflict('agenda.cancelled')
    await addParticipants(context, appointment, [participant])
    await placeSlots(context.tx, appointment.id)
    await tellAgenda(context, 'agenda.appointment.changed', appointment)
    return { id: participant.id }
  },
})

export const withdrawParticipantImplementation = implement(withdrawParticipant, {
  load: (context, { appointmentId }) => loadAppointment(context, appointmentId),
  run: async (context, { participantId }, target) => {
    const appointment = target as AppointmentRow
    const participant = await findParticipant(context.tx, participantId)
    if (participant === undefined || participant.appointmentId !== appointment.id) return { id: participantId }
    // Told while she still takes part: her own screen must let it go.
    await tellAgenda(context, 'agenda.appointment.changed', appointment)
    await withdraw(context.tx, participantId, context.now)
    await placeSlots(context.tx, appointment.id)
    if (participant.partyId !== null && participant.response !== 'declined')
      await noticeChanged(context, appointment, (await listOccurrences(context.tx, appointment.id)).at(-1)?.endsAt ?? context.now, [participant.partyId])
    return { id: participantId }
  },
})

export const answerInvitationImplementation = implement(answerInvitation, {
  load: (context, { participantId }) => loadInvitation(context, participantId),
  run: async (context, { participantId, occurrenceId, response, proposedAt, words }, target) => {
    const appointment = target as unknown as AppointmentRow
    if (appointment.state === 'cancelled') throw conflict('agenda.cancelled')
    if (proposedAt !== null) assertLikely(proposedAt)
    const proposed = response === 'tentative' && proposedAt !== null ? instantOfWall(proposedAt, appointment.timeZone) : null
    const answer = { response, at: context.now, proposedAt: proposed, words }
    const ofOneDate = occurrenceId !== null && appointment.rule !== null
    if (ofOneDate) {
      const occurrence = await findOccurrence(context.tx, occurrenceId, true)
      if (occurrence === undefined || occurrence.appointmentId !== appointment.id) throw notFound('appointment')
      if (occurrence.state === 'cancelled') throw conflict('agenda.cancelled')
      await setDateAnswer(context.tx, appointment, participantId, occurrenceId, answer)
    } else {
      await setResponse(context.tx, participantId, answer)
      await forgetDateAnswers(context.tx, participantId, context.now)
    }
    await placeSlots(context.tx, appointment.id, ofOneDate ? occurrenceId : null)
    await tellAgenda(context, 'agenda.invitation.answered', appointment, { participantId, response })
    return { id: participantId }
  },
})

import { answerAppointmentFor, cancelAppointmentFor, type Guest, invitedThere, inviteToAppointmentFor, planAppointmentFor } from '../../agenda/server/api.ts'
import { addTaskFor } from '../../episodes/server/api.ts'
import { dayOf } from '../../platform/contract/dates.ts'
import type { Context } from '../../platform/server/implement.ts'
import type { ConferenceId } from '../contract/conference.ts'
import { type ConferenceRow, selectGuests } from './conference.sql.ts'

export const conferenceFollowed = 'case_conferences.conference'
const of = (id: ConferenceId) => ({ follows: conferenceFollowed, followsId: id })

/** The meeting in the agendas of the person, of whoever leads it and of its guests; planned again, it is the same appointment at its new hour and place. */
export async function placeInAgenda(
  context: Context,
  row: Pick<ConferenceRow, 'id' | 'personId' | 'startsAt' | 'minutes' | 'place' | 'videoUrl' | 'animatorId'>,
): Promise<void> {
  const guests = (await selectGuests(context.tx, row.id)).map((one): Guest => ({ partyId: one.partyId, name: one.name, words: one.role }))
  await planAppointmentFor(context, {
    ...of(row.id),
    personId: row.personId,
    kind: 'case_conference',
    title: null,
    startsAt: row.startsAt,
    minutes: row.minutes,
    place: { kind: row.place !== null ? 'other' : row.videoUrl !== null ? 'remote' : 'none', words: row.place ?? row.videoUrl },
    volet: 'administrative',
    guests: [{ partyId: row.animatorId, name: '', words: null }, ...guests],
  })
}

export async function takeFromAgenda(context: Context, id: ConferenceId, because: string): Promise<void> {
  await cancelAppointmentFor(context, of(id), because)
}

export async function inviteInAgenda(context: Context, id: ConferenceId, guest: Guest): Promise<void> {
  await inviteToAppointmentFor(context, of(id), [guest])
}

export async function answerInAgenda(context: Context, id: ConferenceId, partyId: string | null, answer: 'accepted' | 'declined'): Promise<void> {
  if (partyId !== null) await answerAppointmentFor(context, of(id), partyId, answer)
}

/**
 * Guests who read nothing of it in Jalon (a relative, a partner without account) are told by somebody: one task, for whoever leads the meeting, in place of
 * that of a former change. `what` begins its title; their names are its details, for they may be twenty.
 */
export async function leaveToTell(context: Context, row: Pick<ConferenceRow, 'id' | 'personId' | 'animatorId'>, what: string): Promise<void> {
  const there = new Set(await invitedThere(context.tx, of(row.id)))
  const names = (await selectGuests(context.tx, row.id)).filter(({ partyId, state }) => (partyId === null || !there.has(partyId)) && state !== 'declined')
  if (names.length === 0) return
  await addTaskFor(context, {
    personId: row.personId,
    kind: 'other',
    title: `${what}\u00a0: prévenir ${names.length === 1 ? names[0]?.name : `${names.length}\u00a0invités`}`.slice(0, 160),
    details: names.map(({ name, role }) => (role === null ? name : `${name} (${role})`)).join(', '),
    dueOn: dayOf(context.now, context.timeZone),
    assigneeId: row.animatorId,
    source: 'case_conferences.to_tell',
    sourceId: row.id,
    replacesBecause: 'La concertation a changé depuis',
  })
}

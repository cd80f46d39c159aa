import { circleParties } from '../../care-team/server/api.ts'
import { namesOpenly } from '../../persons/server/api.ts'
import type { Volet } from '../../platform/contract/actor.ts'
import { newId, type PersonId, type ServiceId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { Context } from '../../platform/server/implement.ts'
import { membersOfService } from '../../territory/server/api.ts'
import type { AppointmentId, ParticipantId, ParticipantInput, PlaceKind, Response } from '../contract/appointment.ts'
import type { AppointmentKind } from '../contract/value-sets.ts'
import {
  type AppointmentRow,
  cancelFrom,
  findFollowing,
  insertAppointment,
  listOccurrences,
  type OccurrenceRow,
  placeOccurrence,
  placeSlots,
  updateAppointment,
} from './appointment.sql.ts'
import { insertTimes, uidOf } from './book-appointment.ts'
import { noticeChanged } from './notify.ts'
import { askAgain, findFollowedBy, namedThere, participantOf, partiesOf, setResponse, voletsSeen, withdraw } from './participant.sql.ts'
import { addParticipants } from './participants.ts'
import { tellAgenda } from './tell.ts'
import { momentAt, wallOf } from './unfold.ts'

/** What the appointment follows: the table and the row of whoever plans it. One appointment follows one row, however often it is planned. */
export interface Followed {
  /** 'case_conferences.conference' */
  readonly follows: string
  readonly followsId: string
}

/** Somebody who takes part: by her account or her card; without one (the person, a relative, a partner outside), by name. */
export interface Guest {
  readonly partyId: string | null
  readonly name: string
  /** « Infirmière, HAD Vosges », « Fils » */
  readonly words: string | null
}

export interface PlaceOf {
  readonly kind: PlaceKind
  /** A room, a link; read by whoever sees the appointment. */
  readonly words: string | null
}

export interface AppointmentPlan extends Followed {
  readonly personId: PersonId
  readonly kind: AppointmentKind
  readonly title: string | null
  /** An instant. */
  readonly startsAt: string
  readonly minutes: number
  readonly place: PlaceOf
  readonly volet: Volet
  readonly guests: readonly Guest[]
}

/** The instant on the clock of the installation, the seconds left out. */
const wallAt = ({ timeZone }: Pick<Context, 'timeZone'>, instant: string): string => wallOf(instant, timeZone)

/**
 * Who can read the appointment is invited by her account or her card; the others are named in it, as people outside whom somebody tells by telephone. Whoever
 * takes part already is left as she is. Gives the names of those to be told.
 */
async function inviteGuests(context: Context, appointment: AppointmentRow, guests: readonly Guest[]): Promise<readonly string[]> {
  const { tx, actor } = context
  const personId = appointment.personId as PersonId
  const staff = new Set((await membersOfService(tx, (actor.serviceId ?? appointment.holderOrg) as ServiceId)).map(({ userId }) => userId as string))
  const circle = new Set((await circleParties(tx, personId)).map(({ partyId }) => partyId))
  const parties = [...new Set(guests.flatMap(({ partyId }) => (partyId === null ? [] : [partyId])))]
  const seen = await voletsSeen(tx, personId, parties)
  const invited: ParticipantInput[] = []
  const told: string[] = []
  for (const { partyId, name, words } of guests) {
    const id = newId<ParticipantId>()
    if (partyId === null && (await namedThere(tx, appointment.id, name))) continue
    if (partyId !== null && ((await participantOf(tx, appointment.id, partyId)) !== undefined || invited.some((one) => one.partyId === partyId))) continue
    const reads = partyId !== null && (partyId === actor.userId || (seen.get(partyId) ?? []).includes(appointment.volet))
    const kind = partyId !== null && (staff.has(partyId) || partyId === actor.userId) ? 'colleague' : circle.has(partyId ?? '') ? 'circle' : 'outside'
    if (reads && kind !== 'outside') invited.push({ id, kind, partyId: partyId as ParticipantInput['partyId'], name: null, words })
    else {
      told.push(name)
      // Named without her card, a structure that protects somebody in danger would be read by the whole circle.
      if (partyId === null || (await namesOpenly(tx, personId, partyId))) invited.push({ id, kind: 'outside', partyId: null, name, words })
    }
  }
  await addParticipants(context, appointment, invited)
  return told
}

/**
 * Plans the appointment of what the caller leads (a concertation), in the caller's transaction: it stands in the agenda of the person and of the guests, who
 * answer there; its date, place and guests change through `moveAppointmentFor`, `inviteToAppointmentFor`, `cancelAppointmentFor` only. Planned again, it is
 * the same one. The caller has checked the right to plan and writes its own line in the Fil; the actor sees the person and the volet. Gives the names of the
 * guests who do not read it in Jalon and are to be told.
 */
export async function planAppointmentFor(
  context: Context,
  plan: AppointmentPlan,
): Promise<{ readonly appointmentId: AppointmentId; readonly toTell: readonly string[] }> {
  const { tx, actor, now } = context
  const known = await findFollowing(tx, plan.follows, plan.followsId)
  if (known !== undefined) {
    await moveAppointmentFor(context, plan, { startsAt: plan.startsAt, minutes: plan.minutes, place: plan.place })
    return { appointmentId: known.id, toTell: await inviteGuests(context, known, plan.guests) }
  }
  const id = newId<AppointmentId>()
  const startsLocal = wallAt(context, plan.startsAt)
  const appointment: AppointmentRow = {
    id,
    personId: plan.personId,
    kind: plan.kind,
    title: plan.title,
    startsLocal,
    minutes: plan.minutes,
    allDay: false,
    timeZone: context.timeZone,
    rule: null,
    placeKind: plan.place.kind,
    place: plan.place.words,
    communeCode: null,
    words: null,
    state: 'booked',
    uid: uidOf(id),
    sequence: 0,
    imported: false,
    follows: plan.follows,
    followsId: plan.followsId,
    organizerId: actor.userId,
    organizerName: actor.displayName,
    volet: plan.volet,
    holderOrg: (actor.serviceId ?? actor.userId) as ServiceId,
    protection: 'shared',
    version: 1,
  }
  await insertAppointment(tx, appointment, now)
  await insertTimes(context, appointment, [momentAt(startsLocal, plan.minutes, false, context.timeZone)])
  const toTell = await inviteGuests(context, appointment, plan.guests)
  await placeSlots(tx, id)
  await tellAgenda(context, 'agenda.appointment.booked', appointment)
  return { appointmentId: id, toTell }
}

/** The appointment that follows it, and its time, locked; undefined when none was planned, or when it is cancelled. */
async function following(context: Context, of: Followed): Promise<{ row: AppointmentRow; occurrence: OccurrenceRow } | undefined> {
  const row = await findFollowing(context.tx, of.follows, of.followsId)
  if (row === undefined || row.state === 'cancelled') return undefined
  const occurrence = (await listOccurrences(context.tx, row.id))[0]
  return occurrence === undefined ? undefined : { row, occurrence }
}

/** Another hour, another length or another place: the guests are asked again when the hour changes. Does nothing where no appointment follows it. */
export async function moveAppointmentFor(
  context: Context,
  of: Followed,
  to: { readonly startsAt?: string; readonly minutes?: number; readonly place?: PlaceOf },
): Promise<void> {
  const found = await following(context, of)
  if (found === undefined) return
  const { row, occurrence } = found
  const { tx, now, actor } = context
  const startsLocal = to.startsAt === undefined ? row.startsLocal : wallOf(to.startsAt, row.timeZone)
  const minutes = to.minutes ?? row.minutes
  const [placeKind, place] = to.place === undefined ? [row.placeKind, row.place] : [to.place.kind, to.place.words]
  const timed = startsLocal !== row.startsLocal || minutes !== row.minutes
  if (!timed && placeKind === row.placeKind && place === row.place) return
  await updateAppointment(tx, row.id, { startsLocal, minutes, placeKind, place }, row.version + 1, now)
  if (timed && occurrence.state === 'booked') {
    const moment = momentAt(startsLocal, minutes, row.allDay, row.timeZone)
    await placeOccurrence(tx, occurrence.id, moment, { moved: false, version: occurrence.version + 1, asRule: true })
    await askAgain(tx, row.id, actor.parties)
    await placeSlots(tx, row.id)
  }
  await tellAgenda(context, 'agenda.appointment.changed', row)
  await noticeChanged(context, row, momentAt(startsLocal, minutes, row.allDay, row.timeZone).endsAt)
}

/** Cancels it, with what its guests read. Does nothing where no appointment follows it. */
export async function cancelAppointmentFor(context: Context, of: Followed, because: string | null): Promise<void> {
  const found = await following(context, of)
  if (found === undefined) return
  const { row, occurrence } = found
  await cancelFrom(context.tx, row.id, new Date(occurrence.recurrenceAt).toISOString(), because)
  await updateAppointment(context.tx, row.id, { state: 'cancelled' }, row.version + 1, context.now)
  await placeSlots(context.tx, row.id)
  await tellAgenda(context, 'agenda.appointment.cancelled', row)
  await noticeChanged(context, row, occurrence.endsAt)
}

/** The cards and accounts that take part in what follows it, the others being told by somebody. */
export async function invitedThere(tx: Tx, of: Followed): Promise<readonly string[]> {
  const row = await findFollowing(tx, of.follows, of.followsId)
  return row === undefined ? [] : partiesOf(tx, row.id)
}

/** Adds guests; gives the names of those who are to be told. Does nothing where no appointment follows it. */
export async function inviteToAppointmentFor(context: Context, of: Followed, guests: readonly Guest[]): Promise<readonly string[]> {
  const found = await following(context, of)
  if (found === undefined) return []
  const toTell = await inviteGuests(context, found.row, guests)
  await placeSlots(context.tx, found.row.id)
  await tellAgenda(context, 'agenda.appointment.changed', found.row)
  return toTell
}

/** A guest answered, or left the list, on the caller's side: her hours follow. Does nothing where she does not take part. */
export async function answerAppointmentFor(
  context: Context,
  of: Followed,
  partyId: string,
  response: Extract<Response, 'accepted' | 'declined'> | 'withdrawn',
): Promise<void> {
  const found = await following(context, of)
  if (found === undefined) return
  const participant = await participantOf(context.tx, found.row.id, partyId)
  if (participant === undefined || participant.response === response) return
  if (response === 'withdrawn') await withdraw(context.tx, participant.id, context.now)
  else await setResponse(context.tx, participant.id, { response, at: context.now, proposedAt: null, words: null })
  await placeSlots(context.tx, found.row.id)
  await tellAgenda(context, 'agenda.appointment.changed', found.row)
}

/** What an answered invitation was about, for whoever follows `agenda.invitation.answered`; undefined when it follows nothing, or is not seen. */
export async function followedBy(
  tx: Tx,
  participantId: ParticipantId,
): Promise<(Followed & { readonly partyId: string; readonly response: Response }) | undefined> {
  return findFollowedBy(tx, participantId)
}

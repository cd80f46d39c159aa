import { invalid } from '../../platform/contract/errors.ts'
import type { ServiceId } from '../../platform/contract/ids.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { instantAt } from '../../territory/contract/working-time.ts'
import { assertCommune, assertValue } from '../../territory/server/api.ts'
import { bookAppointment } from '../contract/actions.ts'
import { ruleOf } from '../contract/recurrence.ts'
import { type AppointmentKind, kindHabits } from '../contract/value-sets.ts'
import { type AppointmentRow, insertAppointment, insertOccurrences, placeSlots } from './appointment.sql.ts'
import { loadBooking } from './load.ts'
import { addParticipants } from './participants.ts'
import { tellAgenda, whenWords, writeInFil } from './tell.ts'
import { assertZone, type Moment, unfold } from './unfold.ts'

/** Identity of an appointment in every calendar: made from its id, once for all. */
export const uidOf = (id: string): string => `${id}@jalon`

export const bookAppointmentImplementation = implement(bookAppointment, {
  load: loadBooking,
  run: async (context, input) => {
    const { tx, actor } = context
    await assertValue(tx, 'agenda.appointment_kind', input.kind)
    if (input.kind === 'hospital') throw invalid('agenda.hospital_is_a_stay')
    const about = kindHabits[input.kind as AppointmentKind]?.about ?? 'both'
    if (input.personId === null && about === 'person') throw invalid('agenda.kind_of_person')
    if (input.personId !== null && about === 'team') throw invalid('agenda.kind_of_team')
    if (input.personId === null && (input.placeKind === 'home' || actor.serviceId === null)) throw invalid('agenda.no_service')
    if (input.communeCode !== null) await assertCommune(tx, input.communeCode)
    const timeZone = input.timeZone ?? context.timeZone
    assertZone(timeZone)
    const startsAt = input.allDay ? `${input.startsAt.slice(0, 10)}T00:00` : input.startsAt
    const rule = input.recurrence === null ? null : ruleOf(input.recurrence, (day) => new Date(instantAt(day, 1439, timeZone).getTime() + 59_000))
    const moments = unfold(startsAt, input.minutes, input.allDay, timeZone, rule)
    const holderOrg = (actor.serviceId ?? actor.userId) as ServiceId
    const own = input.personId === null ? 'restricted' : 'org_private'
    const appointment: AppointmentRow = {
      id: input.id,
      personId: input.personId,
      kind: input.kind,
      title: input.title,
      startsLocal: startsAt,
      minutes: input.minutes,
      allDay: input.allDay,
      timeZone,
      rule,
      placeKind: input.placeKind,
      place: input.place,
      communeCode: input.communeCode,
      words: input.words,
      state: 'booked',
      uid: uidOf(input.id),
      sequence: 0,
      imported: false,
      follows: null,
      followsId: null,
      organizerId: actor.userId,
      organizerName: actor.displayName,
      volet: input.volet,
      holderOrg,
      protection: input.isPrivate ? own : input.personId === null ? 'org_private' : 'shared',
      version: 1,
    }
    await insertAppointment(tx, appointment, context.now)
    await insertTimes(context, appointment, moments)
    await addParticipants(context, appointment, input.participants)
    await placeSlots(tx, appointment.id)
    await tellAgenda(context, 'agenda.appointment.booked', appointment)
    const first = moments[0] as Moment
    await writeInFil(
      context,
      appointment,
      'booked',
      `le ${whenWords(first.startsAt, appointment)}${moments.length > 1 ? `, ${moments.length} fois` : ''}`,
      input.words,
    )
    return { id: input.id, occurrences: moments.length }
  },
})

/** Adds the times that a rule gave, each with an id of ours. */
export async function insertTimes(context: Context, appointment: AppointmentRow, moments: readonly Moment[]): Promise<void> {
  await insertOccurrences(
    context.tx,
    appointment,
    moments.map((moment) => ({ ...moment, id: context.newId() })),
  )
}

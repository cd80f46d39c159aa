import { recordTimelineItem } from '../../persons/server/api.ts'
import type { Context } from '../../platform/server/implement.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import { appointmentKinds } from '../contract/value-sets.ts'
import type { AppointmentRow } from './appointment.sql.ts'
import { partiesOf } from './participant.sql.ts'
import { wallOf } from './unfold.ts'

type Told = Pick<AppointmentRow, 'id' | 'personId' | 'kind' | 'title' | 'volet' | 'protection' | 'holderOrg' | 'timeZone' | 'allDay' | 'organizerId'>

/** Tells the open screens: of those who see the person, of the team, and of whoever takes part. The moments of one alone are told to her. */
export async function tellAgenda(context: Context, type: string, appointment: Told, more: Readonly<Record<string, string>> = {}): Promise<void> {
  const parties = await partiesOf(context.tx, appointment.id)
  const own = appointment.protection === 'restricted' ? [appointment.organizerId] : [appointment.holderOrg]
  const payload = { appointmentId: appointment.id, personId: appointment.personId, ...more }
  context.emit(
    appointment.personId !== null && appointment.protection === 'shared'
      ? { type, personId: appointment.personId, volet: appointment.volet, audience: parties, payload }
      : { type, volet: appointment.volet, audience: [...own, ...parties], payload },
  )
}

/** « 12/01/2027 à 9 h 30 » on the clock of the appointment. */
export function whenWords(instant: Date | string, { timeZone, allDay }: Pick<Told, 'timeZone' | 'allDay'>): string {
  const wall = wallOf(instant, timeZone)
  const on = `${wall.slice(8, 10)}/${wall.slice(5, 7)}/${wall.slice(0, 4)}`
  return allDay ? on : `${on} à ${Number(wall.slice(11, 13))}\u00a0h\u00a0${wall.slice(14, 16)}`
}

/** « annulé : 12/01/2027 à 9 h 30 et les 3 suivants »: the first of so many times. */
export function cancelledWords(first: Date | string, times: number, appointment: Pick<Told, 'timeZone' | 'allDay'>): string {
  const others = times > 2 ? ` et les ${times - 1} suivants` : times === 2 ? ' et le suivant' : ''
  return `annulé : ${whenWords(first, appointment)}${others}`
}

/** Leaves a line in the Fil of the person, in the volet and the room of the appointment. */
export async function writeInFil(
  context: Context,
  appointment: Told,
  kind: 'booked' | 'moved' | 'cancelled',
  words: string,
  summary: string | null,
): Promise<void> {
  if (appointment.personId === null || appointment.protection === 'restricted') return
  const what = [labelOf(appointmentKinds, appointment.kind), appointment.title].filter(Boolean).join(' · ')
  await recordTimelineItem(context, {
    personId: appointment.personId,
    kind: `agenda.${kind}`,
    title: `${what}, ${words}`,
    summary,
    source: 'agenda.appointment',
    sourceId: appointment.id,
    volet: appointment.volet,
    protection: appointment.protection,
    at: context.now,
  })
}

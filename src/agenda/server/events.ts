import type { PersonId } from '../../platform/contract/ids.ts'
import { installationZone, withJobContext } from '../../platform/server/as-job.ts'
import type { Context } from '../../platform/server/implement.ts'
import type { Subscriber } from '../../platform/server/subscribers.ts'
import type { AppointmentId } from '../contract/appointment.ts'
import { type AppointmentRow, bookedByDacs, cancelAhead, findAppointment, listOccurrences, placeSlots, updateAppointment } from './appointment.sql.ts'
import { bookAgain, cancelAfterDeath, cancelStaysAfterDeath, endStaysAtDeath, standStaysAgain } from './death.sql.ts'
import { withdrawFromHealthSpace } from './health-space.sql.ts'
import { noticeChanged } from './notify.ts'
import { partiesOf } from './participant.sql.ts'
import { tellStay } from './stays.ts'
import { cancelledWords, tellAgenda, writeInFil } from './tell.ts'

/** A death recorded once cancels the visits to come, ends the stay under way, and asks nobody any more; recorded by mistake, it gives them back. Runs once per event. */
export const appointmentsAfterDeath: Subscriber = {
  name: 'agenda.appointmentsAfterDeath',
  types: ['persons.person.died', 'persons.person.deathWithdrawn'],
  react: async (tx, event) => {
    if (event.personId === null) return
    const personId = event.personId as PersonId
    const died = event.type === 'persons.person.died'
    await withJobContext(tx, { now: new Date(event.at), timeZone: await installationZone(tx) }, async (context) => {
      for (const id of died ? await cancelAfterDeath(tx, personId, event.at, event.seq) : await bookAgain(tx, personId, event.at)) {
        await placeSlots(tx, id)
        const row = await findAppointment(tx, id)
        if (row === undefined) continue
        await tellAgenda(context, died ? 'agenda.appointment.cancelled' : 'agenda.appointment.changed', row)
        await noticeChanged(context, row, (await listOccurrences(tx, id)).at(-1)?.endsAt ?? context.now)
      }
      const stays = died
        ? [...(await cancelStaysAfterDeath(tx, personId, event.at, event.seq)), ...(await endStaysAtDeath(tx, personId, event.at, event.seq))]
        : await standStaysAgain(tx, personId, event.at)
      for (const id of stays) tellStay(context, personId, id)
    })
  },
}

/**
 * Cancels, as by hand, what is still to come of an appointment. Those who have just lost sight of the person, and whoever takes part, are told a second time
 * without her: the first says her name, and stops at those who may hear it.
 */
async function cancelLeft(context: Context, row: AppointmentRow, at: string, because: string, left: readonly string[]): Promise<void> {
  const { tx } = context
  const times = await cancelAhead(tx, row.id, at, because)
  const first = times[0]
  if (first === undefined) return
  const none = (await listOccurrences(tx, row.id)).every(({ state }) => state === 'cancelled')
  await updateAppointment(tx, row.id, none ? { state: 'cancelled' } : {}, row.version, context.now)
  await placeSlots(tx, row.id)
  await tellAgenda(context, 'agenda.appointment.cancelled', row)
  await noticeChanged(context, row, first)
  const audience = row.protection === 'shared' ? [...new Set([...left, ...(await partiesOf(tx, row.id))])] : []
  if (audience.length > 0) context.emit({ type: 'agenda.appointment.cancelled', audience, payload: {} })
  // Held by the service that booked it: what it kept for itself, it reads.
  const itsOwn = { ...context, actor: { ...context.actor, serviceId: row.holderOrg } }
  await writeInFil(itsOwn, row, 'cancelled', cancelledWords(first, times.length, row), because)
}

/** An accompaniment closes: what the team had booked and chose not to keep is cancelled, as by hand. What others booked goes on. Runs once per event. */
export const appointmentsAfterClosure: Subscriber = {
  name: 'agenda.appointmentsAfterClosure',
  types: ['episodes.episode.appointmentLeft'],
  react: async (tx, event) => {
    const { payload } = event
    // Told of the person herself before the circle that left was handed on.
    const personId = event.personId ?? payload.personId
    await withJobContext(tx, { now: new Date(event.at), timeZone: await installationZone(tx) }, async (context) => {
      const row = await findAppointment(tx, payload.appointmentId as AppointmentId, true)
      if (row === undefined || row.personId !== personId || row.holderOrg !== payload.serviceId || row.imported || row.follows !== null) return
      const left = typeof payload.left === 'string' && payload.left !== '' ? payload.left.split(',') : []
      await cancelLeft(context, row, event.at, 'Accompagnement clos', left)
    })
  },
}

/**
 * She opposes being accompanied, or what is kept of her: what the DAC had booked is cancelled, what others booked goes on. An opposition to the use of her
 * data for research or steering cancels nothing. Lifted later, it books nothing again. Runs once per event.
 */
export const appointmentsAfterOpposition: Subscriber = {
  name: 'agenda.appointmentsAfterOpposition',
  types: ['persons.person.opposed'],
  react: async (tx, event) => {
    const { personId, payload } = event
    if (personId === null || !/[12]/.test(String(payload.numbers))) return
    await withJobContext(tx, { now: new Date(event.at), timeZone: await installationZone(tx) }, async (context) => {
      for (const id of await bookedByDacs(tx, personId as PersonId, event.at)) {
        const row = await findAppointment(tx, id, true)
        if (row !== undefined) await cancelLeft(context, row, event.at, 'Opposition de la personne', [])
      }
    })
  },
}

/** An erasure is confirmed: what stands in her health space is withdrawn while the lines still know its number. The erasure waits for it. */
export const healthSpaceBeforeErasure: Subscriber = {
  name: 'agenda.healthSpaceBeforeErasure',
  types: ['privacy.erasure.confirmed'],
  react: async (tx, event) => {
    const { personId } = event.payload
    if (typeof personId === 'string' && event.actorId !== null) await withdrawFromHealthSpace(tx, personId as PersonId, event.actorId, event.at)
  },
}

import type { PersonId } from '../../platform/contract/ids.ts'
import { installationZone, withJobContext } from '../../platform/server/as-job.ts'
import type { Subscriber } from '../../platform/server/subscribers.ts'
import type { AppointmentId } from '../contract/appointment.ts'
import { cancelAhead, findAppointment, listOccurrences, placeSlots, updateAppointment } from './appointment.sql.ts'
import { bookAgain, cancelAfterDeath, cancelStaysAfterDeath, endStaysAtDeath, standStaysAgain } from './death.sql.ts'
import { withdrawFromHealthSpace } from './health-space.sql.ts'
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
        if (row !== undefined) await tellAgenda(context, died ? 'agenda.appointment.cancelled' : 'agenda.appointment.changed', row)
      }
      const stays = died
        ? [...(await cancelStaysAfterDeath(tx, personId, event.at, event.seq)), ...(await endStaysAtDeath(tx, personId, event.at, event.seq))]
        : await standStaysAgain(tx, personId, event.at)
      for (const id of stays) tellStay(context, personId, id)
    })
  },
}

/** An accompaniment closes: what the team had booked and chose not to keep is cancelled, as by hand. What others booked goes on. Runs once per event. */
export const appointmentsAfterClosure: Subscriber = {
  name: 'agenda.appointmentsAfterClosure',
  types: ['episodes.episode.appointmentLeft'],
  react: async (tx, event) => {
    const { personId, payload } = event
    if (personId === null) return
    await withJobContext(tx, { now: new Date(event.at), timeZone: await installationZone(tx) }, async (context) => {
      const row = await findAppointment(tx, payload.appointmentId as AppointmentId, true)
      if (row === undefined || row.personId !== personId || row.holderOrg !== payload.serviceId || row.imported || row.follows !== null) return
      const times = await cancelAhead(tx, row.id, event.at, 'Accompagnement clos')
      const first = times[0]
      if (first === undefined) return
      const none = (await listOccurrences(tx, row.id)).every(({ state }) => state === 'cancelled')
      await updateAppointment(tx, row.id, none ? { state: 'cancelled' } : {}, row.version, context.now)
      await placeSlots(tx, row.id)
      await tellAgenda(context, 'agenda.appointment.cancelled', row)
      // Held by the service that booked it: what it kept for itself, it reads.
      const itsOwn = { ...context, actor: { ...context.actor, serviceId: row.holderOrg } }
      await writeInFil(itsOwn, row, 'cancelled', cancelledWords(first, times.length, row), 'Accompagnement clos')
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

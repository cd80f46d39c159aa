import type { PersonId } from '../../platform/contract/ids.ts'
import { installationZone, withJobContext } from '../../platform/server/as-job.ts'
import type { Subscriber } from '../../platform/server/subscribers.ts'
import { findAppointment, placeSlots } from './appointment.sql.ts'
import { bookAgain, cancelAfterDeath } from './death.sql.ts'
import { tellAgenda } from './tell.ts'

/** A death recorded once cancels the visits to come, and asks nobody any more; recorded by mistake, it gives them back. Runs once per event. */
export const appointmentsAfterDeath: Subscriber = {
  name: 'agenda.appointmentsAfterDeath',
  types: ['persons.person.died', 'persons.person.deathWithdrawn'],
  react: async (tx, event) => {
    if (event.personId === null) return
    const personId = event.personId as PersonId
    const died = event.type === 'persons.person.died'
    await withJobContext(tx, { now: new Date(event.at), timeZone: await installationZone(tx) }, async (context) => {
      for (const id of died ? await cancelAfterDeath(tx, personId, event.at) : await bookAgain(tx, personId, event.at)) {
        await placeSlots(tx, id)
        const row = await findAppointment(tx, id)
        if (row !== undefined) await tellAgenda(context, died ? 'agenda.appointment.cancelled' : 'agenda.appointment.changed', row)
      }
    })
  },
}

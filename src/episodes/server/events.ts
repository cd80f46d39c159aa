import type { Subscriber } from '../../platform/server/subscribers.ts'
import { resumeEverything, stopEverything } from './death.sql.ts'

/**
 * A death recorded once stops what is still to be done for the person and ends the dormancy of her file; her référent is left one thing to do:
 * close. A death recorded by mistake gives the tasks back. Runs once per event.
 */
export const stopAfterDeath: Subscriber = {
  name: 'episodes.stopAfterDeath',
  types: ['persons.person.died', 'persons.person.deathWithdrawn'],
  react: async (tx, event) => {
    if (event.personId === null) return
    if (event.type === 'persons.person.died') await stopEverything(tx, event.personId, event.at)
    else await resumeEverything(tx, event.personId, event.at)
  },
}

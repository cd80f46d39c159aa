import type { Subscriber } from '../../platform/server/subscribers.ts'
import { stopEverything } from './death.sql.ts'

/**
 * A death recorded once stops what is still to be done for the person and ends the dormancy of her file; her référent is left one thing to do:
 * close. Runs once per event.
 */
export const stopAfterDeath: Subscriber = {
  name: 'episodes.stopAfterDeath',
  types: ['persons.person.died'],
  react: async (tx, event) => {
    if (event.personId !== null) await stopEverything(tx, event.personId, event.at)
  },
}

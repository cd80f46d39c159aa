import { french } from '../../platform/contract/typography.ts'
import type { Subscriber } from '../../platform/server/subscribers.ts'
import { settleAllOf } from './alert.sql.ts'

/** Nothing is left to take in a file that is closed. */
export const endAlertsAtClosure: Subscriber = {
  name: 'liaison.endAlertsAtClosure',
  types: ['episodes.episode.closed'],
  react: async (tx, event) => {
    if (event.personId !== null && typeof event.payload.serviceId === 'string')
      await settleAllOf(tx, event.personId, event.payload.serviceId, event.at, french('Accompagnement clos'))
  },
}

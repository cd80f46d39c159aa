import type { ServiceId } from '../../platform/contract/ids.ts'
import { french } from '../../platform/contract/typography.ts'
import { installationZone, withJobContext } from '../../platform/server/as-job.ts'
import type { Subscriber } from '../../platform/server/subscribers.ts'
import { settleAllOf } from './alert.sql.ts'
import { dropNoticesOf } from './notice.sql.ts'
import { leaveNotices } from './notices.ts'

/** Nothing is left to take in a file that is closed. */
export const endAlertsAtClosure: Subscriber = {
  name: 'liaison.endAlertsAtClosure',
  types: ['episodes.episode.closed'],
  react: async (tx, event) => {
    if (event.personId !== null && typeof event.payload.serviceId === 'string')
      await settleAllOf(tx, event.personId, event.payload.serviceId, event.at, french('Accompagnement clos'))
  },
}

/** A late task that is relaunched leaves « un événement vous attend » to whoever it is relaunched to, by the ways she chose. */
export const noticesOfRelaunches: Subscriber = {
  name: 'liaison.noticesOfRelaunches',
  types: ['episodes.task.relaunched'],
  react: async (tx, event) => {
    const { relaunchId, serviceId, to } = event.payload
    if (typeof relaunchId !== 'string' || typeof serviceId !== 'string' || typeof to !== 'string' || to === '') return
    await withJobContext(tx, { now: new Date(event.at), timeZone: await installationZone(tx) }, (context) =>
      leaveNotices(context, { cause: 'episodes.task', causeId: relaunchId, rank: 0, to: to.split(' '), service: serviceId as ServiceId }),
    )
  },
}

/**
 * An invitation, hours that change, a cancellation leave « un événement vous attend » to the guests, outside the opening hours of their service too: a visit
 * cancelled on Sunday may be that of Monday 8 h. An invitation answered meanwhile is told no more.
 */
export const noticesOfTheAgenda: Subscriber = {
  name: 'liaison.noticesOfTheAgenda',
  types: ['agenda.guests.toTell', 'agenda.invitation.answered'],
  react: async (tx, event) => {
    const { participantId, cause, causeId, rank, to } = event.payload
    if (typeof participantId === 'string') await dropNoticesOf(tx, 'agenda.invitation', participantId)
    if (typeof cause !== 'string' || typeof causeId !== 'string' || typeof rank !== 'number' || typeof to !== 'string') return
    await withJobContext(tx, { now: new Date(event.at), timeZone: await installationZone(tx) }, (context) =>
      leaveNotices(context, { cause, causeId, rank, to: to.split(' '), service: null }),
    )
  },
}

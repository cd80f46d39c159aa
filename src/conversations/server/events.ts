import type { PersonId } from '../../platform/contract/ids.ts'
import type { Subscriber } from '../../platform/server/subscribers.ts'
import { endPartsWithoutRight, enterCircleThreads, tellOfParticipants } from './circle.sql.ts'

/**
 * Leaving the circle ends the conversation for her who leaves: she reads nothing of what comes after, what she wrote remains to the others. Entering it
 * opens the conversations of the whole circle, from then on.
 */
export const conversationsFollowTheCircle: Subscriber = {
  name: 'conversations.circle',
  types: [
    'persons.sight.granted',
    'persons.sight.ended',
    'persons.sight.changed',
    'persons.sharing.changed',
    'careTeam.circle.changed',
    'episodes.referent.changed',
    'episodes.binome.changed',
    'episodes.episode.closed',
  ],
  react: async (tx, event) => {
    const personId = (event.personId ?? event.payload.personId) as PersonId | null | undefined
    if (typeof personId !== 'string') return
    const left = await endPartsWithoutRight(tx, personId, event.at)
    const joined = await enterCircleThreads(tx, personId, event.at)
    for (const threadId of new Set([...left.map((one) => one.threadId), ...joined]))
      await tellOfParticipants(
        tx,
        threadId,
        left.filter((one) => one.threadId === threadId).map((one) => one.userId),
      )
  },
}

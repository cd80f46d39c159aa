import type { PersonId } from '../../platform/contract/ids.ts'
import { asSystem, type Database, type Tx } from '../../platform/server/db.ts'
import type { Subscriber } from '../../platform/server/subscribers.ts'
import { endPartsWithoutRight, enterCircleThreads, selectPersonsLeft, tellOfParticipants } from './circle.sql.ts'

async function followCircle(tx: Tx, personId: PersonId, at: Date | string): Promise<void> {
  const left = await endPartsWithoutRight(tx, personId, at)
  const joined = await enterCircleThreads(tx, personId, at)
  for (const threadId of new Set([...left.map((one) => one.threadId), ...joined]))
    await tellOfParticipants(
      tx,
      threadId,
      left.filter((one) => one.threadId === threadId).map((one) => one.userId),
    )
}

/** Ends, each hour, the parts of those whose right went without an event of the person. Gives how many persons it concerned. */
export async function endPartsOfThoseWhoLeft(db: Database, at: Date): Promise<number> {
  const persons = await asSystem(db, 'who takes part in a conversation without a right', (tx) => selectPersonsLeft(tx, at))
  for (const personId of persons) await asSystem(db, 'end the part of whoever has no right any more', (tx) => followCircle(tx, personId, at))
  return persons.length
}

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
    await followCircle(tx, personId, event.at)
  },
}

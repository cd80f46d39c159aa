import { conflict } from '../../platform/contract/errors.ts'
import { implement, noTarget } from '../../platform/server/implement.ts'
import '../contract/errors.ts'
import { receiveMessage } from '../contract/receive.ts'
import { findMessage, insertMessage, keepVisit, sawSender } from './message.sql.ts'

/** Looks for whom a stay is about and tells it: after the acknowledgement, so that its delay says nothing of who is known. */
export const lookJob = 'hospitalEvents:look'

/**
 * Keeps a message, once for its sender and its number; the same one again gives the same answer. Nothing is looked up here: whether the person is known
 * is found by a job, in its own time.
 */
export const receiveMessageImplementation = implement(receiveMessage, {
  load: noTarget,
  run: async ({ tx, actor, now, newId, enqueue }, { controlId, digest, visitNumber, identity, told }) => {
    const senderId = actor.userId
    const again = async (): Promise<{ messageId: string; receivedAt: string } | undefined> => {
      const known = await findMessage(tx, senderId, controlId)
      if (known === undefined) return undefined
      if (known.digest !== digest) throw conflict('hospitalEvents.other_content')
      return { messageId: known.id, receivedAt: known.receivedAt }
    }
    const before = await again()
    if (before !== undefined) return before
    const visitId = await keepVisit(tx, { id: newId(), senderId, number: visitNumber, traits: identity, sentAt: told.sentAt }, now)
    const id: string = newId()
    if (!(await insertMessage(tx, { id, senderId, controlId, digest, visitId, told }, now))) return (await again()) as { messageId: string; receivedAt: string }
    await sawSender(tx, senderId, now)
    await enqueue(lookJob, { visitId }, { jobKey: `${lookJob}:${visitId}` })
    return { messageId: id, receivedAt: now.toISOString() }
  },
})

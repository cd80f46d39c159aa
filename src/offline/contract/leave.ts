import type { Envelope } from './envelope.ts'
import type { WaitingStore } from './waiting.ts'

/**
 * A device that is told to destroy itself leaves what waits of one user on the server, in the order of writing. What has been left stands here no more: a
 * server that takes no more for now is asked for the rest alone at the next contact, never again for what its author has taken back since.
 */
export async function leaveEnvelopes(store: WaitingStore, userId: string, leave: (envelope: Envelope) => Promise<unknown>): Promise<void> {
  for (const { id, envelope } of await store.list(userId)) {
    await leave(envelope)
    await store.remove(userId, id)
  }
}

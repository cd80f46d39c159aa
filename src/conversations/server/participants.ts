import { conflict, invalid } from '../../platform/contract/errors.ts'
import { newId, type UserId } from '../../platform/contract/ids.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { addParticipants, leaveThread, readThread, removeParticipant } from '../contract/actions.ts'
import { mostParticipants, type ThreadTarget } from '../contract/thread.ts'
import { loadThread, tellParticipants } from './load.ts'
import { endPeriod, insertParticipants, markSeen, selectCards, selectPresent, selectReachable } from './participant.sql.ts'
import { lockThread } from './thread.sql.ts'

export const addParticipantsImplementation = implement(addParticipants, {
  load: (context, { threadId }) => loadThread(context, threadId),
  run: async (context, { threadId, participants, withPast }, thread) => {
    const { tx, actor, now } = context
    const last = await lockThread(tx, threadId)
    const present = await selectPresent(tx, threadId)
    const wanted = [...new Set(participants)]
    if (wanted.some((one) => present.includes(one))) throw conflict('conversations.already_there')
    if (present.length + wanted.length > mostParticipants) throw invalid('conversations.too_many', { most: mostParticipants })
    const cards = (await ableOf(context, thread)(wanted)).map(({ userId, name, profession }) => ({ id: newId(), userId, name, profession }))
    if (cards.length < wanted.length) throw invalid('conversations.not_reachable')
    // The past that she gives is the past that she has.
    const fromNumber = withPast ? (thread.mine?.fromNumber ?? last + 1) : last + 1
    await insertParticipants(tx, { thread, cards, fromNumber, at: now, by: actor })
    await tellParticipants(context, 'conversations.participants.changed', threadId, { by: actor.userId })
    return { threadId }
  },
})

/** Of these users, who may take part: in a file, those who may read its volet. */
function ableOf(
  { tx }: Context,
  { personId, volet }: ThreadTarget,
): (ids: readonly UserId[]) => Promise<readonly { userId: UserId; name: string; profession: string | null }[]> {
  if (personId === null) return (ids) => selectCards(tx, ids)
  return async (ids) => (await selectReachable(tx, personId)).filter((one) => ids.includes(one.userId) && one.volets.includes(volet))
}

async function end(context: Context, thread: ThreadTarget, userId: UserId, because: 'left' | 'removed'): Promise<void> {
  const { tx, actor, now } = context
  const lastNumber = await lockThread(tx, thread.id)
  // Told before she goes: once she has left, the list of those to tell is no longer open to her.
  await tellParticipants(context, 'conversations.participants.changed', thread.id, { by: actor.userId }, [userId])
  if (!(await endPeriod(tx, { threadId: thread.id, userId, because, lastNumber, at: now, byName: actor.displayName })))
    throw conflict('conversations.not_there')
}

export const removeParticipantImplementation = implement(removeParticipant, {
  load: (context, { threadId }) => loadThread(context, threadId),
  run: async (context, { threadId, userId }, thread) => {
    await end(context, thread, userId, userId === context.actor.userId ? 'left' : 'removed')
    return { threadId }
  },
})

export const leaveThreadImplementation = implement(leaveThread, {
  load: (context, { threadId }) => loadThread(context, threadId),
  run: async (context, { threadId }, thread) => {
    await end(context, thread, context.actor.userId, 'left')
    return { threadId }
  },
})

export const readThreadImplementation = implement(readThread, {
  load: (context, { threadId }) => loadThread(context, threadId),
  run: async (context, { threadId, number }) => {
    const { tx, actor, now } = context
    if (await markSeen(tx, { threadId, userId: actor.userId, number, at: now }))
      await tellParticipants(context, 'conversations.thread.read', threadId, { by: actor.userId, number })
    return { number }
  },
})

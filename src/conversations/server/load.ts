import { notFound } from '../../platform/contract/errors.ts'
import type { Context } from '../../platform/server/implement.ts'
import type { MessageId, MessageTarget, ThreadId, ThreadTarget } from '../contract/thread.ts'
import { findMessage } from './message.sql.ts'
import { findThread, listenersOf } from './thread.sql.ts'

/** The conversation, for those who take or took part and may read it now; for everyone else it does not exist. */
export async function loadThread({ tx, actor }: Pick<Context, 'tx' | 'actor'>, id: ThreadId): Promise<ThreadTarget> {
  const thread = await findThread(tx, actor.userId, id)
  if (thread === undefined) throw notFound('conversation')
  return thread
}

/** As above, of a message; those from before she came and after she left are as absent. */
export async function loadMessage({ tx }: Pick<Context, 'tx'>, id: MessageId): Promise<MessageTarget> {
  const message = await findMessage(tx, id)
  if (message === undefined) throw notFound('message')
  return message
}

/**
 * Tells those who take part and may read now, and nobody else, by ids. The person is not on the event: it would then reach everyone who sees her.
 * `besides`: whoever has just left, so that her open page closes.
 */
export async function tellParticipants(
  context: Context,
  type: string,
  thread: ThreadId,
  payload: Readonly<Record<string, string | number>>,
  besides: readonly string[] = [],
): Promise<void> {
  const audience = [...new Set<string>([...(await listenersOf(context.tx, thread)), ...besides])]
  context.emit({ type, audience, payload: { threadId: thread, ...payload } })
}

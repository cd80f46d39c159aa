import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import { cleanAttachment } from '../../platform/server/attachments/clean.ts'
import { scanJob } from '../../platform/server/attachments/scan.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { addFile, linkOutcome, sendMessage } from '../contract/actions.ts'
import { holdsMatricule, possibleNames } from '../contract/names-in-text.ts'
import type { ThreadTarget } from '../contract/thread.ts'
import { loadMessage, loadThread, tellParticipants } from './load.ts'
import { attachFiles, countWaitingFiles, insertFile, insertMessage, insertOutcome, isTargetOf, someRefused } from './message.sql.ts'
import { namesOfSeenPersons } from './named.sql.ts'
import { markMentioned, markOwn, selectCards, selectPresent } from './participant.sql.ts'
import { takeNumber } from './thread.sql.ts'

export const sendMessageImplementation = implement(sendMessage, {
  load: (context, { threadId }) => loadThread(context, threadId),
  run: async (context, input, thread) => {
    const { tx, actor, now } = context
    const { id, threadId, body, replyTo, files } = input
    if (body === '' && files.length === 0) throw invalid('conversations.empty')
    if (thread.personId === null && !input.namesNobody) await assertNamesNobody(context, thread, body)
    if (replyTo !== null && (await loadMessage(context, replyTo).catch(() => null))?.threadId !== threadId) throw invalid('conversations.reply_elsewhere')
    const number = await takeNumber(tx, threadId, now)
    // Removed by a colleague while she was writing: the lock of the conversation tells who was first.
    if (number === null || (await loadThread(context, threadId)).mine === null) throw conflict('conversations.you_left')
    // Those named who take part; whoever left meanwhile is written in the words, and not told.
    const present = input.mentions.length === 0 ? [] : await selectPresent(tx, threadId)
    const mentions = [...new Set(input.mentions)].filter((one) => one !== actor.userId && present.includes(one))
    const [card] = await selectCards(tx, [actor.userId])
    const authorProfession = card?.profession ?? null
    await insertMessage(tx, { id, thread, number, authorId: actor.userId, authorName: actor.displayName, authorProfession, body, replyTo, mentions, at: now })
    if (files.length > 0 && (await attachFiles(tx, { id, threadId }, files)) < new Set(files).size)
      throw conflict((await someRefused(tx, files)) ? 'attachment_infected' : 'attachment_missing')
    await markOwn(tx, { threadId, userId: actor.userId, number, at: now })
    if (mentions.length > 0) await markMentioned(tx, threadId, number, mentions)
    if (thread.personId === null && input.namesNobody) context.note({ saidToNameNobody: true })
    await tellParticipants(context, 'conversations.message.sent', threadId, { messageId: id, number, authorId: actor.userId })
    return { id, number }
  },
})

/** Gentle, and on the server too: what was written without network is looked at as well. The names go back to their author alone. */
async function assertNamesNobody({ tx }: Context, thread: ThreadTarget, body: string): Promise<void> {
  if (possibleNames(body).length === 0 && !holdsMatricule(body)) return
  const participants = await selectCards(tx, await selectPresent(tx, thread.id))
  const names = await namesOfSeenPersons(
    tx,
    possibleNames(
      body,
      participants.map(({ name }) => name),
    ),
  )
  if (names.length > 0 || holdsMatricule(body)) throw conflict('conversations.names_somebody', { count: names.length }, { names })
}

/** What one may have uploaded and not sent: a weak network tries again, it does not fill the disk. */
const mostWaiting = 20

export const addFileImplementation = implement(addFile, {
  load: (context, { threadId }) => loadThread(context, threadId),
  run: async ({ tx, actor, now, enqueue }, { id, name, content }, thread) => {
    if ((await countWaitingFiles(tx, actor.userId)) >= mostWaiting) throw conflict('conversations.too_many_files')
    await insertFile(tx, { ...cleanAttachment({ name, content }), id, thread, addedBy: actor.userId, at: now })
    await enqueue(scanJob, {}, { jobKey: scanJob })
    return { id }
  },
})

export const linkOutcomeImplementation = implement(linkOutcome, {
  load: (context, input) => loadMessage(context, input.messageId),
  run: async (context, { id, kind, targetId }, message) => {
    const { tx, actor, now } = context
    // Whoever left reads what she had read; she adds nothing to it. What a message became is of the same person, or it is not its.
    if ((await loadThread(context, message.threadId)).mine === null) throw conflict('conversations.you_left')
    if (message.personId === null || !(await isTargetOf(tx, kind, targetId, message.personId))) throw notFound('target')
    await insertOutcome(tx, { id, message, kind, targetId, madeBy: actor.userId, madeByName: actor.displayName, at: now })
    await tellParticipants(context, 'conversations.message.linked', message.threadId, { messageId: message.id, number: message.number })
    return { id }
  },
})

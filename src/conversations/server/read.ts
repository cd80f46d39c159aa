import { loadPerson } from '../../persons/server/api.ts'
import { notFound } from '../../platform/contract/errors.ts'
import { type KeptAttachment, readable } from '../../platform/server/attachments/readable.ts'
import { implement, noTarget } from '../../platform/server/implement.ts'
import { decodeCursor, encodeCursor } from '../../platform/server/keyset.ts'
import { file, messages, professionals, reachable, search, thread, threads, unread } from '../contract/queries.ts'
import { searchKey } from '../contract/thread.ts'
import { loadThread } from './load.ts'
import { findFile, searchMessages, selectMessages } from './message.sql.ts'
import { selectProfessionals, selectReachable } from './participant.sql.ts'
import { countUnread, selectHead, selectThreads } from './thread.sql.ts'

export const threadsImplementation = implement(threads, {
  load: noTarget,
  run: async ({ tx, actor }, { personId, only, cursor, limit }) => {
    const values = decodeCursor(cursor, 2)
    const after = values === null ? null : { at: String(values[0]), id: String(values[1]) }
    const found = await selectThreads(tx, actor.userId, { personId, only: only ?? null, after, limit })
    const rows = found.slice(0, limit)
    const last = rows.at(-1)
    return { rows: [...rows], next: found.length > limit && last !== undefined ? encodeCursor([last.lastAt, last.id]) : null }
  },
})

export const threadImplementation = implement(thread, {
  sharedPlans: true,
  load: (context, { id }) => loadThread(context, id),
  run: ({ tx, actor }, { id }) => selectHead(tx, actor.userId, id),
})

export const messagesImplementation = implement(messages, {
  load: (context, { threadId }) => loadThread(context, threadId),
  run: async ({ tx }, { threadId, before, after, limit }) => {
    const found = await selectMessages(tx, threadId, { before: before ?? null, after: after ?? null, limit })
    const rows = [...found.slice(0, limit)].sort((a, b) => a.number - b.number)
    return { rows, more: found.length > limit }
  },
})

export const unreadImplementation = implement(unread, { sharedPlans: true, load: noTarget, run: ({ tx, actor }) => countUnread(tx, actor.userId) })

const wordsOf = (text: string): readonly string[] => searchKey(text).split(' ').filter(Boolean).slice(0, 8)

export const searchImplementation = implement(search, {
  load: noTarget,
  run: async ({ tx }, { words, personId, limit }) => ({ rows: [...(await searchMessages(tx, wordsOf(words), personId, limit))], next: null }),
})

export const fileImplementation = implement(file, {
  load: async ({ tx }, { id }) => {
    const found = await findFile(tx, id)
    if (found === undefined) throw notFound('file')
    return found
  },
  run: async (_context, _input, found) => readable(found as typeof found & KeptAttachment),
})

export const reachableImplementation = implement(reachable, {
  load: (context, { personId }) => loadPerson(context, personId),
  run: async ({ tx, actor }, { personId }, person) => ({
    rows: (await selectReachable(tx, personId)).filter(({ userId }) => userId !== actor.userId),
    openVolets: [...person.volets],
  }),
})

export const professionalsImplementation = implement(professionals, {
  load: noTarget,
  run: async ({ tx }, { words, besides }) => ({ rows: [...(await selectProfessionals(tx, wordsOf(words), besides))], next: null }),
})

import { loadPerson } from '../../persons/server/api.ts'
import { implement, noTarget } from '../../platform/server/implement.ts'
import { markAllRead, openItem, recordVisit } from '../contract/actions.ts'
import { clearMark, clearMarks, keepOpened, keepVisit } from './marks.sql.ts'

export const openItemImplementation = implement(openItem, {
  load: noTarget,
  run: async (context, { itemId }) => {
    const cleared = await clearMark(context.tx, context.actor.userId, itemId)
    await keepOpened(context.tx, context.actor.userId, itemId, context.now)
    if (cleared > 0) context.emit({ type: 'liaison.unread.changed', audience: [context.actor.userId] })
    return { cleared }
  },
})

export const markAllReadImplementation = implement(markAllRead, {
  load: noTarget,
  run: async (context, { itemIds }) => {
    const cleared = await clearMarks(context.tx, context.actor.userId, itemIds)
    if (cleared > 0) context.emit({ type: 'liaison.unread.changed', audience: [context.actor.userId] })
    return { cleared }
  },
})

export const recordVisitImplementation = implement(recordVisit, {
  load: async (context, { personId }) => (personId === null ? null : loadPerson(context, personId)),
  run: async (context, { personId }) => {
    await keepVisit(context.tx, context.actor.userId, personId ?? context.actor.userId, context.now)
    return {}
  },
})

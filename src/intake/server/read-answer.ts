import { implement } from '../../platform/server/implement.ts'
import { readAnswer } from '../contract/actions.ts'
import { markRead } from './filed.sql.ts'
import { loadById } from './request-at-hand.ts'

export const readAnswerHandler = implement(readAnswer, {
  load: loadById,
  run: async ({ tx, actor, now }, { id }) => {
    await markRead(tx, id, actor.userId, now)
    return { id }
  },
})

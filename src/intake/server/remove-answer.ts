import { conflict } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { removeAnswer } from '../contract/actions.ts'
import { deleteAnswer } from './answer.sql.ts'
import { updateRequest } from './request.sql.ts'
import { holdRequest, loadParent, tell } from './request-at-hand.ts'

export const removeAnswerHandler = implement(removeAnswer, {
  load: loadParent,
  run: async (context, { sollicitationId, code }) => {
    const request = await holdRequest(context, sollicitationId)
    if (!(await deleteAnswer(context.tx, sollicitationId, code))) throw conflict('answer_unknown')
    context.note({ removed: code })
    tell(context, 'intake.sollicitation.changed', request)
    return { id: sollicitationId, version: await updateRequest(context.tx, sollicitationId, {}) }
  },
})

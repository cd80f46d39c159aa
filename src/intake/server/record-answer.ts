import { implement } from '../../platform/server/implement.ts'
import { recordAnswer } from '../contract/actions.ts'
import { giveAnswers } from './give-answers.ts'
import { updateRequest } from './request.sql.ts'
import { holdRequest, loadParent, tell } from './request-at-hand.ts'

export const recordAnswerHandler = implement(recordAnswer, {
  load: loadParent,
  run: async (context, { id, sollicitationId, answer, principal }) => {
    const request = await holdRequest(context, sollicitationId)
    const change = await giveAnswers(context, request, [{ ...answer, id }], { lead: principal })
    const version = await updateRequest(context.tx, sollicitationId, { ...change, status: request.status === 'to_qualify' ? 'in_progress' : undefined })
    context.note({ answer: answer.code })
    tell(context, 'intake.sollicitation.answered', request)
    return { id, version }
  },
})

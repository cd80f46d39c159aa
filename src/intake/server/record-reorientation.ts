import { implement } from '../../platform/server/implement.ts'
import { recordReorientation } from '../contract/actions.ts'
import { reorient } from './reorient.ts'
import { updateRequest } from './request.sql.ts'
import { holdRequest, loadParent, tell } from './request-at-hand.ts'

export const recordReorientationHandler = implement(recordReorientation, {
  load: loadParent,
  run: async (context, input) => {
    const request = await holdRequest(context, input.sollicitationId)
    const change = await reorient(context, request, { ...input, socialOutcome: null }, { lead: false })
    const version = await updateRequest(context.tx, request.id, { ...change, status: request.status === 'to_qualify' ? 'in_progress' : undefined })
    context.note({ target: input.target })
    tell(context, 'intake.sollicitation.answered', request)
    return { id: input.id, version }
  },
})

import { conflict } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { takeRequest } from '../contract/actions.ts'
import { markTaken, updateRequest } from './request.sql.ts'
import { holdRequest, loadById, recordStep } from './request-at-hand.ts'

/** Two colleagues click at once: the first has it, the second is told who. */
export const takeRequestHandler = implement(takeRequest, {
  load: loadById,
  run: async (context, { id }) => {
    const { tx, actor, now } = context
    const request = await holdRequest(context, id)
    if (request.assignedTo === actor.userId) return { id, version: request.version }
    if (request.assignedTo !== null) throw conflict('already_taken', {}, { assignedTo: request.assignedTo })
    const version = await updateRequest(tx, id, {
      assigned_to: actor.userId,
      assigned_at: now,
      status: request.status === 'to_qualify' ? 'in_progress' : undefined,
    })
    await markTaken(tx, id, now)
    await recordStep(context, 'intake.sollicitation.taken', request)
    return { id, version }
  },
})

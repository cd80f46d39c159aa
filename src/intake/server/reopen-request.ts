import { conflict } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { reopenRequest } from '../contract/actions.ts'
import { linkKnownPerson } from './link.ts'
import { updateRequest } from './request.sql.ts'
import { holdRequest, loadById, recordStep } from './request-at-hand.ts'

export const reopenRequestHandler = implement(reopenRequest, {
  load: loadById,
  run: async (context, { id, reason }) => {
    const { tx, actor, now } = context
    const request = await holdRequest(context, id, { closedToo: true })
    if (request.status !== 'closed') throw conflict('request_not_closed')
    if (request.personId !== null) await linkKnownPerson(context, request, request.personId)
    const version = await updateRequest(tx, id, { status: 'in_progress', closed_at: null, closed_by: null, assigned_to: actor.userId, assigned_at: now })
    await recordStep(context, 'intake.sollicitation.reopened', request, reason)
    return { id, version }
  },
})

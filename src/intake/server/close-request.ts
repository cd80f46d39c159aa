import { implement } from '../../platform/server/implement.ts'
import { closeRequest } from '../contract/actions.ts'
import { closing } from './close.ts'
import { updateRequest } from './request.sql.ts'
import { holdRequest, loadById, recordStep } from './request-at-hand.ts'

export const closeRequestHandler = implement(closeRequest, {
  load: loadById,
  run: async (context, { id }) => {
    const request = await holdRequest(context, id)
    const version = await updateRequest(context.tx, id, await closing(context, request))
    await recordStep(context, 'intake.sollicitation.closed', request)
    return { id, version }
  },
})

import { conflict } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { separateRequests } from '../contract/actions.ts'
import { endMerge } from './merge.sql.ts'
import { findRequest, updateRequest } from './request.sql.ts'
import { loadById, recordStep } from './request-at-hand.ts'

/** Undoes a merge: the request comes back as it was, and counts again. */
export const separateRequestsHandler = implement(separateRequests, {
  load: loadById,
  run: async (context, { id }) => {
    const request = await findRequest(context.tx, id, { lock: true })
    if (request === undefined || request.mergedInto === null) throw conflict('merge_none')
    await endMerge(context.tx, id, context.now, context.actor.userId)
    const version = await updateRequest(context.tx, id, { merged_into: null })
    await recordStep(context, 'intake.sollicitation.separated', request)
    return { id, version }
  },
})

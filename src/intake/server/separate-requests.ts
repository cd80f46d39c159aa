import { conflict } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { separateRequests } from '../contract/actions.ts'
import { endMerge } from './merge.sql.ts'
import { givePersonBack, takePersonBack } from './merge-person.ts'
import { findRequest, updateRequest } from './request.sql.ts'
import { loadById, recordStep } from './request-at-hand.ts'

/** Undoes a merge: the request comes back as it was with what it opens, and counts again. */
export const separateRequestsHandler = implement(separateRequests, {
  load: loadById,
  run: async (context, { id }) => {
    const { tx } = context
    const mergedInto = (await findRequest(tx, id))?.mergedInto ?? null
    if (mergedInto === null) throw conflict('merge_none')
    // In the order of mergeRequests.
    for (const each of [id, mergedInto].sort()) await findRequest(tx, each, { lock: true })
    const request = await findRequest(tx, id)
    const kept = await findRequest(tx, mergedInto)
    if (request === undefined || request.mergedInto !== mergedInto) throw conflict('merge_none')
    const { personMoved } = await endMerge(tx, id, context.now, context.actor.userId)
    await takePersonBack(context, request)
    if (personMoved && kept !== undefined) await givePersonBack(context, kept, request)
    const version = await updateRequest(tx, id, { merged_into: null })
    await recordStep(context, 'intake.sollicitation.separated', request)
    return { id, version }
  },
})

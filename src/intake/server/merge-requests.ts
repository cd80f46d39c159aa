import { conflict, invalid } from '../../platform/contract/errors.ts'
import { newId } from '../../platform/contract/ids.ts'
import { implement } from '../../platform/server/implement.ts'
import { mergeRequests } from '../contract/actions.ts'
import { hasMerged, insertMerge } from './merge.sql.ts'
import { handOverPerson } from './merge-person.ts'
import { updateRequest } from './request.sql.ts'
import { holdRequest, loadRequest, recordStep } from './request-at-hand.ts'

/** Two requests that were one: the second keeps its text under the first and is no longer counted (indicator 1). Reversible. */
export const mergeRequestsHandler = implement(mergeRequests, {
  load: async (context, { id, keptId }) => ({ request: await loadRequest(context, id), kept: await loadRequest(context, keptId) }),
  run: async (context, { id, keptId, reason }) => {
    const { tx, actor, now } = context
    if (id === keptId) throw invalid('merge_itself')
    // Always in the same order: two colleagues who merge A into B and B into A do not wait for each other.
    for (const each of [id, keptId].sort()) await holdRequest(context, each, { closedToo: true })
    const request = await loadRequest(context, id)
    const kept = await loadRequest(context, keptId)
    if (kept.holderOrg !== request.holderOrg) throw invalid('merge_other_dac')
    if (request.personId !== null && kept.personId !== null && request.personId !== kept.personId) throw invalid('merge_persons_differ')
    if (await hasMerged(tx, id)) throw conflict('merge_kept_others')
    const personMoved = await handOverPerson(context, request, kept)
    await insertMerge(tx, { id: newId(), sollicitationId: id, keptId, reason, personMoved, mergedAt: now, mergedBy: actor.userId })
    const version = await updateRequest(tx, id, { merged_into: keptId })
    await recordStep(context, 'intake.sollicitation.merged', request, reason)
    return { id, version }
  },
})

import { partyOf } from '../../directory/server/api.ts'
import { invalid } from '../../platform/contract/errors.ts'
import { implement, noTarget } from '../../platform/server/implement.ts'
import { markSensitiveStructure } from '../contract/access-actions.ts'
import { sensitiveStructures } from '../contract/access-queries.ts'
import { markSensitive, selectSensitiveStructures, unmarkSensitive } from './sensitive-structures.sql.ts'
import '../contract/errors.ts'

export const sensitiveStructuresHandler = implement(sensitiveStructures, {
  load: noTarget,
  run: async ({ tx }) => ({ rows: await selectSensitiveStructures(tx) }),
})

/** Marked or no longer; both are kept with their reason. */
export const markSensitiveStructureHandler = implement(markSensitiveStructure, {
  load: noTarget,
  run: async (context, { partyId, sensitive, reason }) => {
    const { tx, now, actor } = context
    if (sensitive && (await partyOf(tx, partyId as never)) === null) throw invalid('structure_unknown')
    if (sensitive) await markSensitive(tx, partyId, reason, now, actor.userId, actor.displayName)
    else await unmarkSensitive(tx, partyId, reason, now, actor.userId)
    context.emit({ type: 'persons.sensitiveStructure.changed', payload: { partyId } })
    return { partyId }
  },
})

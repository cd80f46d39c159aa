import { implement, noTarget } from '../../platform/server/implement.ts'
import { decideRetention } from '../contract/actions.ts'
import { traceRetention } from '../contract/queries.ts'
import { insertRetention, selectRetention } from './lines.sql.ts'

export const decideRetentionHandler = implement(decideRetention, {
  load: noTarget,
  run: async ({ tx, actor, note }, { id, months, justification }) => {
    await insertRetention(tx, { id, months, justification, by: actor.displayName })
    note({ months })
    return { id }
  },
})

export const readRetentionHandler = implement(traceRetention, { load: noTarget, run: async ({ tx }) => selectRetention(tx) })

import { conflict, notFound } from '../../platform/contract/errors.ts'
import { implement, noTarget } from '../../platform/server/implement.ts'
import { askInsiForMany } from '../contract/identity-actions.ts'
import { insiTurns } from '../contract/identity-queries.ts'
import { insiConnected } from './insi.sql.ts'
import { insiCallJob } from './insi-jobs.ts'
import { allSeen, countDue, insertTurn, selectTurns } from './insi-turns.sql.ts'

/** One call a file, each left to its own job: what fails for one fails for nobody else, and what is answered shows as it comes. */
export const askInsiForManyHandler = implement(askInsiForMany, {
  load: async ({ tx }, { personIds }) => {
    if (personIds !== null && !(await allSeen(tx, personIds))) throw notFound()
  },
  run: async (context, { id, operation, personIds }) => {
    const { tx, actor } = context
    if (!(await insiConnected(tx))) throw conflict('insi_not_connected')
    const calls = await insertTurn(tx, {
      id,
      operation,
      serviceId: String(actor.serviceId),
      at: context.now,
      by: actor.userId,
      byName: actor.displayName,
      personIds,
    })
    for (const { callId } of calls) await context.enqueue(insiCallJob, { callId })
    context.note({ asked: calls.length, operation })
    return { id, personIds: calls.map(({ personId }) => personId) }
  },
})

export const insiTurnsHandler = implement(insiTurns, {
  load: noTarget,
  run: async ({ tx, actor }) => {
    const serviceId = String(actor.serviceId)
    return {
      connected: await insiConnected(tx),
      due: { search: await countDue(tx, 'search', serviceId), verification: await countDue(tx, 'verification', serviceId) },
      turns: [...(await selectTurns(tx, serviceId))],
    }
  },
})

import { dayOf } from '../../platform/contract/dates.ts'
import { invalid, notFound } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { followReorientation } from '../contract/actions.ts'
import { assertCodes } from './coded.ts'
import { findReorientation, writeNews } from './orientation.sql.ts'
import { loadRequest, tell } from './request-at-hand.ts'

/** R12, on open and closed requests alike: a reorientation stays on the list until its outcome and its relevance are known. */
export const followReorientationHandler = implement(followReorientation, {
  load: async (context, { id }) => {
    const reorientation = await findReorientation(context.tx, id)
    if (reorientation === undefined) throw notFound('reorientation')
    return { reorientation, request: await loadRequest(context, reorientation.sollicitationId) }
  },
  run: async (context, input, { request }) => {
    const held = await findReorientation(context.tx, input.id, { lock: true })
    if (held === undefined) throw notFound('reorientation')
    await assertCodes(context.tx, [
      ['intake.reorientation_outcome', input.outcome],
      ['intake.reorientation_relevance', input.relevance],
    ])
    const pending = input.outcome === 'pending'
    const followUpOn = pending ? input.followUpOn : null
    if (pending && followUpOn === null) throw invalid('reorientation_pending')
    if (followUpOn !== null && followUpOn < dayOf(context.now, context.timeZone)) throw invalid('reorientation_follow_up_past')
    const version = await writeNews(context.tx, input.id, {
      outcome: input.outcome,
      outcomeAt: pending ? null : context.now,
      relevance: pending ? held.relevance : input.relevance,
      note: input.note,
      followUpOn,
      reminded: pending,
    })
    context.note({ outcome: input.outcome, relevance: input.relevance })
    tell(context, 'intake.reorientation.followed', request)
    return { id: input.id, version }
  },
})

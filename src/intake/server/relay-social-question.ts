import { implement } from '../../platform/server/implement.ts'
import { relaySocialQuestion } from '../contract/actions.ts'
import { closing } from './close.ts'
import { upsertFindings } from './orientation.sql.ts'
import { reorient } from './reorient.ts'
import { updateRequest } from './request.sql.ts'
import { holdRequest, loadParent, recordStep } from './request-at-hand.ts'

/** R10: the relay is named and followed, the finding is kept, and the request is closed: the DAC does not continue its intervention. */
export const relaySocialQuestionHandler = implement(relaySocialQuestion, {
  load: loadParent,
  run: async (context, { outcome, ...input }) => {
    const request = await holdRequest(context, input.sollicitationId)
    await upsertFindings(context.tx, request.id, [{ check: 'exclusively_social', finding: 'yes', note: null }], context.now, context.actor.userId)
    const answered = await reorient(context, request, { ...input, socialOutcome: outcome }, { lead: true })
    const version = await updateRequest(context.tx, request.id, { ...answered, ...(await closing(context, request)) })
    context.note({ target: input.target, outcome })
    await recordStep(context, 'intake.sollicitation.closed', request)
    return { id: input.id, version }
  },
})

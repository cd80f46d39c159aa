import { implement } from '../../platform/server/implement.ts'
import { enlistForTriage } from '../contract/triage.ts'
import { updateRequest } from './request.sql.ts'
import { assertNotBlocked, holdRequest, loadById, recordStep } from './request-at-hand.ts'

export const enlistForTriageHandler = implement(enlistForTriage, {
  load: loadById,
  run: async (context, { id, proposal }) => {
    const request = await holdRequest(context, id)
    assertNotBlocked('take_charge', request)
    const version = await updateRequest(context.tx, id, {
      status: 'triage',
      triage_since: request.status === 'triage' ? undefined : context.now,
      triage_proposal: proposal ?? undefined,
    })
    await recordStep(context, 'intake.triage.enlisted', request)
    return { id, version }
  },
})

import { conflict } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { withdrawFromTriage } from '../contract/triage.ts'
import { updateRequest } from './request.sql.ts'
import { holdRequest, loadById, recordStep } from './request-at-hand.ts'

export const withdrawFromTriageHandler = implement(withdrawFromTriage, {
  load: loadById,
  run: async (context, { id }) => {
    const request = await holdRequest(context, id)
    if (request.status !== 'triage') throw conflict('triage_not_listed')
    const version = await updateRequest(context.tx, id, { status: 'in_progress', triage_since: null })
    await recordStep(context, 'intake.triage.withdrawn', request)
    return { id, version }
  },
})

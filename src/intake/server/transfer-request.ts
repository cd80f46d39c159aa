import { implement } from '../../platform/server/implement.ts'
import { transferRequest } from '../contract/actions.ts'
import { passOn } from './pass-on.ts'
import { holdRequest, loadById } from './request-at-hand.ts'

export const transferRequestHandler = implement(transferRequest, {
  load: loadById,
  run: async (context, { id, dacId, reason }) => {
    const request = await holdRequest(context, id)
    await passOn(context, request, dacId, reason)
    context.note({ dacId })
    return { id, dacId }
  },
})

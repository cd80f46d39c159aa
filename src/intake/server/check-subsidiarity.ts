import { implement } from '../../platform/server/implement.ts'
import { checkSubsidiarity } from '../contract/actions.ts'
import { assertCodes } from './coded.ts'
import { upsertFindings } from './orientation.sql.ts'
import { updateRequest } from './request.sql.ts'
import { holdRequest, loadParent, tell } from './request-at-hand.ts'

export const checkSubsidiarityHandler = implement(checkSubsidiarity, {
  load: loadParent,
  run: async (context, { sollicitationId, findings }) => {
    const request = await holdRequest(context, sollicitationId)
    await assertCodes(
      context.tx,
      findings.flatMap(
        ({ check, finding }) =>
          [
            ['intake.subsidiarity_check', check],
            ['intake.subsidiarity_finding', finding],
          ] as const,
      ),
    )
    await upsertFindings(context.tx, sollicitationId, findings, context.now, context.actor.userId)
    context.note({ checks: findings.map(({ check, finding }) => `${check}:${finding}`) })
    tell(context, 'intake.sollicitation.changed', request)
    return {
      id: sollicitationId,
      version: await updateRequest(context.tx, sollicitationId, { status: request.status === 'to_qualify' ? 'in_progress' : undefined }),
    }
  },
})

import { invalid } from '../../platform/contract/errors.ts'
import type { ServiceId, UserId } from '../../platform/contract/ids.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { membersOfService, userNames } from '../../territory/server/api.ts'
import { assignRequest } from '../contract/actions.ts'
import { updateRequest } from './request.sql.ts'
import { holdRequest, loadById, recordStep } from './request-at-hand.ts'

/** Refuses whoever does not handle requests in this service today. */
export async function assertColleague({ tx }: Context, service: ServiceId, userId: UserId): Promise<void> {
  const members = await membersOfService(tx, service, ['front_desk', 'referent', 'doctor', 'team_lead'])
  if (!members.some((member) => member.userId === userId)) throw invalid('colleague_unknown')
}

export const assignRequestHandler = implement(assignRequest, {
  load: loadById,
  run: async (context, { id, userId }) => {
    const request = await holdRequest(context, id)
    if (userId !== null) await assertColleague(context, request.holderOrg, userId)
    if (request.assignedTo === userId) return { id, version: request.version }
    const version = await updateRequest(context.tx, id, {
      assigned_to: userId,
      assigned_at: userId === null ? null : context.now,
      status: request.status === 'to_qualify' && userId !== null ? 'in_progress' : undefined,
    })
    const name = userId === null ? null : ((await userNames(context.tx, [userId])).get(userId) ?? null)
    await recordStep(context, 'intake.sollicitation.assigned', request, name)
    if (userId !== null) context.emit({ type: 'intake.sollicitation.givenToYou', audience: [userId], payload: { id } })
    return { id, version }
  },
})

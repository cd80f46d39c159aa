import { endSight, grantSight } from '../../persons/server/api.ts'
import { invalid } from '../../platform/contract/errors.ts'
import { newId, type ServiceId } from '../../platform/contract/ids.ts'
import type { Context } from '../../platform/server/implement.ts'
import { isDac } from './dac.sql.ts'
import { reasonOf } from './link.ts'
import { handOver, type RequestRow } from './request.sql.ts'
import { recordStep, tell } from './request-at-hand.ts'

/**
 * Hands a request over to another DAC, with the sight of the person that it gives. The DAC that gives keeps the trace (who, when, to whom) and
 * sees the person no more, unless something else binds them.
 */
export async function passOn(context: Context, request: RequestRow, dacId: ServiceId, reason: string): Promise<void> {
  if (dacId === request.holderOrg || !(await isDac(context.tx, dacId))) throw invalid('transfer_to_dac_only')
  if (request.personId !== null) {
    await grantSight(context, {
      personId: request.personId,
      partyId: dacId,
      basis: 'request',
      reason: `${reasonOf(request, context)}, transmise`,
      sourceId: request.id,
    })
    await endSight(context, { personId: request.personId, sourceId: request.id, partyId: request.holderOrg })
  }
  await recordStep(context, 'intake.sollicitation.transferred', request, reason)
  await handOver(context.tx, request.id, dacId, newId(), reason, context.actor.displayName)
  tell(context, 'intake.sollicitation.received', { ...request, holderOrg: dacId })
}

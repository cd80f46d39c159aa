import { dayOf } from '../../platform/contract/dates.ts'
import { conflict, invalid } from '../../platform/contract/errors.ts'
import { implement, noTarget } from '../../platform/server/implement.ts'
import { serviceInCharge } from '../../territory/server/api.ts'
import { submitRequest } from '../contract/actions.ts'
import { dueAtFor } from './due.ts'
import { assertCaptured, levelOf, motivesWithVolet, toldTraits } from './receive-request.ts'
import { insertMotives, insertRequest, insertText } from './request.sql.ts'
import { tell } from './request-at-hand.ts'

export const submitRequestHandler = implement(submitRequest, {
  load: noTarget,
  run: async (context, input) => {
    const { tx, actor, now } = context
    await assertCaptured(context, { ...input, channel: 'extranet' })
    const dac = await serviceInCharge(tx, input.communeCode, dayOf(now, context.timeZone))
    if (dac === null) throw invalid('no_dac_for_commune')
    const told = toldTraits(input.concerned)
    const name = [actor.displayName, actor.serviceName].filter(Boolean).join(', ').slice(0, 160)
    const number = await insertRequest(tx, {
      ...input,
      ...told,
      personId: null,
      channel: 'extranet',
      receivedAt: now,
      recordedBy: actor.userId,
      callerName: null,
      callerQuality: null,
      callerPhone: null,
      requesterName: name,
      requesterPartyId: actor.professionalId,
      requesterUserId: actor.userId,
      referredByName: null,
      referredByQuality: null,
      referredByPartyId: null,
      dueAt: await dueAtFor(context, input.urgency, now),
      cnoLevel: levelOf(told.concerns, input.requesterKind),
      holderOrg: dac.id,
    })
    if (number === undefined) throw conflict('request_already_recorded')
    await insertText(tx, input.id, input.text, true)
    await insertMotives(tx, input.id, motivesWithVolet(input.motives), true)
    tell(context, 'intake.sollicitation.received', { id: input.id, holderOrg: dac.id, requesterUserId: actor.userId, requesterPartyId: null })
    return { id: input.id, version: 1, number, dacId: dac.id }
  },
})

import { assertMayTell, recordTimelineItem } from '../../persons/server/api.ts'
import { implement } from '../../platform/server/implement.ts'
import { recordFeedback } from '../contract/actions.ts'
import { insertFeedback } from './answer.sql.ts'
import { assertCodes } from './coded.ts'
import { updateRequest } from './request.sql.ts'
import { holdRequest, loadParent, tell } from './request-at-hand.ts'

/** R13. Also on a closed request: the letter often leaves the next day. */
export const recordFeedbackHandler = implement(recordFeedback, {
  load: loadParent,
  run: async (context, { id, sollicitationId, ...input }) => {
    const { tx, actor, now } = context
    const request = await holdRequest(context, sollicitationId, { closedToo: true })
    await assertCodes(tx, [['intake.reply_channel', input.channel]])
    if (request.personId !== null) {
      const partyIds = (input.addressedTo === 'requester' ? [request.requesterPartyId, request.requesterUserId] : [request.referredByPartyId]).filter(
        (id) => id !== null,
      )
      await assertMayTell(tx, request.personId, { partyIds, name: input.recipientName }, input.text)
    }
    await insertFeedback(tx, { id, sollicitationId, ...input, givenAt: now, givenBy: actor.userId, givenByName: actor.displayName })
    if (request.personId !== null) {
      const title = input.addressedTo === 'requester' ? 'Réponse rendue au demandeur' : 'Réponse rendue à qui a orienté la personne'
      await recordTimelineItem(context, {
        personId: request.personId,
        kind: 'request',
        title,
        source: 'intake',
        sourceId: id,
        volet: 'administrative',
        protection: 'org_private',
      })
    }
    const version = await updateRequest(tx, sollicitationId, input.addressedTo === 'requester' ? { requester_waits: false } : { referrer_waits: false })
    context.note({ addressedTo: input.addressedTo, channel: input.channel })
    tell(context, 'intake.sollicitation.feedbackGiven', request)
    return { id, version }
  },
})

import { recordTimelineItem } from '../../persons/server/api.ts'
import { dayOf } from '../../platform/contract/dates.ts'
import { invalid } from '../../platform/contract/errors.ts'
import type { Context } from '../../platform/server/implement.ts'
import { valueSetLabels } from '../../territory/server/api.ts'
import { type ReorientationId, reorientationCode } from '../contract/sollicitation.ts'
import { assertCodes } from './coded.ts'
import { giveAnswers } from './give-answers.ts'
import { insertReorientation } from './orientation.sql.ts'
import type { RequestChange, RequestRow } from './request.sql.ts'
import { assertNotBlocked } from './request-at-hand.ts'

export interface ReorientationInput {
  readonly id: ReorientationId
  readonly target: string
  readonly partnerName: string
  readonly partnerPhone: string | null
  readonly partyId: string | null
  readonly note: string | null
  readonly followUpOn: string | null
  readonly socialOutcome: string | null
}

/** Writes a reorientation (R11, R12), the answer that it is, and its line in the Fil. Gives what changes on the request. */
export async function reorient(context: Context, request: RequestRow, input: ReorientationInput, { lead }: { readonly lead: boolean }): Promise<RequestChange> {
  const { tx, actor, now } = context
  assertNotBlocked('take_charge', request)
  await assertCodes(tx, [
    ['intake.reorientation_target', input.target],
    ['intake.exclusively_social_outcome', input.socialOutcome],
  ])
  if (input.followUpOn !== null && input.followUpOn < dayOf(now, context.timeZone)) throw invalid('reorientation_follow_up_past')
  await insertReorientation(tx, { ...input, sollicitationId: request.id, sentAt: now, sentBy: actor.userId, holderOrg: request.holderOrg })
  if (request.personId !== null) {
    const label = (await valueSetLabels(tx, 'intake.reorientation_target')).get(input.target) ?? 'un partenaire'
    await recordTimelineItem(context, {
      personId: request.personId,
      kind: 'reorientation',
      title: `Réorientation vers ${label}`,
      source: 'intake',
      sourceId: input.id,
      volet: 'administrative',
      protection: 'org_private',
    })
  }
  return giveAnswers(context, request, [{ code: reorientationCode, text: null, noFollowUpReason: null }], { lead, again: true })
}

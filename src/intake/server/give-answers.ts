import type { z } from 'zod'
import { invalid } from '../../platform/contract/errors.ts'
import { newId } from '../../platform/contract/ids.ts'
import type { Context } from '../../platform/server/implement.ts'
import { type AnswerId, type givenAnswer, noFollowUpCode } from '../contract/sollicitation.ts'
import { answersOf, demotePrincipal, insertAnswer, makePrincipal } from './answer.sql.ts'
import { assertCodes } from './coded.ts'
import type { RequestChange, RequestRow } from './request.sql.ts'

type Answer = z.output<typeof givenAnswer> & { readonly id?: AnswerId }

/**
 * Writes answers to a request. The first one becomes the principal answer when `lead` is set or when the request has none yet.
 * `again`: an answer already given is kept and no error (a decision that confirms what the desk had answered).
 * Gives what changes on the request: first answer, and who now waits to be told.
 */
export async function giveAnswers(
  context: Context,
  request: RequestRow,
  answers: readonly Answer[],
  { lead = false, again = false }: { readonly lead?: boolean; readonly again?: boolean } = {},
): Promise<RequestChange> {
  const { tx, actor, now } = context
  if (answers.length === 0) return {}
  const given = await answersOf(tx, request.id)
  let needsPrincipal = lead || given.length === 0
  for (const answer of answers) {
    await assertCodes(tx, [
      ['intake.answer', answer.code],
      ['intake.no_follow_up_reason', answer.noFollowUpReason],
    ])
    if (answer.code === noFollowUpCode && answer.noFollowUpReason === null) throw invalid('no_follow_up_reason_missing')
    const already = given.some(({ code }) => code === answer.code)
    if (already && !again) throw invalid('answer_twice')
    if (already) {
      if (needsPrincipal) await makePrincipal(tx, request.id, answer.code)
    } else {
      if (needsPrincipal) await demotePrincipal(tx, request.id)
      const added = await insertAnswer(tx, {
        id: answer.id ?? newId<AnswerId>(),
        sollicitationId: request.id,
        code: answer.code,
        principal: needsPrincipal,
        text: answer.text,
        noFollowUpReason: answer.code === noFollowUpCode ? answer.noFollowUpReason : null,
        givenAt: now,
        givenBy: actor.userId,
        givenByName: actor.displayName,
      })
      if (!added) throw invalid('answer_twice')
    }
    needsPrincipal = false
  }
  return {
    first_answered_at: request.firstAnsweredAt ?? now,
    requester_waits: request.requesterName !== null && request.requesterKind !== 'internal',
    referrer_waits: request.referredByName !== null,
  }
}

import { sql } from 'kysely'
import type { UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { AnswerId, SollicitationId } from '../contract/sollicitation.ts'

export interface NewAnswer {
  readonly id: AnswerId
  readonly sollicitationId: SollicitationId
  readonly code: string
  readonly principal: boolean
  readonly text: string | null
  readonly noFollowUpReason: string | null
  readonly givenAt: Date
  readonly givenBy: UserId
  readonly givenByName: string
}

export interface AnswerState {
  readonly code: string
  readonly principal: boolean
}

export async function answersOf(tx: Tx, sollicitationId: SollicitationId): Promise<readonly AnswerState[]> {
  return (
    await sql<AnswerState>`select code, principal from intake.answer where sollicitation_id = ${sollicitationId} order by principal desc, given_at, code`.execute(
      tx,
    )
  ).rows
}

/** Adds an answer; false when this code was already given for this request. */
export async function insertAnswer(tx: Tx, answer: NewAnswer): Promise<boolean> {
  const { rows } = await sql`insert into intake.answer (id, sollicitation_id, code, principal, text, no_follow_up_reason, given_at, given_by, given_by_name)
    values (${answer.id}, ${answer.sollicitationId}, ${answer.code}, ${answer.principal}, ${answer.text}, ${answer.noFollowUpReason}, ${answer.givenAt}, ${answer.givenBy},
      ${answer.givenByName}) on conflict (sollicitation_id, code) do nothing returning id`.execute(tx)
  return rows.length > 0
}

/** Leaves no principal answer: another one is about to take its place. */
export async function demotePrincipal(tx: Tx, sollicitationId: SollicitationId): Promise<void> {
  await sql`update intake.answer set principal = false where sollicitation_id = ${sollicitationId} and principal`.execute(tx)
}

/** Takes an answer back; when it was the principal one, the oldest left takes its place. False when it was not there. */
export async function deleteAnswer(tx: Tx, sollicitationId: SollicitationId, code: string): Promise<boolean> {
  const { rows } = await sql<{
    principal: boolean
  }>`delete from intake.answer where sollicitation_id = ${sollicitationId} and code = ${code} returning principal`.execute(tx)
  if (rows[0]?.principal) {
    await sql`update intake.answer set principal = true where id = (
      select id from intake.answer where sollicitation_id = ${sollicitationId} order by given_at, code limit 1)`.execute(tx)
  }
  return rows.length > 0
}

export async function makePrincipal(tx: Tx, sollicitationId: SollicitationId, code: string): Promise<void> {
  await demotePrincipal(tx, sollicitationId)
  await sql`update intake.answer set principal = true where sollicitation_id = ${sollicitationId} and code = ${code}`.execute(tx)
}

export interface NewFeedback {
  readonly id: string
  readonly sollicitationId: SollicitationId
  readonly addressedTo: 'requester' | 'referred_by'
  readonly recipientName: string
  readonly channel: string
  readonly text: string
  readonly givenAt: Date
  readonly givenBy: UserId
  readonly givenByName: string
}

export async function insertFeedback(tx: Tx, feedback: NewFeedback): Promise<void> {
  await sql`insert into intake.feedback (id, sollicitation_id, addressed_to, recipient_name, channel, text, given_at, given_by, given_by_name)
    values (${feedback.id}, ${feedback.sollicitationId}, ${feedback.addressedTo}, ${feedback.recipientName}, ${feedback.channel}, ${feedback.text}, ${feedback.givenAt},
      ${feedback.givenBy}, ${feedback.givenByName})`.execute(tx)
}

import { loadPerson } from '../../persons/server/api.ts'
import { conflict, notFound } from '../../platform/contract/errors.ts'
import type { Context } from '../../platform/server/implement.ts'
import '../contract/errors.ts'
import type { BlockId, CaseDecisionId, ConferenceId, ConferenceTarget, ParticipantId } from '../contract/conference.ts'
import { type ConferenceRow, findConference, lockParticipant, type RowOf } from './conference.sql.ts'
import { lockBlock, lockDecision } from './minutes.sql.ts'

/** A meeting as the actor sees its person; absent and invisible answer alike. */
export async function loadConference(context: Context, id: ConferenceId): Promise<ConferenceTarget> {
  const row = await findConference(context.tx, id)
  if (row === undefined) throw notFound('conference')
  const person = await loadPerson(context, row.personId)
  return { id, personId: row.personId, holderOrg: row.holderOrg, state: row.state, animatorId: row.animatorId, invitedParties: row.invitedParties, person }
}

export async function ofParticipant(context: Context, id: ParticipantId): Promise<ConferenceTarget & { readonly partyId: string | null }> {
  const participant = await lockParticipant(context.tx, id)
  if (participant === undefined) throw notFound('participant')
  return { ...(await loadConference(context, participant.conferenceId)), partyId: participant.partyId }
}

export async function ofBlock(context: Context, id: BlockId): Promise<ConferenceTarget> {
  const block = await lockBlock(context.tx, id, context.now)
  if (block === undefined) throw notFound('block')
  return loadConference(context, block.conferenceId)
}

export async function ofDecision(context: Context, id: CaseDecisionId): Promise<ConferenceTarget & { readonly partyId: string | null }> {
  const decision = await lockDecision(context.tx, id)
  if (decision === undefined || decision.removed) throw notFound('decision')
  return { ...(await loadConference(context, decision.conferenceId)), partyId: decision.partyId }
}

/** The meeting, kept for the transaction, whose words may still change. */
export async function openConference({ tx }: Context, id: ConferenceId): Promise<ConferenceRow> {
  const row = await findConference(tx, id, { lock: true })
  if (row === undefined) throw notFound('conference')
  if (row.state === 'signed') throw conflict('caseConferences.signed')
  if (row.state === 'cancelled') throw conflict('caseConferences.cancelled')
  return row
}

export const rowOf = (row: Pick<ConferenceRow, 'id' | 'personId' | 'holderOrg'>): RowOf => ({
  conferenceId: row.id,
  personId: row.personId,
  holderOrg: row.holderOrg,
})

/** Open pages of the meeting read it again. */
export function tell(context: Context, row: { readonly personId: ConferenceRow['personId'] }, id: ConferenceId, what: string): void {
  context.emit({ type: `caseConferences.conference.${what}`, personId: row.personId, volet: 'administrative', payload: { conferenceId: id } })
}

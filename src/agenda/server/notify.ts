import { samePartyAs } from '../../persons/server/api.ts'
import type { Context } from '../../platform/server/implement.ts'
import type { AppointmentRow } from './appointment.sql.ts'
import { type ParticipantRow, partiesOf } from './participant.sql.ts'

type Moment = Pick<AppointmentRow, 'id' | 'sequence'>

/** Whoever takes part and looks at nothing is to learn that she is invited, or that her hours change: who tells her follows this event. Never whoever acts. */
async function leaveTo(context: Context, parties: readonly string[], cause: string, causeId: string, rank: number): Promise<void> {
  const { tx, actor } = context
  const to = (await samePartyAs(tx, parties)).filter((id) => id !== actor.userId)
  if (to.length > 0) context.emit({ type: 'agenda.guests.toTell', volet: 'administrative', audience: [], payload: { cause, causeId, rank, to: to.join(' ') } })
}

/** Each of those who were just asked, to something still to come. */
export async function noticeInvited(context: Context, invited: readonly Pick<ParticipantRow, 'id' | 'partyId' | 'response'>[]): Promise<void> {
  for (const { id, partyId, response } of invited)
    if (partyId !== null && response === 'needs_action') await leaveTo(context, [partyId], 'agenda.invitation', id, 0)
}

/**
 * Whoever takes part in a moment that moves, is cancelled, or that she is taken from; nothing of what is over. `row` is the appointment as it was before, or
 * after: its sequence only tells one change from another, and of two changes that still wait the last alone is told.
 */
export async function noticeChanged(context: Context, row: Moment, until: Date | string, parties?: readonly string[]): Promise<void> {
  if (new Date(until) <= context.now) return
  await leaveTo(context, parties ?? (await partiesOf(context.tx, row.id)), 'agenda.change', row.id, row.sequence)
}

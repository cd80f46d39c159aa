import type { PersonId, ServiceId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { Context } from '../../platform/server/implement.ts'
import { endAccessRows, revokeWaitingInvitations } from './closing.sql.ts'
import { type CircleParty, type NamedMember, selectCircleParties, selectNamedMember } from './parties.sql.ts'
import { type CallToFollow, selectCallToFollow } from './provider-search.sql.ts'

/**
 * The accompaniment is over: every access of the circle is ended, for `reason` (a code of care_team.end_reason). Members stay named with their
 * roles. The rights themselves end with the closing (episodes.end_circle_sight). Gives how many accesses ended.
 */
export async function endCircleAccess(context: Context, personId: PersonId, reason: string): Promise<number> {
  const ended = await endAccessRows(context.tx, personId, context.now, context.actor.userId, reason)
  if (ended > 0) context.emit({ type: 'careTeam.circle.changed', personId, volet: 'administrative', payload: { personId } })
  return ended
}

/** The service accompanies no more: whom it had invited into the circle, and did not answer yet, is invited no longer. */
export async function withdrawInvitations(context: Context, personId: PersonId, holderOrg: ServiceId): Promise<void> {
  await revokeWaitingInvitations(context.tx, personId, holderOrg, context.now)
}

/** The professionals of the circle of today who have a card in the directory or an account, as the actor sees them. */
export function circleParties(tx: Tx, personId: PersonId): Promise<readonly CircleParty[]> {
  return selectCircleParties(tx, personId)
}

/** What a call to a provider leaves to do, for whoever reacts as the system: the call, and the earlier ones to the same provider for the same need. */
export function callToFollow(tx: Tx, callId: string): Promise<CallToFollow | undefined> {
  return selectCallToFollow(tx, callId)
}

/** A member as she is named, for whoever reacts as the system. */
export function namedMember(tx: Tx, memberId: string): Promise<NamedMember | undefined> {
  return selectNamedMember(tx, memberId)
}

import { type Access, allowedIf, type Verdict } from '../../platform/contract/action.ts'
import { type Actor, accompanies } from '../../platform/contract/actor.ts'
import type { ConferenceTarget } from './conference.ts'

/** The DAC that accompanies convenes, leads and signs. */
export const convenes: Access<{ readonly inCharge: boolean }, unknown> = (actor: Actor, person) =>
  allowedIf(accompanies(actor) && person.inCharge, 'Réservé aux professionnels du DAC qui accompagne la personne.')

export function leads(actor: Actor, conference: ConferenceTarget): Verdict {
  return allowedIf(
    accompanies(actor) && actor.serviceId === conference.holderOrg && conference.person.inCharge,
    'Réservé aux professionnels du DAC qui réunit la concertation.',
  )
}

/** True for whoever sits at the table by her own card or account. */
export const isInvited = (actor: Actor, conference: ConferenceTarget): boolean =>
  (actor.parties as readonly string[]).some((party) => conference.invitedParties.includes(party))

/** Around the table one brings questions and documents, and holds the pen. */
export function takesPart(actor: Actor, conference: ConferenceTarget): Verdict {
  return allowedIf(leads(actor, conference).allowed || isInvited(actor, conference), 'Réservé aux personnes invitées et au DAC qui réunit la concertation.')
}

/** One answers for oneself; the DAC notes what was said by telephone. */
export function answersForHerself(actor: Actor, target: ConferenceTarget & { readonly partyId: string | null }): Verdict {
  const hers = target.partyId !== null && (actor.parties as readonly string[]).includes(target.partyId)
  return allowedIf(hers || leads(actor, target).allowed, 'Réservé à la personne concernée et au DAC qui réunit la concertation.')
}

/** Whoever is around the person knows that the meeting takes place; what is written there follows her volets. */
export const whoeverIsAround: Access<{ readonly volets: readonly string[] }, unknown> = (_actor, person) =>
  allowedIf(person.volets.includes('administrative'), 'Les concertations de cette personne ne vous sont pas ouvertes.')

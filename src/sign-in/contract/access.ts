import { type Access, allowedIf } from '../../platform/contract/action.ts'
import { type Actor, holds } from '../../platform/contract/actor.ts'

/** How one enters a region is decided by its administration. */
export const regionalAdminOnly: Access<unknown, unknown> = (actor: Actor) => allowedIf(holds(actor, 'regional_admin'), 'Réservé à l’administration régionale.')

/** Whoever answers for a team is told of unusual openings; she sees those of her service, the regional administrator all. */
export const supervisors: Access<unknown, unknown> = (actor: Actor) =>
  allowedIf(holds(actor, 'regional_admin', 'director', 'team_lead'), 'Réservé aux directions, aux responsables d’équipe et à l’administration régionale.')

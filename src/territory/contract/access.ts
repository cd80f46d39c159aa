import { type Access, allowedIf } from '../../platform/contract/action.ts'
import { type Actor, holds } from '../../platform/contract/actor.ts'

const regional = 'Réservé à l’administration régionale.'

/** Organisations, accounts, perimeters, lists and national directories are kept by the regional administrator. */
export const regionalAdminOnly: Access<unknown, unknown> = (actor: Actor) => allowedIf(holds(actor, 'regional_admin'), regional)

/** Whoever looks after a team sees who is in it; the regional administrator sees everyone. */
export const overUsers: Access<unknown, unknown> = (actor: Actor) =>
  allowedIf(holds(actor, 'regional_admin', 'team_lead', 'director'), 'Réservé à l’administration régionale, aux responsables d’équipe et aux directions.')

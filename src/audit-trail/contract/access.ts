import { type Access, allowedIf } from '../../platform/contract/action.ts'
import { type Actor, holds } from '../../platform/contract/actor.ts'

/**
 * The traces are read by the regional administration, which stands for the data protection officer (product.md: « audit », and no file), and by a
 * direction for what her own service did. Lines name professionals, never the persons accompanied.
 */
export const readsTraces: Access<unknown, unknown> = (actor: Actor) =>
  allowedIf(
    holds(actor, 'regional_admin') || (holds(actor, 'director') && actor.serviceId !== null),
    'Réservé à l’administration régionale, et aux directions pour leur service.',
  )

/** What binds the whole region. */
export const decidesForTheRegion: Access<unknown, unknown> = (actor: Actor) =>
  allowedIf(holds(actor, 'regional_admin'), 'Réservé à l’administration régionale.')

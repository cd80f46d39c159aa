import { z } from 'zod'
import { allowedIf, type Verdict } from '../../platform/contract/action.ts'
import { type Actor, holds } from '../../platform/contract/actor.ts'
import { day } from '../../platform/contract/fields.ts'
import { idSchema, type ServiceId } from '../../platform/contract/ids.ts'

/** Whose figures, over which days (both included). A null service is the whole region. */
export const figuresScope = z
  .object({ serviceId: idSchema<ServiceId>().nullable(), from: day(), to: day() })
  .refine((scope) => scope.from <= scope.to, { error: 'La fin de la période vient avant son début.', path: ['to'] })
  .refine((scope) => Number(scope.to.slice(0, 4)) - Number(scope.from.slice(0, 4)) <= 10, { error: 'Période trop longue : dix ans au plus.', path: ['from'] })
export type FiguresScope = z.output<typeof figuresScope>

/** Those who read the whole region, never a person (product.md section 2): small cells are hidden from them. */
export function readsRegion(actor: Actor): boolean {
  return holds(actor, 'governance_member', 'regional_admin')
}

/** Direction and team leads read their own service; governance and region read all. */
export function mayReadFigures(actor: Actor, scope: { serviceId: ServiceId | null }): Verdict {
  if (readsRegion(actor)) return allowedIf(true, '')
  if (!holds(actor, 'director', 'team_lead'))
    return allowedIf(false, 'Les chiffres sont ouverts à la direction, aux responsables d’équipe et à la gouvernance.')
  return allowedIf(scope.serviceId !== null && scope.serviceId === actor.serviceId, 'Vous lisez les chiffres de votre service seulement.')
}

/** Lines behind a number: never for those who read the whole region, who see no line under five persons. */
export function mayReadLines(actor: Actor, scope: { serviceId: ServiceId | null }): Verdict {
  if (readsRegion(actor)) return allowedIf(false, 'La gouvernance et la région lisent des chiffres agrégés, jamais une ligne.')
  return mayReadFigures(actor, scope)
}

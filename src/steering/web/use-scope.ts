import type { ServiceId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useUrlFilters } from '../../platform/web/table/use-url-filters.ts'
import { today } from '../../platform/web/text/dates.ts'
import { type FiguresScope, readsRegion } from '../contract/figures.ts'
import { usualPeriods } from './period.ts'

export interface SteeringScope {
  readonly scope: FiguresScope
  readonly region: boolean
  /** Parameters of the address, to carry from the figures to their lists. */
  readonly search: Readonly<Record<string, string>>
  readonly setFilter: (name: 'from' | 'to' | 'service', value: string | null) => void
}

/** Whose figures and over which days, kept in the address: the year so far and the reader's own service unless said otherwise. */
export function useScope(): SteeringScope {
  const actor = useActor()
  const { filters, setFilter } = useUrlFilters({ from: 'day', to: 'day', service: 'id' })
  const region = readsRegion(actor)
  const usual = usualPeriods(today(), region).year
  const serviceId = region ? ((filters.service ?? null) as ServiceId | null) : actor.serviceId
  const scope = { serviceId, from: filters.from ?? usual.from, to: filters.to ?? usual.to } as FiguresScope
  return { scope, region, setFilter, search: { from: scope.from, to: scope.to, ...(region && serviceId !== null ? { service: serviceId } : {}) } }
}

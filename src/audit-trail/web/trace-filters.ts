import type { RawInputOf } from '../../platform/contract/action.ts'
import { auditManners, auditOutcomes } from '../../platform/contract/audit.ts'
import type { FilterValues } from '../../platform/web/table/use-url-filters.ts'
import { isAuditBasis, type traceLines } from '../contract/queries.ts'

/** What the address of the page holds. */
export const traceFilterKinds = {
  du: 'day',
  au: 'day',
  personne: 'id',
  qui: 'id',
  service: 'id',
  geste: 'code',
  issue: 'code',
  base: 'code',
  sortie: 'code',
  ligne: 'code',
} as const
export type TraceFilters = FilterValues<typeof traceFilterKinds>

/** What is asked of the server for these filters. */
export function traceQuery(filters: TraceFilters): RawInputOf<typeof traceLines> {
  return {
    from: filters.du ?? null,
    to: filters.au ?? null,
    personId: filters.personne ?? null,
    actorId: filters.qui ?? null,
    serviceId: filters.service ?? null,
    names: filters.geste === undefined ? [] : [filters.geste],
    outcomes: auditOutcomes.filter((one) => one === filters.issue),
    bases: filters.base !== undefined && isAuditBasis(filters.base) ? [filters.base] : [],
    manners: auditManners.filter((one) => one === filters.sortie),
  }
}

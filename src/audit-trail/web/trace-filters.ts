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
  signalement: 'id',
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
    reportId: filters.signalement ?? null,
    names: filters.geste === undefined ? [] : [filters.geste],
    outcomes: auditOutcomes.filter((one) => one === filters.issue),
    bases: filters.base !== undefined && isAuditBasis(filters.base) ? [filters.base] : [],
    manners: auditManners.filter((one) => one === filters.sortie),
  }
}

/** The number of a restricted report in what was typed or pasted, with or without « n° » and what surrounds it; null when there is none. */
export function reportNumber(text: string): string | null {
  return /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(text)?.[0].toLowerCase() ?? null
}

import { today } from '../../../platform/web/text/dates.ts'
import type { Account } from '../../contract/queries.ts'

/** True for a place of work that has not ended. */
export function runs(held: Account['memberships'][number]): boolean {
  return held.endsOn === null || held.endsOn >= today()
}

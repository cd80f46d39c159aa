import { holds } from '../../../platform/contract/actor.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useInvalidate, useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { useEvents } from '../../../platform/web/live/use-events.ts'
import { exceptionalAccesses } from '../../contract/access-queries.ts'

/** How many exceptional accesses wait for her review, live; null for whoever reviews none. The number equals the list. */
export function useToReview(): number | null {
  const reviews = holds(useActor(), 'director', 'team_lead')
  const { data } = useJalonQuery(exceptionalAccesses, { show: 'to_review' }, { enabled: reviews })
  const invalidate = useInvalidate()
  useEvents(
    reviews ? ['persons.exceptionalAccess.opened', 'persons.exceptionalAccess.closed', 'persons.exceptionalAccess.reviewed'] : [],
    () => void invalidate(exceptionalAccesses),
  )
  return reviews ? (data?.toReview ?? 0) : null
}

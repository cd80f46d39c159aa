import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useInvalidate, useJalonQuery } from '../../platform/web/api/use-query.ts'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { mayConverse } from '../contract/access.ts'
import { threads, unread } from '../contract/queries.ts'

/** Messages not read yet, as the list « Non lus » shows them; null while unknown or closed to this user. */
export function useUnreadMessages(): number | null {
  const enabled = mayConverse(useActor())
  const counts = useJalonQuery(unread, {}, { enabled })
  const invalidate = useInvalidate()
  // The head of an open conversation reads its own events: here, what a list and a counter say.
  useEvents(['conversations.*'], () => void invalidate(unread, threads))
  return enabled ? (counts.data?.messages ?? null) : null
}

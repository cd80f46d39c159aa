import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { asksFromOutside, worksAtDesk } from '../contract/access.ts'
import { filedRequests, queueCounts } from '../contract/queries.ts'

/** Requests that wait, as the queue counts them; for whoever asks from outside, her answers not read yet. Null while unknown or closed to this user. */
export function useQueueCount(): number | null {
  const actor = useActor()
  const desk = worksAtDesk(actor).allowed
  const outside = !desk && asksFromOutside(actor).allowed
  const counts = useJalonQuery(queueCounts, {}, { enabled: desk })
  const filed = useJalonQuery(filedRequests, { limit: 1 }, { enabled: outside })
  useEvents(['intake.*'])
  if (desk) return counts.data?.all ?? null
  return filed.data?.counts.unread ?? null
}

import { holds } from '../../platform/contract/actor.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useInvalidate, useJalonQuery } from '../../platform/web/api/use-query.ts'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { unreadCount } from '../contract/queries.ts'

/** News not yet opened in the files of this user; null while unknown or without files: no bell then. */
export function useUnreadCount(): number | null {
  const actor = useActor()
  const follows = holds(actor, 'referent', 'doctor', 'team_lead', 'outside_professional')
  const count = useJalonQuery(unreadCount, {}, { enabled: follows })
  const invalidate = useInvalidate()
  // Whatever enters the Fil of a person may be news; the lists themselves wait for a gesture.
  useEvents(['liaison.*', 'episodes.*', 'persons.*', 'assessments.*', 'carePlans.*', 'careTeam.*', 'intake.*'], () => void invalidate(unreadCount))
  return follows ? (count.data?.unread ?? null) : null
}

import type { ReactNode } from 'react'
import { TeamPage } from '../../../episodes/web/TeamPage.tsx'
import { teamAlerts } from '../../../liaison/contract/queries.ts'
import { AlertList } from '../../../liaison/web/AlertList.tsx'
import { accompanies } from '../../../platform/contract/actor.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useInvalidate, useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { Card } from '../../../platform/web/layout/Columns.tsx'
import { useEvents } from '../../../platform/web/live/use-events.ts'

/** « Équipe »: the load, and above it the alerts that nobody has settled; the direction, who sees no file, has the load alone. */
export function TeamRoute(): ReactNode {
  const seesFiles = accompanies(useActor())
  const alerts = useJalonQuery(teamAlerts, {}, { enabled: seesFiles })
  const invalidate = useInvalidate()
  useEvents(['liaison.alert.raised', 'liaison.alert.taken', 'liaison.alert.settled'], () => void invalidate(teamAlerts))
  const rows = alerts.data?.rows ?? []
  return (
    <TeamPage
      alerts={
        rows.length === 0 ? undefined : (
          <div style={{ padding: 'var(--s-4)' }}>
            <Card title="Alertes de l’équipe" flush badge={<StatusPill tone="solid">{String(rows.length)}</StatusPill>}>
              <AlertList alerts={rows} showReferent />
            </Card>
          </div>
        )
      }
    />
  )
}

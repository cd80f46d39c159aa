import { IconKey } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { TeamPage } from '../../../episodes/web/TeamPage.tsx'
import { teamAlerts } from '../../../liaison/contract/queries.ts'
import { AlertList } from '../../../liaison/web/AlertList.tsx'
import { leftBehind } from '../../../offline/contract/queries.ts'
import { LeftBehind } from '../../../offline/web/LeftBehind.tsx'
import { useToReview } from '../../../persons/web/exceptional/use-to-review.ts'
import { accompanies, holds } from '../../../platform/contract/actor.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useInvalidate, useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { Card } from '../../../platform/web/layout/Columns.tsx'
import { useEvents } from '../../../platform/web/live/use-events.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { openingAlerts } from '../../../sign-in/contract/queries.ts'
import { OpeningAlerts } from '../../../sign-in/web/OpeningAlerts.tsx'

/** « Équipe »: the load, and above it the alerts that nobody has settled; the direction, who sees no file, has the load alone. */
export function TeamRoute(): ReactNode {
  const seesFiles = accompanies(useActor())
  const alerts = useJalonQuery(teamAlerts, {}, { enabled: seesFiles })
  const invalidate = useInvalidate()
  useEvents(
    ['liaison.alert.raised', 'liaison.alert.climbed', 'liaison.alert.taken', 'liaison.alert.settled', 'liaison.alert.withdrawn'],
    () => void invalidate(teamAlerts),
  )
  useEvents(['signIn.openingAlert.raised', 'signIn.openingAlert.reviewed'], () => void invalidate(openingAlerts))
  const rows = alerts.data?.rows ?? []
  const toReview = useToReview()
  const actor = useActor()
  const openings = useJalonQuery(openingAlerts, { open: true }, { enabled: holds(actor, 'director', 'team_lead') })
  const bulk = (openings.data?.rows.length ?? 0) > 0
  const left = useJalonQuery(leftBehind, {}, { enabled: holds(actor, 'director', 'team_lead') })
  const waits = (left.data?.rows.length ?? 0) > 0
  return (
    <TeamPage
      alerts={
        !seesFiles && !toReview && !bulk && !waits ? undefined : (
          <div className="stack stack--3" style={{ padding: 'var(--s-4)' }}>
            {bulk ? <OpeningAlerts /> : null}
            {waits ? <LeftBehind /> : null}
            {toReview ? (
              <Notice tone="warning" icon={IconKey}>
                <b>{plural(toReview, 'accès exceptionnel à relire', 'accès exceptionnels à relire')}.</b> De l’un des vôtres, ou sur une personne que vous
                accompagnez. <Link to="/equipe/acces-exceptionnels">Relire</Link>
              </Notice>
            ) : null}
            {seesFiles ? (
              <Card
                title="Alertes de l’équipe"
                flush
                badge={rows.length === 0 ? null : <StatusPill tone="solid">{String(rows.length)}</StatusPill>}
                end={
                  <span className="row wrap linkrow">
                    <Link to="/equipe/alertes">Règles d’alerte</Link>
                    <Link to="/equipe/sequences">Séquences critiques</Link>
                    <Link to="/equipe/relances">Relances et charge</Link>
                  </span>
                }
              >
                {rows.length === 0 ? <p className="in-card mut">Aucune alerte en attente.</p> : <AlertList alerts={rows} showReferent />}
              </Card>
            ) : null}
          </div>
        )
      }
    />
  )
}

import { IconAlertTriangle, IconHandGrab } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { AlertLine } from '../../../liaison/contract/queries.ts'
import type { CarriedFile } from '../../../offline/contract/queries.ts'
import { writeHere } from '../../../offline/web/outbox-here.ts'
import { accompanies } from '../../../platform/contract/actor.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { Card } from '../../../platform/web/layout/Columns.tsx'
import { formatWhen } from '../../../platform/web/text/dates.ts'
import { formatCivilName } from '../../../platform/web/text/names.ts'
import { useOffline } from './use-offline.ts'

/** Alerts that nobody has settled, as the tour took them. « Je m’en charge » is kept here; if a colleague was faster, it is said, and the alert stays hers. */
export function BedsideAlerts({ file }: { readonly file: CarriedFile }): ReactNode {
  const actor = useActor()
  const { waiting, lostAt } = useOffline()
  if (file.alerts.length === 0) return null
  const person = { personId: file.personId as string, name: formatCivilName(file.header.person) }
  const mine = (alert: AlertLine): boolean =>
    waiting.some(({ state, told }) => state === 'waiting' && told?.action === 'liaison.alert.take' && told.input['id'] === alert.id)
  const take = (alert: AlertLine): void => void writeHere({ action: 'liaison.alert.take', input: { id: alert.id }, title: alert.title, person })
  return (
    <Card title="Alertes ouvertes" badge={<StatusPill tone="alert">{String(file.alerts.length)}</StatusPill>}>
      <ul className="lines">
        {file.alerts.map((alert) => (
          <li key={alert.id}>
            <div className="row sp wrap">
              <b>
                <Ic of={alert.state === 'taken' || mine(alert) ? IconHandGrab : IconAlertTriangle} size="s" /> {alert.title}
              </b>
              {alert.state !== 'to_take' || mine(alert) || !accompanies(actor) || actor.serviceId !== alert.holderOrg ? null : (
                <Button small onClick={() => take(alert)}>
                  Je m’en charge
                </Button>
              )}
            </div>
            {alert.summary === null ? null : <p className="tour__words">{alert.summary}</p>}
            <div className="small mut">
              Signalée par {alert.raisedByName}, {formatWhen(alert.raisedAt)}
              {alert.state === 'taken'
                ? ` · ${alert.takenById === actor.userId ? 'vous vous en chargez' : `${alert.takenByName ?? 'un collègue'} s’en charge`}`
                : ''}
            </div>
            {mine(alert) ? (
              <p className="small t-warning" role="status">
                {lostAt === null
                  ? 'En cours d’envoi.'
                  : 'Gardé ici\u00a0: vos collègues ne le savent pas encore. Si l’un d’eux s’en charge avant, cela vous sera dit.'}
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </Card>
  )
}

import './liaison.css'
import { IconAlertTriangle, IconHandGrab, IconHospital } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { OutputOf } from '../../platform/contract/action.ts'
import { dayOf } from '../../platform/contract/dates.ts'
import { useAction } from '../../platform/web/api/use-action.ts'
import { ActionButton } from '../../platform/web/display/ActionButton.tsx'
import { Button } from '../../platform/web/display/Button.tsx'
import { Ic, type Icon } from '../../platform/web/display/Ic.tsx'
import { displayZone, formatHour, formatWhen, today } from '../../platform/web/text/dates.ts'
import { formatCivilName } from '../../platform/web/text/names.ts'
import { takeAlert } from '../contract/actions.ts'
import type { dayNews } from '../contract/queries.ts'
import { MuteForm } from './MuteForm.tsx'
import { SettleForm } from './SettleForm.tsx'

type Alert = OutputOf<typeof dayNews>['alerts'][number]

/** Alerts to take, then those that I took: « Je m’en charge » is one gesture, « Traité » says what was done. */
export function AlertList(props: { readonly alerts: readonly Alert[]; readonly showReferent?: boolean | undefined }): ReactNode {
  return (
    <ul className="lines lines--card" aria-label="Alertes">
      {props.alerts.map((alert) => (
        <AlertItem key={alert.id} alert={alert} showReferent={props.showReferent} />
      ))}
    </ul>
  )
}

const hospital = ['hospital_admission', 'hospital_discharge', 'emergency_visit']

function iconOf(event: string | null): Icon {
  return event !== null && hospital.includes(event) ? IconHospital : IconAlertTriangle
}

/** Why it is with me, when it is not because I follow the file. */
function routeWords(alert: Alert): string {
  if (alert.state !== 'to_take') return ''
  if (alert.escalation > 0) return ' · personne ne l’a prise à temps, elle va plus loin'
  if (alert.routedBecause === 'binome' || alert.routedBecause === 'substitute') return ' · son référent est absent'
  return alert.routedBecause === 'team' ? ' · son référent est absent, personne ne le remplace' : ''
}

function AlertItem(props: { readonly alert: Alert; readonly showReferent?: boolean | undefined }): ReactNode {
  const { alert } = props
  const take = useAction(takeAlert, alert)
  const [settling, setSettling] = useState(false)
  const [muting, setMuting] = useState(false)
  const taken = alert.state === 'taken'
  const by = [alert.raisedByName, alert.raisedByFunction].filter(Boolean).join(', ')
  return (
    <li className={taken ? 'alertrow alertrow--taken' : 'alertrow'}>
      <Ic of={taken ? IconHandGrab : iconOf(alert.event)} />
      <div style={{ minWidth: 0 }}>
        <div>
          <Link to="/personnes/$personId" params={{ personId: alert.personId } as never}>
            <b>{formatCivilName(alert.person)}</b>
          </Link>{' '}
          · {alert.title}
        </div>
        <div className="small mut cut">
          {taken ? `${alert.takenByName ?? ''} s’en charge · ` : ''}Signalé par {by}, {raisedWhen(alert.raisedAt)}
          {props.showReferent && alert.referentName ? ` · suivi par ${alert.referentName}` : ''}
          {routeWords(alert)}
          {alert.summary ? ` · ${alert.summary}` : ''}
        </div>
      </div>
      {taken ? (
        settling || muting ? null : (
          <span className="row act">
            {alert.rule === null ? null : (
              <Button small quiet onClick={() => setMuting(true)}>
                Sourdine…
              </Button>
            )}
            <Button small onClick={() => setSettling(true)}>
              Traité…
            </Button>
          </span>
        )
      ) : (
        <ActionButton action={take} input={{ id: alert.id }} small>
          Je m’en charge
        </ActionButton>
      )}
      {settling ? (
        <div className="alertrow__more">
          <SettleForm alert={alert} onDone={() => setSettling(false)} />
        </div>
      ) : null}
      {muting && alert.rule !== null ? (
        <div className="alertrow__more">
          <MuteForm alert={alert} ruleTitle={alert.rule.title} onDone={() => setMuting(false)} />
        </div>
      ) : null}
    </li>
  )
}

/** « à 7 h 50 » today, else « hier 18 h 12 ». */
function raisedWhen(at: string): string {
  return dayOf(at, displayZone()) === today() ? `à ${formatHour(at)}` : formatWhen(at)
}

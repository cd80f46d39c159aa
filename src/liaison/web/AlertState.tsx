import { IconAlertTriangle, IconCircleCheck, IconHandGrab } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../platform/web/api/use-action.ts'
import { ActionButton } from '../../platform/web/display/ActionButton.tsx'
import { Button } from '../../platform/web/display/Button.tsx'
import { Notice } from '../../platform/web/display/Notice.tsx'
import { formatWhen } from '../../platform/web/text/dates.ts'
import { capital } from '../../platform/web/text/typography.ts'
import { takeAlert } from '../contract/actions.ts'
import type { AlertLine } from '../contract/queries.ts'
import { SettleForm } from './SettleForm.tsx'

/** The rule of the region that makes an alert of « Demande une réponse rapide ». */
const quickAnswer = '01930000-0000-7000-8000-000000000001'

/** Where a flagged note stands: to take, taken by whom, or settled and what was done. */
export function AlertState(props: {
  /** Names the alert, where it does not stand under its note. */
  readonly titled?: boolean | undefined
  readonly alert: AlertLine & { readonly settledByName?: string | null; readonly settledAt?: string | null; readonly outcome?: string | null }
}): ReactNode {
  const { alert } = props
  const actor = useActor()
  const take = useAction(takeAlert, alert)
  const [settling, setSettling] = useState(false)
  if (alert.state === 'settled') {
    return (
      <Notice tone="success" icon={IconCircleCheck}>
        <b>Traité{alert.settledByName ? ` par ${alert.settledByName}` : ''}</b>
        {alert.settledAt ? `, ${formatWhen(alert.settledAt)}` : ''}. {alert.outcome}
      </Notice>
    )
  }
  const words =
    alert.state === 'to_take'
      ? alert.rule === null || alert.rule.id === quickAnswer
        ? 'demande une réponse rapide'
        : 'à prendre'
      : alert.takenById === actor.userId
        ? 'vous vous en chargez'
        : `${alert.takenByName ?? 'un collègue'} s’en charge`
  return (
    <Notice tone={alert.state === 'to_take' ? 'alert' : 'info'} icon={alert.state === 'to_take' ? IconAlertTriangle : IconHandGrab}>
      <div className={props.titled ? 'row sp alertstate' : 'row wrap sp'}>
        <span className="grow">
          {props.titled ? <b>{alert.title}</b> : null}
          {props.titled ? <span className="alertstate__words"> · {words}</span> : capital(words)}
        </span>
        <span className="row">
          {alert.state === 'to_take' && take.allowed ? (
            <ActionButton action={take} input={{ id: alert.id }} small>
              Je m’en charge
            </ActionButton>
          ) : null}
          {take.allowed && !settling ? (
            <Button small icon={IconCircleCheck} onClick={() => setSettling(true)}>
              Traité…
            </Button>
          ) : null}
        </span>
      </div>
      {settling ? <SettleForm alert={alert} onDone={() => setSettling(false)} /> : null}
    </Notice>
  )
}

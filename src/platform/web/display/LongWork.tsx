import { IconAlertTriangle, IconBan, IconCircleCheck, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { formatNumber } from '../text/numbers.ts'
import { plural, typo } from '../text/typography.ts'
import { Button } from './Button.tsx'
import { Ic, type Icon } from './Ic.tsx'
import { JalonPole } from './JalonPole.tsx'
import { type PillTone, StatusPill } from './StatusPill.tsx'

export type WorkState = 'running' | 'suspended' | 'done' | 'cancelled' | 'failed'

const states: Record<WorkState, { readonly word: string; readonly tone: PillTone; readonly icon: Icon }> = {
  running: { word: 'En cours', tone: 'accent', icon: IconPlayerPlay },
  suspended: { word: 'Suspendu', tone: 'neutral', icon: IconPlayerPause },
  done: { word: 'Terminé', tone: 'success', icon: IconCircleCheck },
  cancelled: { word: 'Annulé', tone: 'neutral', icon: IconBan },
  failed: { word: 'Arrêté', tone: 'alert', icon: IconAlertTriangle },
}

export interface LongWorkProps {
  readonly title: string
  readonly state: WorkState
  readonly done: number
  /** Null when the total is not known yet. */
  readonly total: number | null
  /** « lignes », « lettres »: what is counted, in the plural. */
  readonly unit?: string | undefined
  readonly timeLeft?: string | undefined
  readonly rejected?: number | undefined
  /** Link that opens the report of rejected lines. */
  readonly report?: ReactNode
  /** Why it stopped. */
  readonly failure?: string | undefined
  readonly onSuspend?: (() => void) | undefined
  readonly onResume?: (() => void) | undefined
  readonly onCancel?: (() => void) | undefined
}

/** A work that goes on by itself: the page can be closed. */
export function LongWork(props: LongWorkProps): ReactNode {
  const { word, tone, icon } = states[props.state]
  const share = props.total ? Math.min(1, props.done / props.total) : 0
  const live = props.state === 'running' || props.state === 'suspended'
  return (
    <section className="card" aria-label={props.title}>
      <header>
        <h3>{typo(props.title)}</h3>
        <StatusPill tone={tone} icon={icon}>
          {word}
        </StatusPill>
        {props.timeLeft && props.state === 'running' ? <span className="end small mut">{typo(props.timeLeft)}</span> : null}
      </header>
      <div className="in-card stack">
        <div
          role="progressbar"
          aria-label={props.title}
          aria-valuemin={0}
          aria-valuemax={100}
          {...(props.total ? { 'aria-valuenow': Math.round(share * 100) } : {})}
        >
          <JalonPole across bands={share * 5} tone={props.state === 'failed' ? 'late' : 'calm'} />
        </div>
        <div className="row sp small mut">
          <span>
            {formatNumber(props.done)} {props.unit ?? 'lignes'}
            {props.total ? ` sur ${formatNumber(props.total)}` : ''}
          </span>
          {live ? <span>vous pouvez fermer cette page</span> : null}
        </div>
        {props.failure ? <p className="small t-alert">{props.failure}</p> : null}
        <div className="row">
          {props.rejected ? (
            <span className="t-warning small semi">
              <Ic of={IconAlertTriangle} size="s" /> {plural(props.rejected, 'ligne rejetée', 'lignes rejetées')}
            </span>
          ) : null}
          <span className="small">{props.report}</span>
          <span className="end row">
            {props.state === 'running' && props.onSuspend ? (
              <Button small icon={IconPlayerPause} onClick={props.onSuspend}>
                Suspendre
              </Button>
            ) : null}
            {props.state === 'suspended' && props.onResume ? (
              <Button small icon={IconPlayerPlay} onClick={props.onResume}>
                Reprendre
              </Button>
            ) : null}
            {live && props.onCancel ? (
              <Button small onClick={props.onCancel}>
                Annuler
              </Button>
            ) : null}
          </span>
        </div>
      </div>
    </section>
  )
}

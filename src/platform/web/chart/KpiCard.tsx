import './chart.css'
import { IconTable } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Button } from '../display/Button.tsx'

export interface KpiCardProps {
  /** « 2. Qui nous sollicite » */
  readonly title: string
  /** The number, already written in French. It opens its list. */
  readonly figure: string
  /** Makes the figure a link or a button: `(figure) => <Link …>{figure}</Link>`. A figure without a list shows as text. */
  readonly open?: ((figure: ReactNode) => ReactNode) | undefined
  /** « des hôpitaux, 33,9 % » */
  readonly unit: string
  /** « + 8,9 % »: difference with the reference period. */
  readonly change?: string | undefined
  /** The change is good news, not only a change. */
  readonly good?: boolean | undefined
  /** Shows the table twin of the chart. */
  readonly onTable?: (() => void) | undefined
  readonly selected?: boolean | undefined
  readonly children?: ReactNode
}

/** An indicator: its number opens its list, its table button opens the twin of its chart. */
export function KpiCard(props: KpiCardProps): ReactNode {
  const figure = <span className="vh">, ouvrir la liste</span>
  return (
    <article className={props.selected ? 'kpi is-on' : 'kpi'} aria-label={props.title}>
      <div className="kpi__top">
        <h2>{props.title}</h2>
        {props.onTable ? (
          <Button quiet icon={IconTable} iconOnly label={`${props.title}\u00a0: voir en tableau`} pressed={props.selected ?? false} onClick={props.onTable} />
        ) : null}
      </div>
      <div className="fig">
        {props.open ? (
          props.open(
            <span className="fig__n">
              {props.figure}
              {figure}
            </span>,
          )
        ) : (
          <span className="fig__n">{props.figure}</span>
        )}
        <span>{props.unit}</span>
        {props.change ? <span className={`end small semi nw fig__change${props.good ? ' fig__change--good' : ''}`}>{props.change}</span> : null}
      </div>
      {props.children}
    </article>
  )
}

import './Notice.css'
import { IconAlertTriangle, IconCircleCheck, IconEyeOff, IconHourglass, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { plural, typo } from '../text/typography.ts'
import { Ic, type Icon } from './Ic.tsx'

export type NoticeTone = 'neutral' | 'alert' | 'warning' | 'info' | 'success'

const icons: Record<NoticeTone, Icon> = {
  neutral: IconInfoCircle,
  alert: IconAlertTriangle,
  warning: IconHourglass,
  info: IconInfoCircle,
  success: IconCircleCheck,
}

/** Something true that the screen must say. `live` reads it aloud when it appears. */
export function Notice(props: {
  readonly tone?: NoticeTone | undefined
  readonly icon?: Icon | undefined
  readonly live?: boolean | undefined
  readonly children: ReactNode
}): ReactNode {
  const tone = props.tone ?? 'neutral'
  return (
    <div className={tone === 'neutral' ? 'notice' : `notice notice--${tone}`} role={props.live ? (tone === 'alert' ? 'alert' : 'status') : undefined}>
      <Ic of={props.icon ?? icons[tone]} size="s" />
      <div className="grow">{props.children}</div>
    </div>
  )
}

/** What is not shown, why, and the way to ask. Its count is never added to the counter of a list or of a tab. */
export function HiddenNotice(props: {
  /** Absent when even the number would say too much. */
  readonly count?: number | undefined
  /** Why, since when, by whose wish. */
  readonly reason: ReactNode
  /** The way on: a link or a button « Demander l’accès ». */
  readonly askTo?: ReactNode
}): ReactNode {
  const many = (props.count ?? 2) >= 2
  return (
    <div className="notice notice--hidden">
      <Ic of={IconEyeOff} size="s" />
      <span>
        <b>
          {props.count === undefined
            ? 'Des éléments ne vous sont pas montrés.'
            : `${plural(props.count, 'élément')} ne vous ${many ? 'sont pas montrés' : 'est pas montré'}.`}
        </b>{' '}
        {props.reason} {props.askTo}
      </span>
    </div>
  )
}

/** The same, one sentence for each reason: « 3 éléments du volet santé ne vous sont pas ouverts : … ». Nothing where nothing is hidden. */
export function HiddenLines(props: { readonly lines: readonly string[]; readonly askTo?: ReactNode }): ReactNode {
  if (props.lines.length === 0) return null
  return (
    <div className="notice notice--hidden">
      <Ic of={IconEyeOff} size="s" />
      <div>
        {props.lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
        {props.askTo}
      </div>
    </div>
  )
}

/** Nothing here: what is true, and what to do next. */
export function EmptyState(props: { readonly icon: Icon; readonly title: string; readonly children?: ReactNode; readonly action?: ReactNode }): ReactNode {
  return (
    <div className="empty">
      <Ic of={props.icon} />
      <p className="empty__title">{typo(props.title)}</p>
      {props.children ? <p className="small">{props.children}</p> : null}
      {props.action}
    </div>
  )
}

/** « 3 nouveautés » above a list that must not jump while one reads it. */
export function NewsBar(props: { readonly count: number; readonly onShow: () => void }): ReactNode {
  if (props.count === 0) return <div role="status" />
  return (
    <div role="status">
      <button type="button" className="news" onClick={props.onShow}>
        {plural(props.count, 'nouveauté')}, afficher
      </button>
    </div>
  )
}

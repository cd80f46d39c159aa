import './Timeline.css'
import type { ReactNode } from 'react'
import { VoletChip, type VoletKind, VoletShape } from './Volet.tsx'

/** The fil: an ordered list of FilItem. */
export function Timeline(props: { readonly children: ReactNode; readonly label?: string | undefined }): ReactNode {
  return (
    <ol className="fil" aria-label={props.label}>
      {props.children}
    </ol>
  )
}

export interface FilItemProps {
  readonly volet: VoletKind
  readonly title: ReactNode
  /** « hier 18 h 12 · Thomas Noël, infirmier · carnet de liaison »: when, author and function, source. */
  readonly meta: ReactNode
  /** Cleared by opening the item, never by scrolling. */
  readonly unread?: boolean | undefined
  readonly onOpen?: (() => void) | undefined
  readonly children?: ReactNode
}

/** One item of the fil: what, when, by whom, from where, in which volet. */
export function FilItem(props: FilItemProps): ReactNode {
  const hint = props.unread ? <span className="vh"> (nouveau)</span> : null
  return (
    <li className={props.volet === 'private' ? 'prive' : undefined}>
      <VoletShape volet={props.volet} />
      <div style={{ minWidth: 0 }}>
        <div className="head">
          <h3 className="cut">
            {props.onOpen ? (
              <button type="button" className="linklike" onClick={props.onOpen}>
                {props.title}
                {hint}
              </button>
            ) : (
              <>
                {props.title}
                {hint}
              </>
            )}
          </h3>
          {props.unread ? <span className="unread" /> : null}
          <VoletChip volet={props.volet} />
        </div>
        <div className="meta">{props.meta}</div>
        {props.children ? <div className="text">{props.children}</div> : null}
      </div>
    </li>
  )
}

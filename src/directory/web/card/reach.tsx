import type { ReactNode } from 'react'
import type { OutputOf } from '../../../platform/contract/action.ts'
import { Ic, type Icon } from '../../../platform/web/display/Ic.tsx'
import type { directoryCard } from '../../contract/queries.ts'

export type Card = OutputOf<typeof directoryCard>

/** A telephone or a courriel that opens the user's own tool. */
export function Reach(props: { readonly icon: Icon; readonly href: string; readonly text: string }): ReactNode {
  return (
    <span className="row" style={{ gap: 6 }}>
      <Ic of={props.icon} size="s" />
      <a className="semi" href={props.href}>
        {props.text}
      </a>
    </span>
  )
}

import './administration.css'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

/** A line of a side list that opens something of the same page: its place is in the address. */
export function Pick(props: {
  readonly on: boolean
  readonly search: Readonly<Record<string, string | undefined>>
  readonly title: ReactNode
  readonly end?: ReactNode
}): ReactNode {
  return (
    <Link
      to="."
      replace
      search={((old: Record<string, unknown>) => ({ ...old, ...props.search })) as never}
      className={props.on ? 'adminpick is-on' : 'adminpick'}
      aria-current={props.on ? 'true' : undefined}
    >
      <span className="grow">{props.title}</span>
      {props.end ? <span className="small dim nw">{props.end}</span> : null}
    </Link>
  )
}

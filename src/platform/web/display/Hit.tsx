import './Hit.css'
import type { ReactNode } from 'react'
import { initials } from '../text/names.ts'

/** A card of the right column: what was recognised. `best` has the accent border, `dashed` is only a possibility. */
export function Hit(props: {
  readonly best?: boolean | undefined
  readonly dashed?: boolean | undefined
  readonly label?: string | undefined
  readonly children: ReactNode
}): ReactNode {
  return (
    <article className={`hit${props.best ? ' hit--on' : ''}${props.dashed ? ' hit--dash' : ''}`} aria-label={props.label}>
      {props.children}
    </article>
  )
}

/** The initials of somebody of the staff. Never of a person who is followed. */
export function Avatar(props: { readonly name: string; readonly small?: boolean | undefined }): ReactNode {
  return (
    <span className={props.small ? 'av av--s' : 'av'} aria-hidden="true">
      {initials(props.name)}
    </span>
  )
}

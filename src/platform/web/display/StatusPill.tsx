import './StatusPill.css'
import { IconCheck, IconPlus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Ic, type Icon } from './Ic.tsx'

export type PillTone = 'neutral' | 'alert' | 'warning' | 'success' | 'info' | 'accent' | 'solid' | 'draft'

/** A state in one or two words. A tint only where the state asks for something; a refusal of the person is her right, so neutral. */
export function StatusPill(props: { readonly tone?: PillTone | undefined; readonly icon?: Icon | undefined; readonly children: ReactNode }): ReactNode {
  const tone = props.tone && props.tone !== 'neutral' ? ` pill--${props.tone}` : ''
  return (
    <span className={`pill${tone}`}>
      {props.icon ? <Ic of={props.icon} /> : null}
      {props.children}
    </span>
  )
}

/** What the system understood, inside a field or below it. `ok` when it was checked. */
export function Token(props: { readonly ok?: boolean | undefined; readonly children: ReactNode }): ReactNode {
  return (
    <span className={props.ok ? 'tok tok--ok' : 'tok'}>
      {props.ok ? <Ic of={IconCheck} size="s" /> : null}
      {props.children}
    </span>
  )
}

/** A proposal that one takes or takes back: dashed with a plus, then green with a tick. */
export function TokenChoice(props: { readonly on: boolean; readonly onChange: (on: boolean) => void; readonly children: ReactNode }): ReactNode {
  return (
    <button type="button" className={props.on ? 'tok tok--ok' : 'tok tok--add'} aria-pressed={props.on} onClick={() => props.onChange(!props.on)}>
      <Ic of={props.on ? IconCheck : IconPlus} size="s" />
      {props.children}
    </button>
  )
}

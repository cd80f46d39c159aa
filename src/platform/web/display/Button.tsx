import './Button.css'
import { Link, type LinkProps } from '@tanstack/react-router'
import type { MouseEventHandler, ReactNode, Ref } from 'react'
import { Ic, type Icon } from './Ic.tsx'
import { Keys } from './Keys.tsx'

export interface ButtonLook {
  /** The next gesture: one filled button per screen. */
  readonly main?: boolean | undefined
  readonly small?: boolean | undefined
  readonly quiet?: boolean | undefined
  readonly alert?: boolean | undefined
  readonly icon?: Icon | undefined
  /** Shows the icon alone; `label` is then what readers say. */
  readonly iconOnly?: boolean | undefined
  readonly label?: string | undefined
  /** 'Ctrl+Enter', 'N': drawn only; bind it with `useKey`. */
  readonly keys?: string | undefined
  readonly className?: string | undefined
  readonly children?: ReactNode
}

export interface ButtonProps extends ButtonLook {
  readonly onClick?: MouseEventHandler<HTMLButtonElement> | undefined
  readonly type?: 'button' | 'submit' | undefined
  readonly disabled?: boolean | undefined
  /** Keeps the button reachable and readable while it does nothing: the reason stands beside it. */
  readonly blocked?: boolean | undefined
  readonly describedBy?: string | undefined
  readonly pressed?: boolean | undefined
  readonly expanded?: boolean | undefined
  readonly form?: string | undefined
  readonly ref?: Ref<HTMLButtonElement> | undefined
}

/** A verb. Outlined by default, 34 px; 28 when `small`; 44 on a phone. */
export function Button(props: ButtonProps): ReactNode {
  const { onClick, type = 'button', disabled, blocked, describedBy, pressed, expanded, form, ref } = props
  return (
    <button
      ref={ref}
      type={type}
      className={lookOf(props)}
      onClick={blocked ? (event) => event.preventDefault() : onClick}
      disabled={disabled}
      form={form}
      aria-disabled={blocked || undefined}
      aria-describedby={describedBy}
      aria-pressed={pressed}
      aria-expanded={expanded}
      aria-label={props.label}
    >
      <Inside {...props} />
    </button>
  )
}

/** A place that looks like a button: `to` is a route of the router. */
export function ButtonLink(props: ButtonLook & Pick<LinkProps, 'to' | 'params' | 'search' | 'target'>): ReactNode {
  const { to, params, search, target } = props
  return (
    <Link {...({ to, params, search, target } as LinkProps)} className={lookOf(props)} aria-label={props.label}>
      <Inside {...props} />
    </Link>
  )
}

function Inside({ icon, iconOnly, small, keys, children }: ButtonLook): ReactNode {
  return (
    <>
      {icon ? <Ic of={icon} size={small && !iconOnly ? 's' : 'm'} /> : null}
      {iconOnly ? null : children}
      {keys && !iconOnly ? <Keys k={keys} /> : null}
    </>
  )
}

function lookOf({ main, small, quiet, alert, iconOnly, className }: ButtonLook): string {
  return ['btn', main && 'btn--main', small && 'btn--s', quiet && 'btn--quiet', alert && 'btn--alert', iconOnly && 'btn--icon', className]
    .filter(Boolean)
    .join(' ')
}

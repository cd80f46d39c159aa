import './toast.css'
import { IconAlertTriangle, IconCircleCheck, IconWifiOff, IconX } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { newId } from '../../contract/ids.ts'
import { createSignal, useSignal } from '../api/signal.ts'
import { typo } from '../text/typography.ts'
import { Ic } from './Ic.tsx'

export interface Toast {
  /** One line, past tense: « Note partagée avec 4 personnes. » */
  readonly text: string
  /** Takes it back; shown as « Annuler ». */
  readonly undo?: (() => void) | undefined
  readonly tone?: 'done' | 'warning' | 'network' | undefined
}

const shown = createSignal<readonly (Toast & { readonly id: string })[]>([])

/** Says that something was done. Never for an error that asks for a gesture: that one stays where the gesture is. */
export function toast(message: Toast): void {
  shown.set([...shown.get().slice(-2), { ...message, id: newId() }])
}

function dismiss(id: string): void {
  shown.set(shown.get().filter((one) => one.id !== id))
}

const icons = { done: IconCircleCheck, warning: IconAlertTriangle, network: IconWifiOff }
const seconds = 6

/** Bottom centre, 6 s, stays while hovered or focused. Mounted once by the shell. */
export function Toasts(): ReactNode {
  const toasts = useSignal(shown)
  return (
    <div className="toasts" aria-live="polite">
      {toasts.map((one) => (
        <ToastLine key={one.id} toast={one} onEnd={() => dismiss(one.id)} />
      ))}
    </div>
  )
}

/** The line itself, also shown in the gallery. */
export function ToastLine(props: { readonly toast: Toast; readonly onEnd?: (() => void) | undefined }): ReactNode {
  const { onEnd } = props
  const [held, setHeld] = useState(false)
  const end = useRef(onEnd)
  end.current = onEnd
  useEffect(() => {
    if (held || !end.current) return
    const timer = setTimeout(() => end.current?.(), seconds * 1000)
    return () => clearTimeout(timer)
  }, [held])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering only holds the message; nothing is lost without it.
    <div
      className={props.toast.tone && props.toast.tone !== 'done' ? 'toast toast--warning' : 'toast'}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Ic of={icons[props.toast.tone ?? 'done']} />
      <span className="grow">{typo(props.toast.text)}</span>
      {props.toast.undo ? (
        <button
          type="button"
          className="linklike small"
          onClick={() => {
            props.toast.undo?.()
            onEnd?.()
          }}
        >
          Annuler
        </button>
      ) : null}
      {onEnd ? (
        <button type="button" className="linklike" aria-label="Fermer le message" onClick={onEnd}>
          <Ic of={IconX} size="s" />
        </button>
      ) : null}
    </div>
  )
}

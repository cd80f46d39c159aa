import './form.css'
import { type ReactNode, useId } from 'react'
import { Ic, type Icon } from '../display/Ic.tsx'
import { Keys } from '../display/Keys.tsx'
import { useKey } from '../shell/keys.ts'
import { FieldFrame, type FieldLook, type FieldProps } from './FieldFrame.tsx'

export interface Choice<Value extends string> {
  readonly value: Value
  readonly label: ReactNode
  readonly icon?: Icon | undefined
}

export interface SegmentedProps<Value extends string> extends Omit<FieldProps<Value>, 'value'> {
  readonly value: Value | null | undefined
  readonly options: readonly Choice<Value>[]
  /** 1, 2, 3… choose (while not typing), and Alt 1, Alt 2… from a field. At the desk only. */
  readonly digits?: boolean | undefined
  /** The first key of the desk: taller, filled. */
  readonly large?: boolean | undefined
  readonly inline?: boolean | undefined
  readonly disabled?: boolean | undefined
  readonly label: string
}

/** Up to five exclusive answers; ← → move. Nothing is chosen until someone chooses. Under its label: SegmentedChoice. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>): ReactNode {
  const name = useId()
  return (
    <div
      className={`seg${props.large ? ' seg--l' : ''}${props.inline ? ' seg--inline' : ''}`}
      role="radiogroup"
      aria-label={props.label}
      aria-disabled={props.disabled || undefined}
    >
      {props.options.map((option, index) => (
        <label key={option.value} className={option.value === props.value ? 'on' : undefined}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === props.value}
            disabled={props.disabled}
            onChange={() => props.onChange(option.value)}
          />
          {props.digits ? <Digit index={index} label={props.label} onPress={() => props.onChange(option.value)} /> : null}
          {option.icon ? <Ic of={option.icon} size="s" /> : null}
          {option.label}
        </label>
      ))}
    </div>
  )
}

function Digit(props: { readonly index: number; readonly label: string; readonly onPress: () => void }): ReactNode {
  const key = String(props.index + 1)
  useKey(key, props.onPress, `${props.label}, réponse ${key}`)
  useKey(`Alt+${key}`, props.onPress, `${props.label}, réponse ${key}, depuis un champ`)
  return <Keys k={key} />
}

/** The same as a field of a form. */
export function SegmentedChoice<Value extends string>(props: SegmentedProps<Value> & FieldLook): ReactNode {
  return (
    <FieldFrame {...props} group>
      {() => <Segmented {...props} />}
    </FieldFrame>
  )
}

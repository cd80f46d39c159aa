import './form.css'
import { IconCheck, IconCircleCheck } from '@tabler/icons-react'
import { type ReactNode, useId } from 'react'
import { Ic } from '../display/Ic.tsx'
import { FieldFrame, type FieldLook, type FieldProps } from './FieldFrame.tsx'

export interface CardChoice<Value extends string> {
  readonly value: Value
  readonly title: ReactNode
  readonly detail?: ReactNode
  /** A VoletShape, an icon. */
  readonly mark?: ReactNode
  /** The hatched material of what the DAC keeps to itself. */
  readonly prive?: boolean | undefined
}

/** Exclusive answers that need a sentence each; 44 px, for a thumb. */
export function ChoiceCards<Value extends string>(
  props: Omit<FieldProps<Value>, 'value'> & FieldLook & { readonly value: Value | null | undefined; readonly options: readonly CardChoice<Value>[] },
): ReactNode {
  const name = useId()
  return (
    <FieldFrame span={12} {...props} group>
      {() => (
        <div className="choices">
          {props.options.map((option) => {
            const on = option.value === props.value
            return (
              <label key={option.value} className={`choice${on ? ' on' : ''}${option.prive ? ' prive' : ''}`}>
                <input type="radio" name={name} checked={on} onChange={() => props.onChange(option.value)} />
                {option.mark}
                <span className="grow">
                  <b>{option.title}</b>
                  {option.detail ? <small>{option.detail}</small> : null}
                </span>
                {on ? <Ic of={IconCircleCheck} /> : null}
              </label>
            )
          })}
        </div>
      )}
    </FieldFrame>
  )
}

/** A yes that must be given: never ticked in advance. */
export function CheckField(
  props: Omit<FieldProps<boolean>, 'value'> & {
    readonly value: boolean | null | undefined
    readonly label: ReactNode
    readonly detail?: ReactNode
    readonly span?: number | undefined
    readonly disabled?: boolean | undefined
  },
): ReactNode {
  const id = useId()
  const on = props.value === true
  return (
    <div className="f" style={{ '--span': props.span ?? 12 } as React.CSSProperties}>
      <label className="check">
        <input
          type="checkbox"
          name={props.name}
          checked={on}
          disabled={props.disabled}
          onChange={(event) => props.onChange(event.currentTarget.checked)}
          aria-describedby={props.error ? id : undefined}
          aria-invalid={props.error ? true : undefined}
        />
        <span className={on ? 'box on' : 'box'} aria-hidden="true">
          <Ic of={IconCheck} />
        </span>
        <span>
          {props.label}
          {props.detail ? (
            <span className="small mut" style={{ display: 'block' }}>
              {props.detail}
            </span>
          ) : null}
        </span>
      </label>
      {props.error ? (
        <span className="err" id={id}>
          {props.error}
        </span>
      ) : null}
    </div>
  )
}

export interface FacetOption {
  readonly value: string
  readonly label: string
  readonly count?: number | undefined
}

/** Filters of a side column: several may be on. */
export function Facets(props: {
  readonly label: string
  readonly options: readonly FacetOption[]
  readonly value: readonly string[]
  readonly onChange: (value: string[]) => void
}): ReactNode {
  return (
    <fieldset className="plain">
      <legend className="vh">{props.label}</legend>
      {props.options.map((option) => {
        const on = props.value.includes(option.value)
        return (
          <label key={option.value} className="facet">
            <input
              type="checkbox"
              checked={on}
              onChange={() => props.onChange(on ? props.value.filter((one) => one !== option.value) : [...props.value, option.value])}
            />
            <span className={on ? 'box on' : 'box'} aria-hidden="true">
              <Ic of={IconCheck} />
            </span>
            {option.label}
            {option.count === undefined ? null : <span className="n">{option.count}</span>}
          </label>
        )
      })}
    </fieldset>
  )
}

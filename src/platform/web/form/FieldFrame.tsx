import './form.css'
import { IconAlertTriangle } from '@tabler/icons-react'
import { type CSSProperties, type ReactNode, useId } from 'react'
import { Ic } from '../display/Ic.tsx'
import { typo } from '../text/typography.ts'

/** What a form hands to a field: `{...form.field('phone')}`. */
export interface FieldProps<Value> {
  readonly name?: string | undefined
  readonly value: Value
  readonly onChange: (value: Value) => void
  readonly onBlur?: (() => void) | undefined
  readonly error?: string | undefined
}

export interface FieldLook {
  readonly label: string
  /** Writes « facultatif » beside the label; fields are otherwise asked for, without an asterisk. */
  readonly optional?: boolean | undefined
  /** Beside the label: « sera tenu informé ». */
  readonly hint?: ReactNode
  /** Below the field: « Les espaces se mettent seuls. » */
  readonly help?: ReactNode
  /** Columns out of 12; 6 by default, the whole row on a phone. */
  readonly span?: number | undefined
  /** Label for readers only, where the place says it. */
  readonly bare?: boolean | undefined
  readonly disabled?: boolean | undefined
  readonly autoFocus?: boolean | undefined
}

/** What a control needs to be tied to its label, its help and its error. */
export interface ControlBinding {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
}

/** Label above, control, then the error with what was understood and kept, or the help. */
export function FieldFrame(
  props: FieldLook & { readonly error?: string | undefined; readonly group?: boolean | undefined; readonly children: (control: ControlBinding) => ReactNode },
): ReactNode {
  const id = useId()
  const described = props.error ? `${id}-e` : props.help ? `${id}-h` : undefined
  const style = { '--span': props.span ?? 6 } as CSSProperties
  const label = (
    <>
      {typo(props.label)} {props.optional ? <span className="opt">facultatif</span> : null} {props.hint ? <span className="opt">{props.hint}</span> : null}
    </>
  )
  const inside = (
    <>
      {props.children({ id, 'aria-describedby': described, 'aria-invalid': props.error ? true : undefined })}
      {props.error ? (
        <span className="err" id={`${id}-e`}>
          <Ic of={IconAlertTriangle} size="s" />
          {props.error}
        </span>
      ) : props.help ? (
        <span className="help" id={`${id}-h`}>
          {props.help}
        </span>
      ) : null}
    </>
  )
  if (props.group) {
    return (
      <fieldset className="f" style={style} aria-describedby={described}>
        <legend className={props.bare ? 'vh' : 'lab'}>{label}</legend>
        {inside}
      </fieldset>
    )
  }
  return (
    <div className="f" style={style}>
      <label htmlFor={id} className={props.bare ? 'vh' : undefined}>
        {label}
      </label>
      {inside}
    </div>
  )
}

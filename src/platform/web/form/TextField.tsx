import type { ReactNode, Ref } from 'react'
import { Ic, type Icon } from '../display/Ic.tsx'
import { FieldFrame, type FieldLook, type FieldProps } from './FieldFrame.tsx'

type TextValue = string | null | undefined

export interface TextFieldProps extends FieldLook, Omit<FieldProps<string>, 'value'> {
  readonly value: TextValue
  /** At the right, inside: what was understood, a Token. */
  readonly inside?: ReactNode
  readonly icon?: Icon | undefined
  readonly placeholder?: string | undefined
  readonly inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email' | 'search' | undefined
  readonly maxLength?: number | undefined
  readonly ref?: Ref<HTMLInputElement> | undefined
}

/** One line of text. */
export function TextField(props: TextFieldProps): ReactNode {
  return (
    <FieldFrame {...props}>
      {(control) => (
        <span className={props.error ? 'in in--err' : 'in'} aria-disabled={props.disabled || undefined}>
          {props.icon ? <Ic of={props.icon} size="s" /> : null}
          <input
            {...control}
            ref={props.ref}
            className="bare"
            name={props.name}
            value={props.value ?? ''}
            onChange={(event) => props.onChange(event.currentTarget.value)}
            onBlur={props.onBlur}
            placeholder={props.placeholder}
            inputMode={props.inputMode}
            maxLength={props.maxLength}
            disabled={props.disabled}
            autoComplete="off"
            // biome-ignore lint/a11y/noAutofocus: the desk types at once; only the first field of a screen asks for it.
            autoFocus={props.autoFocus}
            data-autofocus={props.autoFocus || undefined}
          />
          {props.inside}
        </span>
      )}
    </FieldFrame>
  )
}

export interface AreaFieldProps extends FieldLook, Omit<FieldProps<string>, 'value'> {
  readonly value: TextValue
  readonly rows?: number | undefined
  readonly placeholder?: string | undefined
  /** Under the text: tokens proposed from what is typed. */
  readonly below?: ReactNode
}

/** Several lines of text; takes the whole row. */
export function AreaField(props: AreaFieldProps): ReactNode {
  return (
    <FieldFrame span={12} {...props}>
      {(control) => (
        <>
          <textarea
            {...control}
            className={props.error ? 'in in--err' : 'in'}
            name={props.name}
            rows={props.rows ?? 3}
            value={props.value ?? ''}
            onChange={(event) => props.onChange(event.currentTarget.value)}
            onBlur={props.onBlur}
            placeholder={props.placeholder}
            disabled={props.disabled}
            // biome-ignore lint/a11y/noAutofocus: as for TextField.
            autoFocus={props.autoFocus}
            data-autofocus={props.autoFocus || undefined}
          />
          {props.below ? (
            <div className="row wrap" style={{ gap: 6 }}>
              {props.below}
            </div>
          ) : null}
        </>
      )}
    </FieldFrame>
  )
}

import type { ReactNode } from 'react'
import { FieldFrame, type FieldLook, type FieldProps } from './FieldFrame.tsx'

export interface SelectOption {
  readonly value: string
  readonly label: string
  readonly group?: string | undefined
}

/** One answer of a list of more than five. Longer lists are a ComboField. */
export function SelectField(
  props: Omit<FieldProps<string>, 'value'> &
    FieldLook & { readonly value: string | null | undefined; readonly options: readonly SelectOption[]; readonly placeholder?: string | undefined },
): ReactNode {
  const groups = [...new Set(props.options.map((option) => option.group))]
  return (
    <FieldFrame {...props}>
      {(control) => (
        <select
          {...control}
          className={props.error ? 'in in--err' : 'in'}
          name={props.name}
          value={props.value ?? ''}
          disabled={props.disabled}
          onChange={(event) => props.onChange(event.currentTarget.value)}
          onBlur={props.onBlur}
        >
          <option value="">{props.placeholder ?? 'À choisir'}</option>
          {groups.map((group) => {
            const options = props.options
              .filter((option) => option.group === group)
              .map((option) => (
                <option key={option.value} value={option.value}>
                  {option.label}
                </option>
              ))
            return group ? (
              <optgroup key={group} label={group}>
                {options}
              </optgroup>
            ) : (
              options
            )
          })}
        </select>
      )}
    </FieldFrame>
  )
}

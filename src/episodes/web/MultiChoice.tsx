import './episodes.css'
import type { ReactNode } from 'react'

export interface MultiOption {
  readonly value: string
  readonly label: string
  readonly definition?: string | null | undefined
}

/** Several answers of a short list, in two columns. */
export function MultiChoice(props: {
  readonly label: string
  readonly options: readonly MultiOption[]
  readonly value: readonly string[]
  readonly onChange: (value: string[]) => void
  readonly error?: string | undefined
}): ReactNode {
  return (
    <fieldset className="f" style={{ gridColumn: '1 / -1' }}>
      <legend className="lab">{props.label}</legend>
      <div className="checks">
        {props.options.map((option) => {
          const on = props.value.includes(option.value)
          return (
            <label key={option.value} title={option.definition ?? undefined}>
              <input
                type="checkbox"
                checked={on}
                onChange={() => props.onChange(on ? props.value.filter((one) => one !== option.value) : [...props.value, option.value])}
              />
              {option.label}
            </label>
          )
        })}
      </div>
      {props.error ? <span className="err">{props.error}</span> : null}
    </fieldset>
  )
}

import type { ReactNode } from 'react'
import { CheckField } from '../../platform/web/form/ChoiceCards.tsx'
import { useValueList } from '../../platform/web/lists/value-lists.tsx'

/** The forms of maltreatment that the facts show; several may. */
export function KindChoice(props: {
  readonly value: readonly string[]
  readonly onChange: (value: string[]) => void
  readonly error?: string | undefined
}): ReactNode {
  const kinds = useValueList('safeguarding.maltreatment')
  return (
    <fieldset className="f kinds" style={{ gridColumn: '1 / -1' }}>
      <legend className="lab">Forme</legend>
      <div className="kinds__grid">
        {kinds.values.map((one) => (
          <CheckField
            key={one.code}
            value={props.value.includes(one.code)}
            onChange={(on) => props.onChange(on ? [...props.value, one.code] : props.value.filter((code) => code !== one.code))}
            label={one.label}
            detail={one.definition ?? undefined}
          />
        ))}
      </div>
      {props.error ? (
        <span className="err" role="alert">
          {props.error}
        </span>
      ) : null}
    </fieldset>
  )
}

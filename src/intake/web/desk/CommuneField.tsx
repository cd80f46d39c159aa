import type { ReactNode } from 'react'
import { callQuery } from '../../../platform/web/api/client.ts'
import { ComboField } from '../../../platform/web/form/ComboField.tsx'
import { useCombo } from '../../../platform/web/form/use-combo.ts'
import { type CommuneHit, communeLabel } from '../../../territory/contract/commune.ts'
import { communes } from '../../../territory/contract/queries.ts'

/** A commune by its name, its former name or its postal code; the hit says which DAC covers it. */
export function CommuneField(props: {
  readonly label?: string
  readonly span: number
  readonly value: string
  readonly error?: string | undefined
  readonly hint?: ReactNode
  readonly inside?: ReactNode
  readonly onType: (text: string) => void
  readonly onPick: (hit: CommuneHit) => void
}): ReactNode {
  const combo = useCombo<CommuneHit>({
    keyOf: (hit) => hit.code,
    search: async (text, signal) => (await callQuery(communes, { text, limit: 8 }, signal)).rows,
    onPick: props.onPick,
  })
  return (
    <ComboField
      label={props.label ?? 'Commune'}
      span={props.span}
      hint={props.hint}
      combo={combo}
      value={props.value}
      onChange={props.onType}
      error={props.error}
      inside={props.inside}
      option={(hit) => (
        <span className="row sp">
          <span>
            {communeLabel(hit)}
            {hit.formerName ? <span className="small dim"> autrefois {hit.formerName}</span> : null}
          </span>
          <span className="small mut cut">{hit.dac?.name ?? 'aucun DAC enregistré'}</span>
        </span>
      )}
    />
  )
}

import type { ReactNode } from 'react'
import { type DirectoryHit, hitDetail } from '../../directory/contract/hit.ts'
import { searchDirectory } from '../../directory/contract/queries.ts'
import { callQuery } from '../../platform/web/api/client.ts'
import { ComboField } from '../../platform/web/form/ComboField.tsx'
import { useCombo } from '../../platform/web/form/use-combo.ts'

export interface Establishment {
  readonly establishmentId: string
  readonly establishmentName: string
}

/** A hospital looked for in the directory; what is typed stays when nothing is picked. */
export function EstablishmentField(props: {
  readonly value: string
  readonly error: string | undefined
  readonly autoFocus?: boolean | undefined
  readonly onChange: (next: Establishment) => void
}): ReactNode {
  const combo = useCombo<DirectoryHit>({
    minLength: 3,
    keyOf: (hit) => hit.partyId,
    search: async (text, signal) => {
      const found = (await callQuery(searchDirectory, { text, limit: 20 }, signal)).rows.filter(({ kind }) => kind !== 'professional')
      return found.toSorted((a, b) => Number(b.facet === 'hospital') - Number(a.facet === 'hospital')).slice(0, 6)
    },
    onPick: (hit) => props.onChange({ establishmentId: hit.partyId, establishmentName: hit.label }),
  })
  return (
    <ComboField
      combo={{ ...combo, open: combo.open && combo.hits.length > 0 }}
      value={props.value}
      onChange={(establishmentName) => props.onChange({ establishmentId: '', establishmentName })}
      error={props.error}
      label="Établissement"
      span={12}
      autoFocus={props.autoFocus}
      option={(hit) => (
        <>
          <b>{hit.label}</b> <span className="small mut">{hitDetail(hit)}</span>
        </>
      )}
    />
  )
}

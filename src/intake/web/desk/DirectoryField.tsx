import type { ReactNode } from 'react'
import { type DirectoryHit, hitDetail } from '../../../directory/contract/hit.ts'
import { searchDirectory } from '../../../directory/contract/queries.ts'
import { callQuery } from '../../../platform/web/api/client.ts'
import { ComboField } from '../../../platform/web/form/ComboField.tsx'
import { useCombo } from '../../../platform/web/form/use-combo.ts'
import { isCivilName } from '../../contract/caller.ts'

/** A name, looked for in the directory while it is typed; what is typed stays if nobody is picked. Madame and Monsieur are not looked for. */
export function DirectoryField(props: {
  readonly label: string
  readonly hint?: ReactNode
  readonly optional?: boolean
  readonly span: number
  readonly value: string
  readonly near: string | null
  readonly error?: string | undefined
  readonly inside?: ReactNode
  readonly placeholder?: string
  readonly autoFocus?: boolean
  readonly onType: (text: string) => void
  readonly onPick: (hit: DirectoryHit) => void
}): ReactNode {
  const combo = useCombo<DirectoryHit>({
    minLength: 3,
    keyOf: (hit) => hit.partyId,
    search: async (text, signal) => {
      if (isCivilName(text) || text.includes(',')) return []
      return (await callQuery(searchDirectory, { text: text.replace(/^(dre?|docteur)\.?\s+/i, ''), near: props.near, limit: 6 }, signal)).rows
    },
    onPick: props.onPick,
  })
  const open = combo.open && combo.hits.length > 0
  return (
    <ComboField
      label={props.label}
      hint={props.hint}
      optional={props.optional}
      span={props.span}
      combo={{ ...combo, open }}
      value={props.value}
      onChange={props.onType}
      error={props.error}
      inside={props.inside}
      placeholder={props.placeholder}
      autoFocus={props.autoFocus}
      option={(hit) => (
        <>
          <b>{hit.label}</b>
          <span className="small mut" style={{ display: 'block' }}>
            {hitDetail(hit)}
          </span>
        </>
      )}
    />
  )
}

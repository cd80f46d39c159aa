import { type ReactNode, useState } from 'react'
import type { ServiceKind } from '../../platform/contract/actor.ts'
import { callQuery } from '../../platform/web/api/client.ts'
import { ComboField } from '../../platform/web/form/ComboField.tsx'
import type { FieldLook, FieldProps } from '../../platform/web/form/FieldFrame.tsx'
import { useCombo } from '../../platform/web/form/use-combo.ts'
import { legalPersons, services } from '../contract/queries.ts'
import { serviceKindShortLabels } from '../contract/territory-value-sets.ts'

interface Choice {
  readonly id: string
  readonly name: string
  readonly detail: string
}

type ChoiceFieldProps = FieldLook &
  Omit<FieldProps<string>, 'value'> & { readonly value: string | null | undefined; readonly shown?: string | null | undefined }

/** A thing of the administration by its name: typed, proposed, taken by ↵. The value is its id. */
function ChoiceField(
  props: ChoiceFieldProps & {
    readonly search: (text: string, signal: AbortSignal) => Promise<readonly Choice[]>
    readonly onPick?: ((choice: Choice) => void) | undefined
  },
): ReactNode {
  const { value, shown, search, onPick, ...look } = props
  const [typed, setTyped] = useState<string | null>(null)
  const [picked, setPicked] = useState<Choice | null>(null)
  const combo = useCombo<Choice>({
    search,
    keyOf: (one) => one.id,
    onPick: (one) => {
      setPicked(one)
      setTyped(null)
      look.onChange(one.id)
      onPick?.(one)
    },
  })
  return (
    <ComboField
      {...look}
      combo={combo}
      value={typed ?? (value ? (picked?.id === value ? picked.name : (shown ?? '')) : '')}
      onChange={(text) => {
        setTyped(text)
        if (value) look.onChange('')
      }}
      option={(one) => (
        <>
          {one.name} <span className="small mut">{one.detail}</span>
        </>
      )}
    />
  )
}

export function LegalPersonField(props: ChoiceFieldProps): ReactNode {
  return (
    <ChoiceField
      {...props}
      search={async (text, signal) =>
        (await callQuery(legalPersons, { text, limit: 8 }, signal)).rows.map((row) => ({ id: row.id, name: row.name, detail: row.siren ?? '' }))
      }
    />
  )
}

export function ServiceField(props: ChoiceFieldProps & { readonly onPickKind?: ((kind: ServiceKind) => void) | undefined }): ReactNode {
  const [kinds, setKinds] = useState<ReadonlyMap<string, ServiceKind>>(new Map())
  return (
    <ChoiceField
      {...props}
      search={async (text, signal) => {
        const { rows } = await callQuery(services, { text, limit: 8 }, signal)
        setKinds(new Map(rows.map((row) => [row.id, row.kind])))
        return rows.map((row) => ({ id: row.id, name: row.name, detail: [serviceKindShortLabels[row.kind], row.communeName].filter(Boolean).join(', ') }))
      }}
      onPick={(choice) => {
        const kind = kinds.get(choice.id)
        if (kind) props.onPickKind?.(kind)
      }}
    />
  )
}

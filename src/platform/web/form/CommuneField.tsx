import { createContext, type ReactNode, useContext, useState } from 'react'
import { Token } from '../display/StatusPill.tsx'
import { ComboField } from './ComboField.tsx'
import type { FieldLook, FieldProps } from './FieldFrame.tsx'
import { useCombo } from './use-combo.ts'

/** A commune as it is proposed: « Le Thillot (88160) », and the DAC in charge of it. */
export interface CommuneOption {
  /** INSEE code. */
  readonly code: string
  readonly label: string
  readonly detail?: string | null | undefined
  readonly dac?: { readonly id: string; readonly name: string } | null | undefined
}

export type CommuneSearch = (text: string, signal: AbortSignal) => Promise<readonly CommuneOption[]>

const CommuneSearchContext = createContext<CommuneSearch>(async () => [])

/** Filled once by the application, which knows who holds the official geographic code. */
export function CommuneSearchProvider(props: { readonly search: CommuneSearch; readonly children: ReactNode }): ReactNode {
  return <CommuneSearchContext value={props.search}>{props.children}</CommuneSearchContext>
}

export interface CommuneFieldProps extends FieldLook, Omit<FieldProps<string>, 'value'> {
  /** INSEE code; '' or null when none. */
  readonly value: string | null | undefined
  /** How the commune that is already there reads: « Le Thillot (88) ». */
  readonly shown?: string | null | undefined
  readonly onPick?: ((commune: CommuneOption) => void) | undefined
  /** Writes « notre DAC » or the name of another one inside. */
  readonly ownServiceId?: string | null | undefined
}

/** A commune by its name, a former name, a postal code: typed, proposed, taken by ↵. The value is its INSEE code. */
export function CommuneField({ value, shown, onPick, ownServiceId, ...props }: CommuneFieldProps): ReactNode {
  const search = useContext(CommuneSearchContext)
  const [typed, setTyped] = useState<string | null>(null)
  const [picked, setPicked] = useState<CommuneOption | null>(null)
  const combo = useCombo<CommuneOption>({
    search,
    keyOf: (one) => one.code,
    onPick: (one) => {
      setPicked(one)
      setTyped(null)
      props.onChange(one.code)
      onPick?.(one)
    },
  })
  const current = picked && picked.code === value ? picked : null
  const dac = current?.dac
  return (
    <ComboField
      {...props}
      combo={combo}
      value={typed ?? (value ? (current?.label ?? shown ?? value) : '')}
      onChange={(text) => {
        setTyped(text)
        if (value) props.onChange('')
      }}
      option={(one) => (
        <>
          {one.label}
          {one.detail ? <span className="small mut"> {one.detail}</span> : null}
        </>
      )}
      inside={dac ? <Token ok={dac.id === ownServiceId}>{dac.id === ownServiceId ? 'notre DAC' : dac.name}</Token> : null}
    />
  )
}

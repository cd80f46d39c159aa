import { type ReactNode, useState } from 'react'
import { callQuery } from '../../../platform/web/api/client.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { ComboField } from '../../../platform/web/form/ComboField.tsx'
import type { FieldLook, FieldProps } from '../../../platform/web/form/FieldFrame.tsx'
import { useCombo } from '../../../platform/web/form/use-combo.ts'
import { typo } from '../../../platform/web/text/typography.ts'
import { type BirthPlace, birthPlaceDetail, birthPlaces } from '../../../territory/contract/birth-places.ts'

export interface BirthPlaceFieldProps extends FieldLook, Omit<FieldProps<string>, 'value'> {
  /** Code of the commune or the country as it was on that day; '' when unknown. */
  readonly value: string | null | undefined
  /** How the place that is already there reads. */
  readonly shown?: string | null | undefined
  /** The day of birth: only what existed then is proposed. */
  readonly day?: string | null | undefined
  readonly onPick?: ((place: BirthPlace) => void) | undefined
}

/** A birthplace by its name of then or of now, or by its code: typed, proposed as it stood on the day of birth, taken by ↵. */
export function BirthPlaceField({ value, shown, day, onPick, ...props }: BirthPlaceFieldProps): ReactNode {
  const [typed, setTyped] = useState<string | null>(null)
  const [picked, setPicked] = useState<BirthPlace | null>(null)
  const [notThen, setNotThen] = useState<string | null>(null)
  const known = day === '' ? null : (day ?? null)
  const combo = useCombo<BirthPlace>({
    search: async (text, signal) => {
      const found = await callQuery(birthPlaces, { text, day: known, limit: 8 }, signal)
      setNotThen(found.notThen)
      return found.rows
    },
    keyOf: (one) => one.code,
    onPick: (one) => {
      setPicked(one)
      setTyped(null)
      setNotThen(null)
      props.onChange(one.code)
      onPick?.(one)
    },
  })
  const current = picked && picked.code === value ? picked : null
  // A code that came otherwise than by this field (a DataMatrix) is written by its name.
  const unnamed = value && current === null && !shown ? value : null
  const named = useJalonQuery(birthPlaces, { text: unnamed ?? '', day: known, limit: 1 }, { enabled: unnamed !== null })
  const name = current?.name ?? shown ?? (unnamed === null ? null : named.data?.rows[0]?.name)
  return (
    <ComboField
      {...props}
      combo={combo}
      value={typed ?? (value ? (name ?? value) : '')}
      onChange={(text) => {
        setTyped(text)
        if (value) props.onChange('')
      }}
      option={(one) => (
        <>
          {one.name} <span className="small mut">{typo(birthPlaceDetail(one))}</span>
        </>
      )}
      otherwise={notThen === null ? null : <p className="small mut">{typo(`${notThen} : ce code n’existait pas à cette date.`)}</p>}
    />
  )
}

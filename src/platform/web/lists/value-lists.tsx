import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { today } from '../text/dates.ts'

/** A value of a list of the region. Its code is for machines and never shows. */
export interface ListValue {
  readonly code: string
  readonly label: string
  readonly definition?: string | null | undefined
  readonly parent?: string | null | undefined
  readonly validFrom?: string | undefined
  readonly validTo?: string | null | undefined
  readonly hidden?: boolean | undefined
}

/** Values by code of list; null while they are read. */
export type ValueLists = ReadonlyMap<string, readonly ListValue[]> | null

const ListsContext = createContext<ValueLists>(null)

/** Filled once by the application, which knows where the lists come from. */
export function ValueListsProvider(props: { readonly lists: ValueLists; readonly children: ReactNode }): ReactNode {
  return <ListsContext value={props.lists}>{props.children}</ListsContext>
}

export interface ValueList {
  /** What may be chosen today, in the order of the list. */
  readonly values: readonly ListValue[]
  /** The same, for SelectField and SegmentedChoice. */
  readonly options: readonly { readonly value: string; readonly label: string }[]
  /** The French label of a code, hidden and ended ones included; « non renseigné » for null, « … » while the lists are read. */
  readonly label: (code: string | null | undefined) => string
}

/** A list of the region, as its administrator left it. `starter` serves while the lists are read. */
export function useValueList(setCode: string, starter: readonly ListValue[] = []): ValueList {
  const lists = useContext(ListsContext)
  const all = lists?.get(setCode) ?? starter
  return useMemo(() => {
    const day = today()
    const values = all.filter((one) => !one.hidden && (!one.validFrom || one.validFrom <= day) && (!one.validTo || day <= one.validTo))
    return {
      values,
      options: values.map(({ code, label }) => ({ value: code, label })),
      label: (code) => (code ? (all.find((one) => one.code === code)?.label ?? '…') : 'non renseigné'),
    }
  }, [all])
}

/** Labels of several lists at once: `const label = useValueLabels(); label('request_motive', code)`. */
export function useValueLabels(): (setCode: string, code: string | null | undefined) => string {
  const lists = useContext(ListsContext)
  return useMemo(() => (setCode, code) => (code ? (lists?.get(setCode)?.find((one) => one.code === code)?.label ?? '…') : 'non renseigné'), [lists])
}

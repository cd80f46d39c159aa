import { useMemo } from 'react'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { today } from '../../platform/web/text/dates.ts'
import { valueSets } from '../../territory/contract/queries.ts'
import type { ValueSetDefinition } from '../../territory/contract/value-sets.ts'

export interface ListValue {
  readonly code: string
  readonly label: string
  readonly definition?: string | null | undefined
  readonly parent?: string | null | undefined
}

export interface ListOf {
  /** What may be chosen today, in the order of the list. */
  readonly values: readonly ListValue[]
  /** The French label of a code, ended and hidden ones included; never the code itself. */
  readonly label: (code: string | null | undefined) => string
}

/** A list of values as the region has it; the starter list while it is being read. */
export function useList(set: ValueSetDefinition): ListOf {
  const { data } = useJalonQuery(valueSets, {}, { staleTime: Number.POSITIVE_INFINITY })
  const stored = data?.sets.find(({ code }) => code === set.code)?.values
  return useMemo(() => {
    const all = stored ?? set.values
    const day = today()
    const offered = all.filter((value) => !('hidden' in value && value.hidden) && value.validFrom <= day && (!value.validTo || day <= value.validTo))
    return { values: offered, label: (code) => all.find((value) => value.code === code)?.label ?? 'Non renseigné' }
  }, [stored, set])
}

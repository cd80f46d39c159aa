import { type ReactNode, useMemo } from 'react'
import { callQuery } from '../../platform/web/api/client.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { type CommuneSearch, CommuneSearchProvider } from '../../platform/web/form/CommuneField.tsx'
import { ValueListsProvider } from '../../platform/web/lists/value-lists.tsx'
import { communeLabel } from '../../territory/contract/commune.ts'
import { communes, valueSets } from '../../territory/contract/queries.ts'

/** Fills what components of the platform need and only `territory` knows: the lists of the region and the communes. */
export function Lookups(props: { readonly children: ReactNode }): ReactNode {
  const { data } = useJalonQuery(valueSets, {}, { staleTime: Number.POSITIVE_INFINITY })
  const lists = useMemo(() => (data ? new Map(data.sets.map((set) => [set.code, set.values])) : null), [data])
  return (
    <ValueListsProvider lists={lists}>
      <CommuneSearchProvider search={searchCommunes}>{props.children}</CommuneSearchProvider>
    </ValueListsProvider>
  )
}

const searchCommunes: CommuneSearch = async (text, signal) => {
  const { rows } = await callQuery(communes, { text, limit: 8 }, signal)
  return rows.map((row) => ({
    code: row.code,
    label: communeLabel(row),
    detail: [row.formerName ? `anciennement ${row.formerName}` : null, row.departmentName].filter(Boolean).join(', '),
    dac: row.dac,
  }))
}

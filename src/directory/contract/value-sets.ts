import type { ValueSetDefinition } from '../../territory/contract/value-sets.ts'
import { defineValueSet } from '../../territory/contract/value-sets.ts'
import { type DirectoryFacet, directoryFacets, facetLabel } from './facets.ts'

/** Trades and kinds of structures: the side filters of the directory and the nature of a local card. */
export const directoryFacetsValueSet: ValueSetDefinition<DirectoryFacet> = defineValueSet({
  code: 'directory.facet',
  title: 'Métier ou nature de structure',
  values: directoryFacets.map((code) => ({ code, label: code === 'other' ? 'Autre structure' : facetLabel(code) })),
})

export const directoryValueSets: readonly ValueSetDefinition[] = [directoryFacetsValueSet]

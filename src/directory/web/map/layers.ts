import type { PointTone } from '../../../platform/web/map/palette.ts'
import type { DirectoryFacet } from '../../contract/facets.ts'
import { facetCategory } from '../../contract/facets.ts'

/** What a point is drawn in: health, social, coordination, or else; its number or its letter tells it besides. */
export function toneOf(facet: string): PointTone {
  const category = facetCategory(facet as DirectoryFacet)
  return category === 'health'
    ? 'accent'
    : category === 'social'
      ? 'social'
      : category === 'coordination'
        ? 'health'
        : category === 'legal_protection'
          ? 'admin'
          : 'plain'
}

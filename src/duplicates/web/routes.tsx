import { type AnyRoute, page } from '../../platform/web/router/page.ts'

/** The pages of this capability, each fetched when one goes there. */
export const duplicatesRoutes = (parent: AnyRoute): AnyRoute[] => [
  page(parent, '/doublons', () => import('./DuplicatesPage.tsx'), 'DuplicatesPage'),
  page(parent, '/doublons/$pairId', () => import('./ComparePage.tsx'), 'ComparePage'),
]

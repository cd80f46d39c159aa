import { type AnyRoute, page } from '../../platform/web/router/page.ts'

/** The pages of this capability, each fetched when one goes there. */
export const personsRoutes = (parent: AnyRoute): AnyRoute[] => [page(parent, '/personnes', () => import('./PersonsPage.tsx'), 'PersonsPage')]

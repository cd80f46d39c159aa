import { type AnyRoute, page } from '../../platform/web/router/page.ts'

/** The pages of this capability, each fetched when one goes there. */
export const liaisonRoutes = (parent: AnyRoute): AnyRoute[] => [page(parent, '/nouveautes', () => import('./NewsPage.tsx'), 'NewsPage')]

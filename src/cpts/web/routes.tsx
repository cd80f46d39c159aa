import { type AnyRoute, page } from '../../platform/web/router/page.ts'

/** The pages of this capability, each fetched when one goes there. */
export const cptsRoutes = (parent: AnyRoute): AnyRoute[] => [page(parent, '/saisines', () => import('./ReferralsPage.tsx'), 'ReferralsPage')]

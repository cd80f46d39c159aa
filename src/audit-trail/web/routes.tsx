import { type AnyRoute, page } from '../../platform/web/router/page.ts'

/** The pages of this capability, each fetched when one goes there. */
export const auditTrailRoutes = (parent: AnyRoute): AnyRoute[] => [page(parent, '/traces', () => import('./TracesPage.tsx'), 'TracesPage')]

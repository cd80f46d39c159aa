import { type AnyRoute, page } from '../../platform/web/router/page.ts'

/** The pages of this capability, each fetched when one goes there. */
export const territoryRoutes = (parent: AnyRoute): AnyRoute[] => [
  page(parent, '/administration', () => import('./AdministrationPage.tsx'), 'AdministrationPage'),
]

import { type AnyRoute, page } from '../../platform/web/router/page.ts'

/** The pages of this capability, each fetched when one goes there. */
export const hospitalEventsRoutes = (parent: AnyRoute): AnyRoute[] => [
  page(parent, '/evenements-hospitaliers', () => import('./HospitalVisitsPage.tsx'), 'HospitalVisitsPage'),
  page(parent, '/administration/hopitaux', () => import('./SendersPage.tsx'), 'SendersPage'),
]

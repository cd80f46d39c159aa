import { type AnyRoute, page } from '../../platform/web/router/page.ts'

/** The pages of this capability, each fetched when one goes there; answering happens in the person's file. */
export const assessmentsRoutes = (parent: AnyRoute): AnyRoute[] => [
  page(parent, '/administration/formulaires', () => import('./library/FormsPage.tsx'), 'FormsPage'),
]

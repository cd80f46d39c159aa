import { type AnyRoute, page } from '../../platform/web/router/page.ts'

/** The pages of this capability, each fetched when one goes there. */
export const territoryRoutes = (parent: AnyRoute): AnyRoute[] => [
  page(parent, '/administration', () => import('./organisations/OrganisationsPage.tsx'), 'OrganisationsPage'),
  page(parent, '/administration/perimetres', () => import('./perimeters/PerimetersPage.tsx'), 'PerimetersPage'),
  page(parent, '/administration/utilisateurs', () => import('./users/UsersPage.tsx'), 'UsersPage'),
  page(parent, '/administration/listes', () => import('./values/ValueSetsPage.tsx'), 'ValueSetsPage'),
]

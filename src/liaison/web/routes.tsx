import { type AnyRoute, page } from '../../platform/web/router/page.ts'

/** The pages of this capability, each fetched when one goes there. */
export const liaisonRoutes = (parent: AnyRoute): AnyRoute[] => [
  page(parent, '/mes-notifications', () => import('./MyNoticesPage.tsx'), 'MyNoticesPage'),
  page(parent, '/equipe/alertes', () => import('./AlertRulesPage.tsx'), 'AlertRulesPage'),
  page(parent, '/administration/alertes', () => import('./AlertRulesPage.tsx'), 'AlertRulesPage'),
  page(parent, '/administration/modeles-de-notes', () => import('./NoteTemplatesPage.tsx'), 'NoteTemplatesPage'),
]

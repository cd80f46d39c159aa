import { type AnyRoute, page } from '../../platform/web/router/page.ts'

/** The pages of this capability, each fetched when one goes there. « Équipe » is composed in app/web, with the alerts of the team. */
export const episodesRoutes = (parent: AnyRoute): AnyRoute[] => [
  page(parent, '/mes-situations', () => import('./CaseloadPage.tsx'), 'CaseloadPage'),
  page(parent, '/equipe/charge', () => import('./board/LoadBoardPage.tsx'), 'LoadBoardPage'),
  page(parent, '/equipe/relances', () => import('./practices/PracticesPage.tsx'), 'PracticesPage'),
  page(parent, '/administration/relances', () => import('./practices/PracticesPage.tsx'), 'PracticesPage'),
  page(parent, '/administration/sequences', () => import('./checklists/ChecklistsPage.tsx'), 'ChecklistsPage'),
  page(parent, '/taches/$taskId/lettre', () => import('./TaskLetterPage.tsx'), 'TaskLetterPage'),
  page(parent, '/equipe/sequences', () => import('./checklists/ChecklistsPage.tsx'), 'ChecklistsPage'),
]

import { type AnyRoute, page } from '../../platform/web/router/page.ts'

/** The pages of this capability, each fetched when one goes there. « Équipe » is composed in app/web, with the alerts of the team. */
export const episodesRoutes = (parent: AnyRoute): AnyRoute[] => [
  page(parent, '/mes-situations', () => import('./CaseloadPage.tsx'), 'CaseloadPage'),
  page(parent, '/equipe/charge', () => import('./board/LoadBoardPage.tsx'), 'LoadBoardPage'),
  page(parent, '/equipe/sequences', () => import('./checklists/ChecklistsPage.tsx'), 'ChecklistsPage'),
]

import { type AnyRoute, page } from '../../platform/web/router/page.ts'

/** The pages of this capability, each fetched when one goes there. */
export const intakeRoutes = (parent: AnyRoute): AnyRoute[] => [
  page(parent, '/demandes', () => import('./both-sides.tsx'), 'RequestsPage'),
  page(parent, '/demandes/nouvelle', () => import('./both-sides.tsx'), 'NewRequestPage'),
  page(parent, '/demandes/reorientations', () => import('./qualify/ReorientationsPage.tsx'), 'ReorientationsPage'),
  page(parent, '/demandes/$requestId', () => import('./both-sides.tsx'), 'OneRequestPage'),
  page(parent, '/demandes/$requestId/reponse', () => import('./letter/LetterPage.tsx'), 'LetterPage'),
  page(parent, '/commission', () => import('./triage/TriagePage.tsx'), 'TriagePage'),
]

import { type AnyRoute, page } from '../../platform/web/router/page.ts'

/** The pages of this capability, each fetched when one goes there. */
export const intakeRoutes = (parent: AnyRoute): AnyRoute[] => [
  page(parent, '/demandes', () => import('./DeskPage.tsx'), 'DeskPage'),
  page(parent, '/demandes/nouvelle', () => import('./DeskPage.tsx'), 'DeskPage'),
  page(parent, '/demandes/$requestId', () => import('./DeskPage.tsx'), 'DeskPage'),
  page(parent, '/commission', () => import('./TriagePage.tsx'), 'TriagePage'),
]

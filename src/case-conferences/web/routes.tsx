import { type AnyRoute, page } from '../../platform/web/router/page.ts'

/** The pages of this capability, each fetched when one goes there. The list of a person is a tab of her file. */
export const caseConferencesRoutes = (parent: AnyRoute): AnyRoute[] => [
  page(parent, '/concertations/$conferenceId', () => import('./ConferencePage.tsx'), 'ConferencePage'),
  page(parent, '/mes-concertations', () => import('./MyConferencesPage.tsx'), 'MyConferencesPage'),
  page(parent, '/concertations/$conferenceId/lettre', () => import('./DecisionLetterPage.tsx'), 'DecisionLetterPage'),
  page(parent, '/concertations/$conferenceId/compte-rendu', () => import('./MinutesPrintPage.tsx'), 'MinutesPrintPage'),
]

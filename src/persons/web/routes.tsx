import { type AnyRoute, page } from '../../platform/web/router/page.ts'

/** The pages of this capability, each fetched when one goes there. */
export const personsRoutes = (parent: AnyRoute): AnyRoute[] => [
  page(parent, '/personnes', () => import('./PersonsPage.tsx'), 'PersonsPage'),
  page(parent, '/identites', () => import('./identity/IdentityWorkPage.tsx'), 'IdentityWorkPage'),
  page(parent, '/avis-a-remettre', () => import('./notices/NoticesToHandPage.tsx'), 'NoticesToHandPage'),
  page(parent, '/personnes/$personId/avis/$noticeId', () => import('./notices/NoticeLetterPage.tsx'), 'NoticeLetterPage'),
  page(parent, '/medecins-disparus', () => import('./doctor/VanishedDoctorsPage.tsx'), 'VanishedDoctorsPage'),
  page(parent, '/acces-exceptionnel', () => import('./exceptional/ExceptionalAccessPage.tsx'), 'ExceptionalAccessPage'),
  page(parent, '/equipe/acces-exceptionnels', () => import('./exceptional/ReviewPage.tsx'), 'ReviewPage'),
  page(parent, '/equipe/structures-sensibles', () => import('./access-table/SensitiveStructuresPage.tsx'), 'SensitiveStructuresPage'),
  page(parent, '/administration/acces', () => import('./access-table/CategoryVoletsPage.tsx'), 'CategoryVoletsPage'),
]

import { type AnyRoute, page } from '../../platform/web/router/page.ts'

/** The pages of this capability, each fetched when one goes there. */
export const careTeamRoutes = (parent: AnyRoute): AnyRoute[] => [
  page(parent, '/rejoindre-un-cercle', () => import('./join/JoinPage.tsx'), 'JoinPage'),
  page(parent, '/invitation-au-cercle', () => import('./invite/InvitedPage.tsx'), 'InvitedPage'),
  page(parent, '/cercles/fiches/$partyId', () => import('./many/ManyFilesPage.tsx'), 'ManyFilesPage'),
]

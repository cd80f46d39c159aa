import { type AnyRoute, page } from '../../platform/web/router/page.ts'

/** The pages of this capability behind the login, each fetched when one goes there. */
export const signInRoutes = (parent: AnyRoute): AnyRoute[] => [
  page(parent, '/administration/connexion', () => import('./SignInSettingsPage.tsx'), 'SignInSettingsPage'),
]

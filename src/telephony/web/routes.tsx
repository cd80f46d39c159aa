import { type AnyRoute, page } from '../../platform/web/router/page.ts'

/** The pages of this capability, each fetched when one goes there. */
export const telephonyRoutes = (parent: AnyRoute): AnyRoute[] => [page(parent, '/administration/telephonie', () => import('./LinesPage.tsx'), 'LinesPage')]

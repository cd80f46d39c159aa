import { type AnyRoute, page } from '../../platform/web/router/page.ts'

/** The setting of the region; the tour itself is put together by the application. */
export const offlineRoutes = (parent: AnyRoute): AnyRoute[] => [page(parent, '/administration/sans-reseau', () => import('./ReadingPage.tsx'), 'ReadingPage')]

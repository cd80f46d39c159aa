import { type AnyRoute, page } from '../../platform/web/router/page.ts'

/** The pages of this capability, each fetched when one goes there. */
export const conversationsRoutes = (parent: AnyRoute): AnyRoute[] => [
  page(parent, '/echanges', () => import('./ExchangesPage.tsx'), 'ExchangesPage'),
  page(parent, '/echanges/$threadId', () => import('./ExchangesPage.tsx'), 'ExchangesPage'),
]

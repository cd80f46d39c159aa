import { type AnyRoute, page } from '../../platform/web/router/page.ts'

/** The pages of this capability, each fetched when one goes there. */
export const steeringRoutes = (parent: AnyRoute): AnyRoute[] => [page(parent, '/pilotage', () => import('./IndicatorsPage.tsx'), 'IndicatorsPage')]

import { type AnyRoute, page } from '../../platform/web/router/page.ts'

/** The pages of this capability, each fetched when one goes there. */
export const steeringRoutes = (parent: AnyRoute): AnyRoute[] => [
  page(parent, '/pilotage', () => import('./IndicatorsPage.tsx'), 'IndicatorsPage'),
  page(parent, '/pilotage/demandes', () => import('./LinesPages.tsx'), 'RequestLinesPage'),
  page(parent, '/pilotage/accompagnements', () => import('./LinesPages.tsx'), 'AccompanimentLinesPage'),
  page(parent, '/pilotage/generalistes', () => import('./LinesPages.tsx'), 'DoctorLinesPage'),
  page(parent, '/pilotage/moyens', () => import('./MeansPage.tsx'), 'MeansPage'),
]

import { type AnyRoute, page } from '../../platform/web/router/page.ts'

/** The pages of this capability, each fetched when one goes there. */
export const safeguardingRoutes = (parent: AnyRoute): AnyRoute[] => [
  page(parent, '/signalements', () => import('./ReportsPage.tsx'), 'ReportsPage'),
  page(parent, '/signalements/nouveau', () => import('./NewReportPage.tsx'), 'NewReportPage'),
  page(parent, '/signalements/$reportId', () => import('./ReportPage.tsx'), 'ReportPage'),
  page(parent, '/signalements/$reportId/imprimer', () => import('./ReportPrintPage.tsx'), 'ReportPrintPage'),
]

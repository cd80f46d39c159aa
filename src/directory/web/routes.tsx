import { type AnyRoute, page } from '../../platform/web/router/page.ts'

/** The pages of this capability, each fetched when one goes there. */
export const directoryRoutes = (parent: AnyRoute): AnyRoute[] => [
  page(parent, '/annuaire', () => import('./DirectoryPage.tsx'), 'DirectoryPage'),
  page(parent, '/annuaire/carte', () => import('./map/MapPage.tsx'), 'MapPage'),
  page(parent, '/annuaire/diffusion', () => import('./partner/CampaignPage.tsx'), 'CampaignPage'),
  page(parent, '/annuaire/signalements', () => import('./partner/ReportsPage.tsx'), 'ReportsPage'),
  page(parent, '/administration/imports', () => import('./imports/ImportsPage.tsx'), 'ImportsPage'),
]

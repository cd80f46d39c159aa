import { type AnyRoute, page } from '../../platform/web/router/page.ts'

/** The pages of this capability, each fetched when one goes there. */
export const privacyRoutes = (parent: AnyRoute): AnyRoute[] => [
  page(parent, '/personnes/$personId/acces', () => import('./person/AccessListPage.tsx'), 'AccessListPage'),
  page(parent, '/donnees', () => import('./treatment/RequestsPage.tsx'), 'RequestsPage'),
  page(parent, '/donnees/registre', () => import('./treatment/RegisterPage.tsx'), 'RegisterPage'),
  page(parent, '/donnees/durees', () => import('./treatment/DurationsPage.tsx'), 'DurationsPage'),
  page(parent, '/donnees/archive', () => import('./treatment/ArchivePage.tsx'), 'ArchivePage'),
  page(parent, '/donnees/extraits', () => import('./treatment/ExtractsPage.tsx'), 'ExtractsPage'),
  page(parent, '/donnees/aipd', () => import('./treatment/ImpactPage.tsx'), 'ImpactPage'),
]

import { type AnyRoute, page } from '../../platform/web/router/page.ts'

/** The pages of this capability, each fetched when one goes there. */
export const agendaRoutes = (parent: AnyRoute): AnyRoute[] => [
  page(parent, '/agenda', () => import('./AgendaPage.tsx'), 'AgendaPage'),
  page(parent, '/agenda/semaine', () => import('./WeekPrintPage.tsx'), 'WeekPrintPage'),
]

import type { ComponentType } from 'react'
import type { PersonId } from '../../../platform/contract/ids.ts'

export type FileTab = ComponentType<{ readonly personId: PersonId }>

/** The tabs of a file in their order; each belongs to one capability and is fetched when one opens it. */
export const fileTabs: readonly { readonly path: string; readonly title: string; readonly load: () => Promise<FileTab> }[] = [
  { path: '/', title: 'Synthèse', load: () => import('./SynthesisTab.tsx').then((module) => module.SynthesisTab) },
  { path: '/fil', title: 'Fil', load: () => import('../../../liaison/web/FilTab.tsx').then((module) => module.FilTab) },
  { path: '/cercle', title: 'Cercle', load: () => import('./CircleRoute.tsx').then((module) => module.CircleRoute) },
  { path: '/evaluations', title: 'Évaluations', load: () => import('../../../assessments/web/AssessmentsTab.tsx').then((module) => module.AssessmentsTab) },
  { path: '/ppcs', title: 'PPCS', load: () => import('../../../care-plans/web/CarePlanTab.tsx').then((module) => module.CarePlanTab) },
  {
    path: '/concertations',
    title: 'Concertations',
    load: () => import('../../../case-conferences/web/ConferencesTab.tsx').then((module) => module.ConferencesTab),
  },
  { path: '/agenda', title: 'Agenda', load: () => import('./AgendaTab.tsx').then((module) => module.AgendaTab) },
  { path: '/documents', title: 'Documents', load: () => import('./DocumentsTab.tsx').then((module) => module.DocumentsTab) },
  { path: '/echanges', title: 'Échanges', load: () => import('./ExchangesTab.tsx').then((module) => module.ExchangesTab) },
  {
    path: '/information',
    title: 'Information et accès',
    load: () => import('./InformationRoute.tsx').then((module) => module.InformationRoute),
  },
  { path: '/droits', title: 'Droits', load: () => import('../../../privacy/web/person/RightsTab.tsx').then((module) => module.RightsTab) },
]

import { type Actor, accompanies, holds } from '../../../platform/contract/actor.ts'

export interface TreatmentPlace {
  readonly key: string
  readonly title: string
  readonly to: string
  readonly exact?: boolean
  readonly words: string
  readonly open: (actor: Actor) => boolean
}

const answers = (actor: Actor): boolean => holds(actor, 'director', 'regional_admin')

/** « Données personnelles »: each page for those who answer for it. */
export const treatmentPlaces: readonly TreatmentPlace[] = [
  {
    key: 'requests',
    title: 'Demandes des personnes',
    to: '/donnees',
    exact: true,
    words: 'rgpd droits accès effacement registre délai',
    open: (actor) => accompanies(actor) || answers(actor),
  },
  { key: 'register', title: 'Registre des traitements', to: '/donnees/registre', words: 'rgpd article 30 responsable sous-traitant', open: answers },
  { key: 'durations', title: 'Durées et preuves', to: '/donnees/durees', words: 'conservation archivage destruction', open: answers },
  {
    key: 'archive',
    title: 'Archive',
    to: '/donnees/archive',
    words: 'archives intermédiaire dossier ancien',
    open: (actor) => actor.serviceKind === 'dac' && (accompanies(actor) || holds(actor, 'director')),
  },
  { key: 'extracts', title: 'Extraits', to: '/donnees/extraits', words: 'désidentifié recherche observatoire statistique', open: answers },
  { key: 'impact', title: 'AIPD', to: '/donnees/aipd', words: 'analyse d’impact protection des données dpia', open: answers },
]

export function seesPlace(actor: Actor, place: TreatmentPlace): boolean {
  return place.open(actor)
}

import type { personas } from '../../src/app/seed/personas.ts'

export type PersonaId = (typeof personas)[number]['id']

/** Ids that addresses need: somebody's file, a request, a report, a concertation. */
export interface Places {
  readonly personId: string
  /** A request that the DAC handles, and one that each outside professional filed herself. */
  readonly requestOf: (persona: string) => string
  readonly reportId: string
  /** A concertation of hers. */
  readonly conferenceId: string
  readonly taskId: string
  /** A conversation about her, between the référent and her médecin traitant. */
  readonly threadId: string
  /** A card of the directory that stands in her circle. */
  readonly partyId: string
  /** A notice that waits to be handed to a person of the référente. */
  readonly notice: { readonly id: string; readonly personId: string }
}

/** A screen of Jalon: a route of the router, who comes to it, and how its address is made. */
export interface Screen {
  /** The first of them looks at it at every size and in both schemes; the others as they work, at a desk. */
  readonly seenBy: readonly PersonaId[]
  /** Words after the route: another state of the same screen. */
  readonly search?: string
}

const dacStaff = ['referent', 'co-referent', 'team-lead', 'dac-doctor', 'front-desk', 'two-services', 'referent-other-dac'] as const
const accompanying = ['referent', 'co-referent', 'team-lead', 'dac-doctor', 'two-services'] as const
const outside = ['gp', 'home-nurse', 'ccas-social-worker', 'hospital-social-service', 'legal-guardian', 'pharmacist'] as const
const circle = ['gp', 'home-nurse', 'legal-guardian'] as const
const file = [...accompanying, 'front-desk', ...circle] as const

/** Every route of the router, as TanStack names it → its screens. A route that is not here fails the walk, and so does a place of the rail. */
export const screens: Readonly<Record<string, readonly Screen[]>> = {
  '/ma-journee': [{ seenBy: ['referent', 'co-referent', 'team-lead', 'dac-doctor', 'two-services', 'referent-other-dac'] }],
  '/mes-situations': [{ seenBy: ['referent', 'co-referent', 'two-services'] }],
  '/nouveautes': [{ seenBy: ['referent', 'gp'] }],
  '/patients': [{ seenBy: outside }],
  '/demandes': [{ seenBy: [...dacStaff, ...outside, 'expert-team'] }],
  '/demandes/nouvelle': [{ seenBy: ['front-desk', 'hospital-social-service', 'expert-team'] }],
  '/demandes/reorientations': [{ seenBy: ['front-desk', 'team-lead'] }],
  '/demandes/$requestId': [{ seenBy: ['front-desk', 'referent', 'hospital-social-service', 'gp'] }],
  '/demandes/$requestId/reponse': [{ seenBy: ['front-desk'] }],
  '/commission': [{ seenBy: ['team-lead'] }],
  '/personnes': [{ seenBy: ['front-desk', 'referent', 'team-lead', 'dac-doctor'] }],
  '/identites': [{ seenBy: ['front-desk', 'referent'] }],
  '/medecins-disparus': [{ seenBy: ['referent', 'front-desk'] }],
  '/personnes/$personId': [{ seenBy: file }],
  '/personnes/$personId/alentours': [{ seenBy: ['referent'] }],
  '/personnes/$personId/fil': [{ seenBy: file }],
  '/personnes/$personId/cercle': [{ seenBy: file }],
  '/personnes/$personId/evaluations': [{ seenBy: ['referent', 'dac-doctor', ...circle] }],
  '/personnes/$personId/ppcs': [
    { seenBy: ['referent', ...circle] },
    { seenBy: ['referent'], search: '?version=1' },
    { seenBy: ['referent'], search: '?comparer=1' },
  ],
  '/tournee': [{ seenBy: ['referent', 'gp'] }],
  '/tournee/attente': [{ seenBy: ['referent'] }],
  '/tournee/$personId': [{ seenBy: ['referent'] }],
  '/agenda': [{ seenBy: ['referent'] }],
  '/agenda/semaine': [{ seenBy: ['referent'] }],
  '/personnes/$personId/agenda': [{ seenBy: ['referent', 'gp'] }],
  '/echanges': [{ seenBy: ['referent', 'gp'] }],
  '/echanges/$threadId': [{ seenBy: ['referent', 'gp'] }],
  '/personnes/$personId/documents': [{ seenBy: ['referent'] }],
  '/personnes/$personId/echanges': [{ seenBy: ['referent', 'front-desk', 'gp'] }],
  '/personnes/$personId/information': [{ seenBy: ['referent', 'front-desk', 'gp'] }],
  '/personnes/$personId/droits': [{ seenBy: ['referent', 'team-lead', 'front-desk', 'gp'] }],
  '/personnes/$personId/acces': [{ seenBy: ['referent'] }],
  '/personnes/$personId/feuille-du-frigo': [{ seenBy: ['referent', 'home-nurse'] }],
  '/doublons': [{ seenBy: ['front-desk', 'referent'] }, { seenBy: ['referent'], search: '?etat=valider' }],
  '/personnes/$personId/concertations': [{ seenBy: ['referent', 'gp'] }],
  '/concertations/$conferenceId': [{ seenBy: ['referent', 'gp'] }],
  '/mes-concertations': [{ seenBy: ['gp', 'referent'] }],
  '/concertations/$conferenceId/lettre': [{ seenBy: ['referent'] }],
  '/concertations/$conferenceId/compte-rendu': [{ seenBy: ['referent'] }],
  '/invitation-au-cercle': [{ seenBy: ['home-nurse'] }],
  '/cercles/fiches/$partyId': [{ seenBy: ['referent'] }],
  '/evenements-hospitaliers': [{ seenBy: ['referent', 'team-lead'] }, { seenBy: ['referent'], search: '?etat=decides' }],
  '/administration/hopitaux': [{ seenBy: ['regional-admin'] }],
  '/rejoindre-un-cercle': [{ seenBy: ['home-nurse'] }],
  '/equipe': [{ seenBy: ['team-lead', 'director'] }],
  '/equipe/charge': [{ seenBy: ['team-lead'] }],
  '/equipe/relances': [{ seenBy: ['team-lead', 'referent'] }],
  '/administration/relances': [{ seenBy: ['regional-admin'] }],
  '/administration/sequences': [{ seenBy: ['regional-admin'] }],
  '/taches/$taskId/lettre': [{ seenBy: ['referent'] }],
  '/equipe/sequences': [{ seenBy: ['team-lead', 'referent'] }],
  '/equipe/alertes': [{ seenBy: ['team-lead', 'referent'] }],
  '/administration/alertes': [{ seenBy: ['regional-admin'] }],
  '/administration/modeles-de-notes': [{ seenBy: ['regional-admin'] }],
  '/mes-notifications': [{ seenBy: ['referent', 'gp'] }],
  '/equipe/acces-exceptionnels': [{ seenBy: ['team-lead', 'director'] }],
  '/avis-a-remettre': [{ seenBy: ['referent', 'team-lead'] }],
  '/personnes/$personId/avis/$noticeId': [{ seenBy: ['referent'] }],
  '/equipe/structures-sensibles': [{ seenBy: ['team-lead', 'director'] }],
  '/traces': [{ seenBy: ['regional-admin', 'director'] }],
  '/acces-exceptionnel': [{ seenBy: ['home-nurse', 'referent-other-dac'] }],
  '/signalements': [{ seenBy: ['referent', 'team-lead'] }],
  '/signalements/nouveau': [{ seenBy: ['referent'] }],
  '/signalements/$reportId': [{ seenBy: ['referent'] }],
  '/signalements/$reportId/imprimer': [{ seenBy: ['referent'] }],
  '/saisines': [{ seenBy: ['cpts-coordinator'] }],
  '/pilotage': [
    { seenBy: ['director', 'team-lead', 'governance'] },
    ...[1, 3, 4, 5, 6, 7, 8].map((n) => ({ seenBy: ['director'], search: `?indicateur=${n}` })),
  ],
  '/pilotage/demandes': [{ seenBy: ['director'] }],
  '/pilotage/accompagnements': [{ seenBy: ['director'] }],
  '/pilotage/generalistes': [{ seenBy: ['director'] }],
  '/pilotage/moyens': [{ seenBy: ['director'] }],
  '/donnees': [{ seenBy: ['referent', 'director', 'regional-admin'] }],
  '/donnees/registre': [{ seenBy: ['director', 'regional-admin'] }],
  '/donnees/durees': [{ seenBy: ['regional-admin', 'director'] }],
  '/donnees/archive': [{ seenBy: ['director', 'team-lead'] }],
  '/donnees/extraits': [{ seenBy: ['director', 'regional-admin'] }],
  '/donnees/aipd': [{ seenBy: ['director'] }],
  '/annuaire': [{ seenBy: ['referent', 'front-desk', 'gp', 'cpts-coordinator', 'regional-admin', 'expert-team', 'newcomer'] }],
  '/annuaire/carte': [{ seenBy: ['referent', 'gp', 'cpts-coordinator'] }],
  '/annuaire/diffusion': [{ seenBy: ['referent', 'director'] }],
  '/annuaire/signalements': [{ seenBy: ['regional-admin'] }],
  '/administration': [{ seenBy: ['regional-admin'] }],
  '/administration/telephonie': [{ seenBy: ['regional-admin'] }],
  '/administration/perimetres': [{ seenBy: ['regional-admin'] }],
  '/administration/utilisateurs': [{ seenBy: ['regional-admin', 'director'] }, { seenBy: ['regional-admin'], search: '?ajout=1' }],
  '/administration/listes': [{ seenBy: ['regional-admin'] }],
  '/administration/imports': [{ seenBy: ['regional-admin'] }],
  '/administration/formulaires': [{ seenBy: ['regional-admin'] }, { seenBy: ['regional-admin'], search: '?formulaire=aggir' }],
  '/administration/connexion': [{ seenBy: ['regional-admin'] }],
  '/administration/sans-reseau': [{ seenBy: ['regional-admin'] }],
  '/mes-sessions': [{ seenBy: ['referent', 'director'] }],
  '/administration/acces': [{ seenBy: ['regional-admin'] }],
  '/aide': [{ seenBy: ['referent', 'gp', 'regional-admin', 'newcomer'] }],
}

/** The gallery of components has its own tests; the end of a login closes itself; the root goes home. */
export const routesWithoutScreen = ['/', '/composants', '/connexion/faite', '/invitation', '/doublons/$pairId']

/** The address of a screen. */
export function addressOf(route: string, { search = '' }: Screen, persona: string, places: Places): string {
  const path = route
    .replace('$personId', route.includes('$noticeId') ? places.notice.personId : places.personId)
    .replace('$noticeId', places.notice.id)
    .replace('$requestId', places.requestOf(persona))
    .replace('$reportId', places.reportId)
    .replace('$conferenceId', places.conferenceId)
    .replace('$threadId', places.threadId)
    .replace('$taskId', places.taskId)
    .replace('$partyId', places.partyId)
  return `${path}${search}`
}

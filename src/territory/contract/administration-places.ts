import { type Actor, type ActorFunction, holds } from '../../platform/contract/actor.ts'

interface AdministrationPlace {
  readonly key: string
  readonly title: string
  readonly to: string
  readonly exact?: boolean
  /** Whose it is; null: a rule that whoever it applies to may read. */
  readonly functions: readonly ActorFunction[] | null
}

const region: readonly ActorFunction[] = ['regional_admin']

/** The tabs of « Administration », in their order; a capability that owns one of them mounts its page at its address. Who opens one follows what its query allows. */
export const administrationPlaces: readonly AdministrationPlace[] = [
  { key: 'organisations', title: 'Organisations', to: '/administration', exact: true, functions: region },
  { key: 'perimeters', title: 'Périmètres', to: '/administration/perimetres', functions: region },
  { key: 'users', title: 'Utilisateurs', to: '/administration/utilisateurs', functions: ['regional_admin', 'team_lead', 'director'] },
  { key: 'signIn', title: 'Connexion', to: '/administration/connexion', functions: region },
  { key: 'offline', title: 'Sans réseau', to: '/administration/sans-reseau', functions: region },
  { key: 'imports', title: 'Imports', to: '/administration/imports', functions: region },
  { key: 'values', title: 'Listes', to: '/administration/listes', functions: region },
  { key: 'forms', title: 'Formulaires', to: '/administration/formulaires', functions: null },
  { key: 'telephony', title: 'Téléphonie', to: '/administration/telephonie', functions: region },
  { key: 'hospitals', title: 'Hôpitaux', to: '/administration/hopitaux', functions: region },
  { key: 'alerts', title: 'Alertes', to: '/administration/alertes', functions: region },
  { key: 'relaunch', title: 'Relances', to: '/administration/relances', functions: region },
  { key: 'sequences', title: 'Séquences', to: '/administration/sequences', functions: region },
  { key: 'noteTemplates', title: 'Notes', to: '/administration/modeles-de-notes', functions: region },
  { key: 'access', title: 'Accès', to: '/administration/acces', functions: null },
]

const opens = (actor: Actor, { functions }: AdministrationPlace): boolean => actor.kind === 'user' && (functions === null || holds(actor, ...functions))

/** Those that this actor may open: a tab that would refuse her is not shown. */
export const administrationPlacesFor = (actor: Actor): readonly AdministrationPlace[] => administrationPlaces.filter((place) => opens(actor, place))

/** The place at this address that is not hers, or null. */
export function administrationRefused(actor: Actor, path: string): AdministrationPlace | null {
  const place = administrationPlaces.find(({ to, exact }) => (exact ? path === to || path === `${to}/` : path === to || path.startsWith(`${to}/`)))
  return place === undefined || opens(actor, place) ? null : place
}

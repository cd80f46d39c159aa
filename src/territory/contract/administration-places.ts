/** The tabs of « Administration », in their order; a capability that owns one of them mounts its page at its address. */
export const administrationPlaces = [
  { key: 'organisations', title: 'Organisations', to: '/administration', exact: true },
  { key: 'perimeters', title: 'Périmètres', to: '/administration/perimetres' },
  { key: 'users', title: 'Utilisateurs', to: '/administration/utilisateurs' },
  { key: 'signIn', title: 'Connexion', to: '/administration/connexion' },
  { key: 'offline', title: 'Sans réseau', to: '/administration/sans-reseau' },
  { key: 'imports', title: 'Imports', to: '/administration/imports' },
  { key: 'values', title: 'Listes', to: '/administration/listes' },
  { key: 'forms', title: 'Formulaires', to: '/administration/formulaires' },
  { key: 'telephony', title: 'Téléphonie', to: '/administration/telephonie' },
  { key: 'hospitals', title: 'Hôpitaux', to: '/administration/hopitaux' },
  { key: 'alerts', title: 'Alertes', to: '/administration/alertes' },
  { key: 'relaunch', title: 'Relances', to: '/administration/relances' },
  { key: 'sequences', title: 'Séquences', to: '/administration/sequences' },
  { key: 'noteTemplates', title: 'Notes', to: '/administration/modeles-de-notes' },
  { key: 'access', title: 'Accès', to: '/administration/acces' },
] as const

import type { ActorFunction } from '../../platform/contract/actor.ts'
import type { PersonaServiceKey } from './persona-services.ts'

/** A situation d’exercice as Pro Santé Connect tells it. RPPS+ actors have a role and no profession. */
export interface PersonaExercice {
  /** '' for an actor known by her role only. */
  readonly profession: string
  readonly role: string
  /** Savoir-faire of the ordre, TRE_R38; '' where there is none. */
  readonly specialty: string
  /** L libéral, S salarié, B bénévole. */
  readonly mode: 'L' | 'S' | 'B'
  /** Genre d’activité, TRE_R22. */
  readonly genre: string
  readonly at: PersonaServiceKey
}

/** What Jalon holds for her once the demo region is loaded. */
export interface PersonaMembership {
  readonly service: PersonaServiceKey
  readonly functions: readonly ActorFunction[]
  readonly jobTitle: string
}

/** Someone whom the stand-in of Pro Santé Connect can log in: one at least per row of « The people » (product.md 2). Invented. */
export interface Persona {
  readonly id: string
  /** French, as on the page where one chooses. */
  readonly label: string
  readonly lookAt: string
  /** SubjectNameID: the type of identifier (8 = RPPS) then the number. */
  readonly nationalId: string
  readonly civility: 'M' | 'MME'
  readonly familyName: string
  readonly givenName: string
  readonly exercices: readonly PersonaExercice[]
  readonly memberships: readonly PersonaMembership[]
  /** `none`: Jalon does not know her before her first login. */
  readonly account: 'active' | 'disabled' | 'none'
}

export const personas: readonly Persona[] = [
  {
    id: 'front-desk',
    label: 'Chargée d’accueil du DAC',
    lookAt: 'La file des demandes, la saisie d’un appel au clavier, la réponse et la clôture.',
    nationalId: '819990001075',
    civility: 'MME',
    familyName: 'FERRY',
    givenName: 'Nadia',
    exercices: [{ profession: '', role: '336', specialty: '', mode: 'S', genre: 'GENR09', at: 'dacHautesVallees' }],
    memberships: [{ service: 'dacHautesVallees', functions: ['front_desk'], jobTitle: 'Chargée d’accueil' }],
    account: 'active',
  },
  {
    id: 'referent',
    label: 'Référente de parcours, DAC Hautes-Vallées (infirmière)',
    lookAt: 'Ma journée, une situation suivie, ses évaluations, son PPCS.',
    nationalId: '819990002149',
    civility: 'MME',
    familyName: 'MARCHAL',
    givenName: 'Julie',
    exercices: [{ profession: '60', role: '', specialty: '', mode: 'S', genre: 'GENR08', at: 'dacHautesVallees' }],
    memberships: [{ service: 'dacHautesVallees', functions: ['referent'], jobTitle: 'Référente de parcours' }],
    account: 'active',
  },
  {
    id: 'co-referent',
    label: 'Binôme de la référente (coordonnateur de parcours)',
    lookAt: 'Les situations partagées avec Julie Marchal, les alertes reçues pendant une absence.',
    nationalId: '819990003212',
    civility: 'M',
    familyName: 'BELKACEM',
    givenName: 'Karim',
    exercices: [{ profession: '', role: '330', specialty: '', mode: 'S', genre: 'GENR08', at: 'dacHautesVallees' }],
    memberships: [{ service: 'dacHautesVallees', functions: ['referent'], jobTitle: 'Référent de parcours' }],
    account: 'active',
  },
  {
    id: 'referent-other-dac',
    label: 'Référente de parcours, DAC Meurthe et Mortagne (assistante sociale)',
    lookAt: 'L’autre DAC : les situations des Hautes-Vallées ne lui sont pas ouvertes.',
    nationalId: '819990004285',
    civility: 'MME',
    familyName: 'DURUPT',
    givenName: 'Camille',
    exercices: [{ profession: '41', role: '', specialty: '', mode: 'S', genre: 'GENR11', at: 'dacMeurtheMortagne' }],
    memberships: [{ service: 'dacMeurtheMortagne', functions: ['referent'], jobTitle: 'Référente de parcours' }],
    account: 'active',
  },
  {
    id: 'two-services',
    label: 'Travailleuse sociale du DAC et du CLIC',
    lookAt: 'Le choix du service à la connexion : deux services d’une même association restent séparés.',
    nationalId: '819990005357',
    civility: 'MME',
    familyName: 'GRANDIDIER',
    givenName: 'Agathe',
    exercices: [
      { profession: '41', role: '', specialty: '', mode: 'S', genre: 'GENR11', at: 'dacHautesVallees' },
      { profession: '41', role: '', specialty: '', mode: 'S', genre: 'GENR10', at: 'clicHautesVallees' },
    ],
    memberships: [
      { service: 'dacHautesVallees', functions: ['front_desk', 'referent'], jobTitle: 'Travailleuse sociale' },
      { service: 'clicHautesVallees', functions: ['referent'], jobTitle: 'Travailleuse sociale' },
    ],
    account: 'active',
  },
  {
    id: 'dac-doctor',
    label: 'Médecin du DAC',
    lookAt: 'Les avis demandés, les concertations, le volet santé.',
    nationalId: '819990006421',
    civility: 'MME',
    familyName: 'VUILLEMIN',
    givenName: 'Hélène',
    exercices: [{ profession: '10', role: '', specialty: 'SM18', mode: 'S', genre: 'GENR08', at: 'dacHautesVallees' }],
    memberships: [{ service: 'dacHautesVallees', functions: ['doctor'], jobTitle: 'Médecin coordonnateur' }],
    account: 'active',
  },
  {
    id: 'team-lead',
    label: 'Responsable d’équipe du DAC',
    lookAt: 'La commission d’orientation, la charge de chacun, les absences.',
    nationalId: '819990008567',
    civility: 'MME',
    familyName: 'AUBERTIN',
    givenName: 'Sandrine',
    exercices: [{ profession: '60', role: '', specialty: '', mode: 'S', genre: 'GENR12', at: 'dacHautesVallees' }],
    memberships: [{ service: 'dacHautesVallees', functions: ['team_lead'], jobTitle: 'Responsable d’équipe' }],
    account: 'active',
  },
  {
    id: 'director',
    label: 'Directeur du DAC',
    lookAt: 'Les délais et les indicateurs ; un dossier ne s’ouvre qu’avec un motif.',
    nationalId: '819990009631',
    civility: 'M',
    familyName: 'MOUGENOT',
    givenName: 'Philippe',
    exercices: [{ profession: '', role: '359', specialty: '', mode: 'S', genre: 'GENR12', at: 'dacHautesVallees' }],
    memberships: [{ service: 'dacHautesVallees', functions: ['director'], jobTitle: 'Directeur' }],
    account: 'active',
  },
  {
    id: 'gp',
    label: 'Médecin traitant, en cabinet et en EHPAD',
    lookAt: 'Le choix de la situation d’exercice, ses patients suivis, une nouvelle demande.',
    nationalId: '819990007494',
    civility: 'MME',
    familyName: 'FRITSCH',
    givenName: 'Anne-Laure',
    exercices: [
      { profession: '10', role: '', specialty: 'SM54', mode: 'L', genre: 'GENR01', at: 'practiceFritsch' },
      { profession: '10', role: '', specialty: 'SM54', mode: 'S', genre: 'GENR01', at: 'ehpadTilleuls' },
    ],
    memberships: [
      { service: 'practiceFritsch', functions: ['outside_professional'], jobTitle: 'Médecin généraliste' },
      { service: 'ehpadTilleuls', functions: ['outside_professional'], jobTitle: 'Médecin coordonnateur' },
    ],
    account: 'active',
  },
  {
    id: 'home-nurse',
    label: 'Infirmier libéral',
    lookAt: 'Sur un téléphone : ses patients suivis, une note au carnet, une alerte.',
    nationalId: '819990010704',
    civility: 'M',
    familyName: 'NOËL',
    givenName: 'Thomas',
    exercices: [{ profession: '60', role: '', specialty: '', mode: 'L', genre: 'GENR01', at: 'practiceNoel' }],
    memberships: [{ service: 'practiceNoel', functions: ['outside_professional'], jobTitle: 'Infirmier libéral' }],
    account: 'active',
  },
  {
    id: 'pharmacist',
    label: 'Pharmacien d’officine',
    lookAt: 'Une personne opposée au partage avec sa pharmacie : son dossier ne s’ouvre pas.',
    nationalId: '819990011777',
    civility: 'M',
    familyName: 'LAHEURTE',
    givenName: 'Benoît',
    exercices: [{ profession: '21', role: '', specialty: '', mode: 'L', genre: 'GENR01', at: 'pharmacyMoselle' }],
    memberships: [{ service: 'pharmacyMoselle', functions: ['outside_professional'], jobTitle: 'Pharmacien titulaire' }],
    account: 'active',
  },
  {
    id: 'ccas-social-worker',
    label: 'Assistante sociale du CCAS',
    lookAt: 'Le volet social sans le volet santé, avec l’explication de ce qui n’est pas montré.',
    nationalId: '819990012841',
    civility: 'MME',
    familyName: 'GEHIN',
    givenName: 'Laura',
    exercices: [{ profession: '41', role: '', specialty: '', mode: 'S', genre: 'GENR10', at: 'ccasRemiremont' }],
    memberships: [{ service: 'ccasRemiremont', functions: ['outside_professional'], jobTitle: 'Assistante de service social' }],
    account: 'active',
  },
  {
    id: 'hospital-social-service',
    label: 'Service social de l’hôpital',
    lookAt: 'Une demande de sortie d’hôpital et sa réponse.',
    nationalId: '819990013914',
    civility: 'MME',
    familyName: 'ROUSSEL',
    givenName: 'Nathalie',
    exercices: [{ profession: '41', role: '', specialty: '', mode: 'S', genre: 'GENR11', at: 'hospitalHautesVallees' }],
    memberships: [{ service: 'hospitalHautesVallees', functions: ['outside_professional'], jobTitle: 'Assistante de service social' }],
    account: 'active',
  },
  {
    id: 'legal-guardian',
    label: 'Mandataire judiciaire à la protection des majeurs',
    lookAt: 'Ce qu’un curateur voit, et ce qu’il ne voit pas.',
    nationalId: '819990014987',
    civility: 'M',
    familyName: 'COLIN',
    givenName: 'Alain',
    exercices: [{ profession: '', role: '307', specialty: '', mode: 'L', genre: 'GENR10', at: 'guardianColin' }],
    memberships: [{ service: 'guardianColin', functions: ['outside_professional'], jobTitle: 'Mandataire judiciaire' }],
    account: 'active',
  },
  {
    id: 'cpts-coordinator',
    label: 'Coordinatrice de CPTS',
    lookAt: 'Les recherches de médecin traitant adressées à la CPTS ; aucun dossier.',
    nationalId: '819990015059',
    civility: 'MME',
    familyName: 'CUNY',
    givenName: 'Mathilde',
    exercices: [{ profession: '', role: '330', specialty: '', mode: 'S', genre: 'GENR08', at: 'cptsHauteMoselle' }],
    memberships: [{ service: 'cptsHauteMoselle', functions: ['cpts_coordinator'], jobTitle: 'Coordinatrice' }],
    account: 'active',
  },
  {
    id: 'expert-team',
    label: 'Équipe experte (DSR périnatalité)',
    lookAt: 'Une saisine reçue d’un DAC, et ce qui est partagé avec elle.',
    nationalId: '819990016123',
    civility: 'MME',
    familyName: 'KIEFFER',
    givenName: 'Sarah',
    exercices: [{ profession: '50', role: '', specialty: '', mode: 'S', genre: 'GENR08', at: 'dsrPerinatal' }],
    memberships: [{ service: 'dsrPerinatal', functions: ['expert_team'], jobTitle: 'Sage-femme coordinatrice' }],
    account: 'active',
  },
  {
    id: 'governance',
    label: 'Membre de la gouvernance (ARS)',
    lookAt: 'Des chiffres agrégés, jamais une personne.',
    nationalId: '819990017196',
    civility: 'MME',
    familyName: 'REMY',
    givenName: 'Isabelle',
    exercices: [{ profession: '', role: '312', specialty: '', mode: 'S', genre: 'GENR99', at: 'regionalAgency' }],
    memberships: [{ service: 'regionalAgency', functions: ['governance_member'], jobTitle: 'Chargée de mission parcours' }],
    account: 'active',
  },
  {
    id: 'regional-admin',
    label: 'Administrateur régional (GRADeS)',
    lookAt: 'Organisations, comptes, référentiels, imports ; aucun dossier.',
    nationalId: '819990019333',
    civility: 'M',
    familyName: 'HENRY',
    givenName: 'Bruno',
    exercices: [{ profession: '', role: '340', specialty: '', mode: 'S', genre: 'GENR99', at: 'regionalDigital' }],
    memberships: [{ service: 'regionalDigital', functions: ['regional_admin'], jobTitle: 'Administrateur régional' }],
    account: 'active',
  },
  {
    id: 'newcomer',
    label: 'Masseur-kinésithérapeute que Jalon ne connaît pas encore',
    lookAt: 'La première connexion d’un professionnel extérieur : son accès se crée, aucun dossier ne s’ouvre.',
    nationalId: '819990018269',
    civility: 'M',
    familyName: 'ARNOULD',
    givenName: 'Hugo',
    exercices: [{ profession: '70', role: '', specialty: '', mode: 'L', genre: 'GENR01', at: 'practiceArnould' }],
    memberships: [],
    account: 'none',
  },
  {
    id: 'no-situation',
    label: 'Professionnelle sans situation d’exercice',
    lookAt: 'Le refus expliqué : l’enregistrement au RPPS+ par l’employeur.',
    nationalId: '819990020406',
    civility: 'MME',
    familyName: 'VALDENAIRE',
    givenName: 'Lucie',
    exercices: [],
    memberships: [],
    account: 'none',
  },
  {
    id: 'account-closed',
    label: 'Professionnel dont l’accès a été fermé',
    lookAt: 'Le refus d’un compte fermé par le DAC.',
    nationalId: '819990021479',
    civility: 'M',
    familyName: 'PETITNICOLAS',
    givenName: 'Rémi',
    exercices: [{ profession: '60', role: '', specialty: '', mode: 'S', genre: 'GENR08', at: 'dacHautesVallees' }],
    memberships: [{ service: 'dacHautesVallees', functions: ['referent'], jobTitle: 'Référent de parcours' }],
    account: 'disabled',
  },
]

import { type ActorFunction, actorFunctions, type ServiceKind, serviceKinds } from '../../platform/contract/actor.ts'
import { defineValueSet, type ValueSetDefinition } from './value-sets.ts'

const serviceKindLabels: Readonly<Record<ServiceKind, string>> = {
  dac: 'Dispositif d’appui à la coordination (DAC)',
  clic: 'Centre local d’information et de coordination (CLIC)',
  emsp: 'Équipe mobile de soins palliatifs (EMSP)',
  cpts: 'Communauté professionnelle territoriale de santé (CPTS)',
  msp: 'Maison de santé pluriprofessionnelle (MSP)',
  esp: 'Équipe de soins primaires (ESP)',
  ess: 'Équipe de soins spécialisés (ESS)',
  mrs: 'Maison régionale de santé (MRS)',
  mountain_practice: 'Cabinet de montagne',
  cds: 'Centre de santé',
  dsr: 'Dispositif spécifique régional (DSR)',
  der: 'Dispositif expert régional (DER)',
  crt: 'Centre de ressources territorial (CRT)',
  hospital: 'Établissement de santé',
  had: 'Hospitalisation à domicile (HAD)',
  ssiad: 'Soins infirmiers à domicile (SSIAD)',
  sad: 'Service autonomie à domicile (SAD)',
  ehpad: 'EHPAD ou résidence pour personnes âgées',
  esms: 'Établissement ou service médico-social',
  mdph: 'Maison départementale des personnes handicapées (MDPH)',
  ccas: 'Centre communal d’action sociale (CCAS)',
  social_service: 'Service social',
  cam: 'Conseillers de l’Assurance maladie, Prado',
  sas: 'Service d’accès aux soins (SAS)',
  c360: 'Communauté 360',
  gh: 'Groupement hospitalier de territoire (GHT)',
  ars: 'Agence régionale de santé (ARS)',
  department: 'Conseil départemental',
  grades: 'Groupement régional d’appui à l’e-santé (GRADeS)',
  practice: 'Cabinet libéral',
  association: 'Association',
  other: 'Autre structure',
}

export const serviceKindsValueSet: ValueSetDefinition<ServiceKind> = defineValueSet({
  code: 'territory.service_kind',
  title: 'Nature du service',
  values: serviceKinds.map((code) => ({ code, label: serviceKindLabels[code] })),
})

/** Short names where the long one does not fit (chips, headers, lists). */
export const serviceKindShortLabels: Readonly<Record<ServiceKind, string>> = {
  dac: 'DAC',
  clic: 'CLIC',
  emsp: 'EMSP',
  cpts: 'CPTS',
  msp: 'MSP',
  esp: 'ESP',
  ess: 'ESS',
  mrs: 'MRS',
  mountain_practice: 'Cabinet de montagne',
  cds: 'Centre de santé',
  dsr: 'DSR',
  der: 'DER',
  crt: 'CRT',
  hospital: 'Hôpital',
  had: 'HAD',
  ssiad: 'SSIAD',
  sad: 'SAD',
  ehpad: 'EHPAD',
  esms: 'ESMS',
  mdph: 'MDPH',
  ccas: 'CCAS',
  social_service: 'Service social',
  cam: 'Prado',
  sas: 'SAS',
  c360: 'Communauté 360',
  gh: 'GHT',
  ars: 'ARS',
  department: 'Département',
  grades: 'GRADeS',
  practice: 'Cabinet',
  association: 'Association',
  other: 'Autre',
}

/**
 * FINESS categories (TRE_R397) by kind of service, the main one first. A category may stand under several kinds; `kindOfFinessCategory`
 * gives the one of the first kind that lists it. Kinds without a category of their own have none.
 */
export const finessCategories: Readonly<Partial<Record<ServiceKind, readonly string[]>>> = {
  dac: ['606'],
  clic: ['463'],
  cpts: ['604'],
  msp: ['603'],
  cds: ['124', '125'],
  dsr: ['614', '650'],
  hospital: ['355', '106', '101', '109', '114', '128', '129', '131', '141', '161', '292', '362', '365', '697', '156', '425'],
  had: ['127'],
  ssiad: ['354'],
  sad: ['460', '209', '208', '397', '450'],
  ehpad: ['500', '501', '502', '202', '381', '394', '207'],
  mdph: ['609'],
  sas: ['648'],
  esms: [
    '445',
    '446',
    '182',
    '183',
    '186',
    '188',
    '189',
    '190',
    '192',
    '194',
    '195',
    '246',
    '252',
    '253',
    '255',
    '370',
    '382',
    '395',
    '437',
    '448',
    '449',
    '461',
    '464',
    '705',
    '165',
    '178',
    '180',
    '197',
    '213',
    '214',
    '608',
    '412',
  ],
  social_service: ['340', '341', '342', '344', '405', '451', '640', '220', '223', '175', '177', '258', '219', '701', '702'],
  grades: ['607'],
}

const kindsByCategory = new Map(Object.entries(finessCategories).flatMap(([kind, codes]) => codes.map((code) => [code, kind as ServiceKind] as const)))

/** The kind of service of a FINESS category, 'other' when the category has none of ours. */
export function kindOfFinessCategory(category: string): ServiceKind {
  return kindsByCategory.get(category) ?? 'other'
}

const functionLabels: Readonly<Record<ActorFunction, string>> = {
  front_desk: 'Accueil',
  referent: 'Référent de parcours',
  doctor: 'Médecin du DAC',
  team_lead: 'Responsable d’équipe',
  director: 'Direction',
  outside_professional: 'Professionnel partenaire',
  cpts_coordinator: 'Coordination de CPTS',
  expert_team: 'Équipe experte',
  governance_member: 'Gouvernance',
  regional_admin: 'Administration régionale',
  person: 'Personne accompagnée',
}

export const functionsValueSet: ValueSetDefinition<ActorFunction> = defineValueSet({
  code: 'territory.function',
  title: 'Fonction',
  values: actorFunctions.map((code) => ({ code, label: functionLabels[code] })),
})

export const legalKinds = defineValueSet({
  code: 'territory.legal_kind',
  title: 'Nature juridique',
  values: [
    { code: 'association', label: 'Association' },
    { code: 'gcs', label: 'Groupement de coopération sanitaire (GCS)' },
    { code: 'gcsms', label: 'Groupement de coopération sociale et médico-sociale (GCSMS)' },
    { code: 'gip', label: 'Groupement d’intérêt public (GIP)' },
    { code: 'public_hospital', label: 'Établissement public de santé' },
    { code: 'private_hospital', label: 'Établissement de santé privé' },
    { code: 'non_profit_hospital', label: 'Établissement de santé privé d’intérêt collectif' },
    { code: 'local_authority', label: 'Collectivité territoriale' },
    { code: 'ccas', label: 'CCAS ou CIAS' },
    { code: 'public_body', label: 'Établissement public' },
    { code: 'state', label: 'Service de l’État' },
    { code: 'insurance_fund', label: 'Organisme de sécurité sociale' },
    { code: 'mutual', label: 'Mutuelle' },
    { code: 'foundation', label: 'Fondation' },
    { code: 'sisa', label: 'SISA', definition: 'Société interprofessionnelle de soins ambulatoires.' },
    { code: 'company', label: 'Société' },
    { code: 'individual', label: 'Entreprise individuelle, cabinet' },
    { code: 'other', label: 'Autre' },
  ],
})

/** Progress of a CPTS, as regional maps show it. */
export const cptsStatuses = defineValueSet({
  code: 'territory.cpts_status',
  title: 'Avancement de la CPTS',
  values: [
    { code: 'contract_signed', label: 'Contrat signé', definition: 'Accord conventionnel interprofessionnel signé avec l’Assurance maladie et l’ARS.' },
    { code: 'project_validated', label: 'Projet de santé validé' },
    { code: 'drafting', label: 'Projet en rédaction' },
    { code: 'initiative', label: 'Initiative', definition: 'Lettre d’intention ou premières réunions.' },
  ],
})

export const perimeterSources = defineValueSet({
  code: 'territory.perimeter_source',
  title: 'Origine du périmètre',
  values: [
    { code: 'service', label: 'Déclaré par le service' },
    { code: 'ars', label: 'Arrêté ou décision de l’ARS' },
    { code: 'contract', label: 'Contrat (CPOM, ACI)' },
    { code: 'import', label: 'Reprise de données' },
  ],
})

export const siteKinds = defineValueSet({
  code: 'territory.site_kind',
  title: 'Lieu',
  values: [
    { code: 'headquarters', label: 'Siège' },
    { code: 'branch', label: 'Antenne' },
    { code: 'reception', label: 'Permanence, accueil du public' },
    { code: 'care_site', label: 'Lieu de soins ou d’accompagnement' },
  ],
})

export const territoryValueSets: readonly ValueSetDefinition[] = [
  serviceKindsValueSet,
  functionsValueSet,
  legalKinds,
  cptsStatuses,
  perimeterSources,
  siteKinds,
]

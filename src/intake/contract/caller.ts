import { nameKey } from '../../persons/contract/names.ts'
import type { RequesterKind } from './value-sets.ts'

export interface Caller {
  readonly name: string | null
  /** « son épouse », « service social du CH »: what follows the comma. */
  readonly quality: string | null
}

/** Reads « Mme Martine Thiriet, son épouse » as one types it: the name, then what she is. */
export function parseCaller(typed: string): Caller {
  const [name = '', ...rest] = typed.split(',')
  const quality = rest.join(',').trim()
  return { name: name.trim().slice(0, 120) || null, quality: quality.slice(0, 80) || null }
}

/** True for someone who gives her civil name: the directory of professionals has nothing to say of her. */
export function isCivilName(typed: string): boolean {
  return /^\s*(m|mr|mme|mlle|monsieur|madame|mademoiselle)\b\.?/i.test(typed)
}

/** Words that tell a kind of requester, on the key of what was typed. The first that answers wins: the precise ones come first. */
const cues: readonly (readonly [RequesterKind, RegExp])[] = [
  ['person', /\b(LUI MEME|ELLE MEME|MOI MEME|LA PERSONNE|LE PATIENT|LA PATIENTE)\b/],
  [
    'relative',
    /\b(SON|SA|SES|LEUR|LA|LE|UN|UNE) (BELLE |BEAU |PETITE? |ARRIERE |EX )*(EPOU(X|SE)|MARI|FEMME|FILLE|FILS|SOEUR|FRERE|MERE|PERE|NIECE|NEVEU|TANTE|ONCLE|COUSINE?|CONJOINTE?|COMPAGN(E|ON)|AMIE?|VOISINE?|AIDANTE?|MAMAN|PAPA|FAMILLE)\b|\b(AIDANTE?|VOISINE?|FAMILLE)$/,
  ],
  ['gp_treating', /\b(MEDECIN TRAITANT|SON MT)\b/],
  ['advanced_nurse', /\b(IPA|PRATIQUE AVANCEE)\b/],
  [
    'hospital_social_service',
    /\bSERVICE SOCIAL\b.*\b(CH|CHU|CHR|HOPITAL|CLINIQUE|HOSPITALIER)\b|\b(CH|CHU|CHR|HOPITAL|CLINIQUE|HOSPITALIER)\b.*\b(SERVICE SOCIAL|ASSISTANTE? SOCIALE?)\b/,
  ],
  ['palliative_mobile_team', /\b(EMSP|EQUIPE (MOBILE (DE )?(SOINS )?)?PALLIATI\w+)\b/],
  ['geriatric_mobile_team', /\b(EMG|EQUIPE MOBILE (DE )?GERIATRI\w+)\b/],
  ['had', /\b(HAD|HOSPITALISATION A DOMICILE)\b/],
  ['hospital_emergency', /\b(URGENCES|SAU)\b/],
  ['hospital_rehab', /\b(SMR|SSR|READAPTATION)\b/],
  ['hospital_psychiatry', /\b(CMP|PSYCHIATRI\w+)\b/],
  ['hospital_acute', /\b(CH|CHU|CHR|HOPITAL|CLINIQUE|HOSPITALIERE?|MEDECINE POLYVALENTE)\b/],
  ['health_insurance', /\b(CPAM|PRADO|ASSURANCE MALADIE|CARSAT|MSA|CAM)\b/],
  ['sas', /\b(SAS|SAMU|REGULATION)\b/],
  ['home_care', /\b(SSIAD|SAD|SAAD|SPASAD|ADMR|AIDE A DOMICILE|AUXILIAIRE DE VIE|SERVICE AUTONOMIE)\b/],
  ['nursing_home', /\b(EHPAD|RESIDENCE AUTONOMIE|MAISON DE RETRAITE)\b/],
  ['mdph', /\b(MDPH|MDA|MAISON DE L AUTONOMIE)\b/],
  ['crt', /\bCRT\b/],
  ['community_360', /\b(COMMUNAUTE )?360\b/],
  ['disability_service', /\b(ESAT|SAVS|SAMSAH|IME|SESSAD|FOYER DE VIE|MAS|FAM|ESMS)\b/],
  ['addiction_service', /\b(CSAPA|CAARUD|LHSS|LAM)\b/],
  ['clic_department', /\b(CLIC|EQUIPE APA|DEPARTEMENT|CONSEIL DEPARTEMENTAL)\b/],
  ['ccas', /\b(CCAS|CIAS)\b/],
  ['legal_representative', /\b(MANDATAIRE|TUTEUR|TUTRICE|CURATEUR|CURATRICE|UDAF|ATMP)\b/],
  ['shelter', /\b(SIAO|CHRS|VEILLE SOCIALE)\b/],
  ['social_service', /\b(ASSISTANTE? SOCIALE?|SERVICE SOCIAL|TRAVAILLEU(R|SE) SOCIALE?|MDS|ASE|PMI)\b/],
  ['coordinated_practice', /\b(CPTS|MSP|ESP|MAISON DE SANTE|CENTRE DE SANTE)\b/],
  ['pharmacist', /\bPHARMACI\w+\b/],
  ['nurse', /\b(INFIRMIERE?S?|IDE|IDEL)\b/],
  ['midwife', /\bSAGE FEMME\b/],
  ['paramedical', /\b(KINE\w*|ORTHOPHONISTE|ERGO\w*|PODOLOGUE|PSYCHOMOT\w+|DIETETICIEN\w*)\b/],
  ['specialist', /\b(CARDIOLOGUE|NEUROLOGUE|GERIATRE|PSYCHIATRE|ONCOLOGUE|PNEUMOLOGUE|RHUMATOLOGUE|SPECIALISTE)\b/],
  ['landlord', /\b(BAILLEUR|HLM|OPH)\b/],
  ['school', /\b(ECOLE|COLLEGE|LYCEE|EDUCATION NATIONALE|INFIRMIERE SCOLAIRE)\b/],
  ['town_hall', /\b(MAIRIE|MAIRE|ADJOINTE?|ELUE?)\b/],
  ['police_fire', /\b(POLICE|GENDARM\w+|POMPIERS?|SDIS)\b/],
  ['regional_scheme', /\b(DSR|DER|RESEAU)\b/],
  ['other_dac', /\bDAC\b/],
  ['association', /\bASSOCIATION\b/],
  ['gp_other', /^(DR|DRE|DOCTEUR|DOCTORESSE)\b/],
]

/** The kind of requester that a typed name and quality tell, or null: nobody is counted by a guess that says nothing. */
export function guessRequesterKind(typed: string): RequesterKind | null {
  const key = nameKey(typed)
  return cues.find(([, pattern]) => pattern.test(key))?.[0] ?? null
}

/** The kind of requester that a card of the directory is counted as, by its trade or its nature. */
export const kindOfFacet: Readonly<Record<string, RequesterKind>> = {
  gp: 'gp_other',
  specialist: 'specialist',
  nurse: 'nurse',
  pharmacist: 'pharmacist',
  pharmacy: 'pharmacist',
  midwife: 'midwife',
  physiotherapist: 'paramedical',
  speech_therapist: 'paramedical',
  occupational_therapist: 'paramedical',
  psychomotor_therapist: 'paramedical',
  podiatrist: 'paramedical',
  dietician: 'paramedical',
  social_worker: 'social_service',
  legal_guardian: 'legal_representative',
  coordinator: 'other',
  hospital: 'hospital_acute',
  gh: 'hospital_acute',
  had: 'had',
  emsp: 'palliative_mobile_team',
  ssiad: 'home_care',
  sad: 'home_care',
  ehpad: 'nursing_home',
  esms: 'disability_service',
  mdph: 'mdph',
  ccas: 'ccas',
  clic: 'clic_department',
  department: 'clic_department',
  social_service: 'social_service',
  cam: 'health_insurance',
  sas: 'sas',
  c360: 'community_360',
  dsr: 'regional_scheme',
  der: 'regional_scheme',
  crt: 'crt',
  cpts: 'coordinated_practice',
  msp: 'coordinated_practice',
  esp: 'coordinated_practice',
  cds: 'coordinated_practice',
  landlord: 'landlord',
  town_hall: 'town_hall',
  school: 'school',
  police: 'police_fire',
  association: 'association',
  dac: 'other_dac',
}

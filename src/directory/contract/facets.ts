import { type ProfessionalCategory, type ServiceKind, serviceKinds } from '../../platform/contract/actor.ts'
import { serviceKindShortLabels, serviceKindsValueSet } from '../../territory/contract/territory-value-sets.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'

/** Trades of persons, as one filters the directory by them. */
export const tradeFacets = [
  'gp',
  'specialist',
  'nurse',
  'pharmacist',
  'physiotherapist',
  'dentist',
  'midwife',
  'speech_therapist',
  'occupational_therapist',
  'psychomotor_therapist',
  'podiatrist',
  'dietician',
  'psychologist',
  'psychotherapist',
  'osteopath',
  'chiropractor',
  'orthoptist',
  'optician',
  'hearing_aid',
  'orthotist',
  'radiographer',
  'laboratory_technician',
  'dental_assistant',
  'medical_physicist',
  'social_worker',
  'legal_guardian',
  'coordinator',
  'care_assistant',
  'home_helper',
  'educator',
  'other_professional',
] as const
export type TradeFacet = (typeof tradeFacets)[number]

/** Kinds of structures: those of services, and those that only the directory knows. */
export const structureFacets = [
  ...serviceKinds,
  'pharmacy',
  'laboratory',
  'landlord',
  'town_hall',
  'school',
  'employment',
  'police',
  'equipment',
  'transport',
] as const
export type StructureFacet = (typeof structureFacets)[number]

export type DirectoryFacet = TradeFacet | StructureFacet
export const directoryFacets: readonly DirectoryFacet[] = [...tradeFacets, ...structureFacets]

interface FacetFacts {
  readonly label: string
  /** Words, without accents, by which it is asked for besides its label; other ways to say the same are turned into these by `readDirectoryQuery`. */
  readonly words: string
}

const trades: Readonly<Record<TradeFacet, FacetFacts>> = {
  gp: { label: 'Médecin généraliste', words: '' },
  specialist: { label: 'Médecin spécialiste', words: '' },
  nurse: { label: 'Infirmier', words: '' },
  pharmacist: { label: 'Pharmacien', words: 'pharmacie' },
  physiotherapist: { label: 'Masseur-kinésithérapeute', words: '' },
  dentist: { label: 'Chirurgien-dentiste', words: '' },
  midwife: { label: 'Sage-femme', words: 'maieuticien' },
  speech_therapist: { label: 'Orthophoniste', words: '' },
  occupational_therapist: { label: 'Ergothérapeute', words: '' },
  psychomotor_therapist: { label: 'Psychomotricien', words: '' },
  podiatrist: { label: 'Pédicure-podologue', words: '' },
  dietician: { label: 'Diététicien', words: 'nutrition' },
  psychologist: { label: 'Psychologue', words: '' },
  psychotherapist: { label: 'Psychothérapeute', words: '' },
  osteopath: { label: 'Ostéopathe', words: '' },
  chiropractor: { label: 'Chiropracteur', words: '' },
  orthoptist: { label: 'Orthoptiste', words: '' },
  optician: { label: 'Opticien-lunetier', words: 'lunettes' },
  hearing_aid: { label: 'Audioprothésiste', words: 'appareil auditif' },
  orthotist: { label: 'Orthoprothésiste ou podo-orthésiste', words: 'protheses ortheses' },
  radiographer: { label: 'Manipulateur en électroradiologie', words: 'radio' },
  laboratory_technician: { label: 'Technicien de laboratoire', words: '' },
  dental_assistant: { label: 'Assistant dentaire', words: '' },
  medical_physicist: { label: 'Physicien médical', words: '' },
  social_worker: { label: 'Travailleur social', words: 'assistant social service cesf' },
  legal_guardian: { label: 'Mandataire judiciaire', words: 'curateur tuteur mjpm protection majeurs' },
  coordinator: { label: 'Coordonnateur de parcours', words: 'coordination referent' },
  care_assistant: { label: 'Aide-soignant', words: '' },
  home_helper: { label: 'Aide à domicile', words: 'auxiliaire vie avs accompagnant' },
  educator: { label: 'Éducateur', words: '' },
  other_professional: { label: 'Autre professionnel', words: '' },
}

const onlyHere: Readonly<Record<Exclude<StructureFacet, ServiceKind>, FacetFacts>> = {
  pharmacy: { label: 'Pharmacie', words: 'officine pharmacien' },
  laboratory: { label: 'Laboratoire', words: 'labo analyses biologie' },
  landlord: { label: 'Bailleur', words: 'logement hlm office habitat proprietaire' },
  town_hall: { label: 'Mairie', words: 'commune ville elu' },
  school: { label: 'École', words: 'college lycee education nationale scolaire' },
  employment: { label: 'Emploi, insertion', words: 'employeur france travail mission locale' },
  police: { label: 'Police, gendarmerie, pompiers', words: 'sdis secours' },
  equipment: { label: 'Matériel médical', words: 'prestataire lit oxygene psad' },
  transport: { label: 'Transport', words: 'ambulance taxi vsl' },
}

const structureWords: Readonly<Partial<Record<ServiceKind, string>>> = {
  dac: 'appui coordination plateforme',
  clic: 'point autonomie personnes agees',
  emsp: 'palliatif soins palliatifs',
  hospital: 'hopital ch centre hospitalier clinique',
  had: 'hospitalisation domicile',
  ssiad: 'soins infirmiers domicile',
  sad: 'aide domicile menagere saad auxiliaire',
  ehpad: 'maison retraite residence',
  mdph: 'handicap maison departementale',
  ccas: 'action sociale mairie cias',
  social_service: 'assistante sociale',
  cam: 'prado cpam assurance maladie',
  esms: 'handicap etablissement',
  department: 'conseil departemental apa',
  practice: 'cabinet liberal',
  msp: 'maison sante',
  cds: 'centre sante',
}

function factsOf(facet: DirectoryFacet): FacetFacts {
  if (facet in trades) return trades[facet as TradeFacet]
  if (facet in onlyHere) return onlyHere[facet as keyof typeof onlyHere]
  const kind = facet as ServiceKind
  const long = labelOf(serviceKindsValueSet, kind)
  return { label: serviceKindShortLabels[kind], words: `${long} ${structureWords[kind] ?? ''}` }
}

/** « Infirmier », « SSIAD »: the name of a facet on the screen. */
export function facetLabel(facet: string): string {
  return directoryFacets.includes(facet as DirectoryFacet) ? factsOf(facet as DirectoryFacet).label : 'Autre'
}

/** What else finds whoever has this facet; to be passed through `searchKey`. */
export function facetWords(facet: DirectoryFacet): string {
  const { label, words } = factsOf(facet)
  return `${label} ${words}`
}

/** True for the trades of persons, false for structures. */
export function isTrade(facet: string): facet is TradeFacet {
  return (tradeFacets as readonly string[]).includes(facet)
}

const socialFacets: readonly DirectoryFacet[] = [
  'psychologist',
  'psychotherapist',
  'osteopath',
  'chiropractor',
  'social_worker',
  'home_helper',
  'educator',
  'sad',
  'ehpad',
  'esms',
  'mdph',
  'ccas',
  'social_service',
  'clic',
  'crt',
  'department',
]
const healthStructures: readonly DirectoryFacet[] = [
  'emsp',
  'msp',
  'esp',
  'ess',
  'mrs',
  'mountain_practice',
  'cds',
  'hospital',
  'had',
  'ssiad',
  'sas',
  'practice',
  'pharmacy',
  'laboratory',
]
const neither: readonly DirectoryFacet[] = ['coordinator', 'other_professional', 'legal_guardian']

/** The category of R.1110-2 CSP that usually goes with a facet; whoever records a member says it in the end. */
export function facetCategory(facet: DirectoryFacet): ProfessionalCategory {
  if (facet === 'legal_guardian') return 'legal_protection'
  if (facet === 'dac') return 'coordination'
  if (socialFacets.includes(facet)) return 'social'
  if (healthStructures.includes(facet)) return 'health'
  return isTrade(facet) && !neither.includes(facet) ? 'health' : 'administrative'
}

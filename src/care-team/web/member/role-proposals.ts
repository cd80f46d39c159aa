import { type DirectoryFacet, isTrade } from '../../../directory/contract/facets.ts'
import type { DirectoryHit } from '../../../directory/contract/hit.ts'
import type { MemberKind } from '../../contract/member.ts'
import type { SingleRole } from '../../contract/roles.ts'

const byFacet: Partial<Readonly<Record<DirectoryFacet, SingleRole>>> = {
  gp: 'gp',
  specialist: 'specialist',
  nurse: 'nurse',
  pharmacist: 'pharmacist',
  pharmacy: 'pharmacist',
  physiotherapist: 'physiotherapist',
  dentist: 'dentist',
  midwife: 'midwife',
  speech_therapist: 'speech_therapist',
  occupational_therapist: 'occupational_therapist',
  psychomotor_therapist: 'psychomotor_therapist',
  podiatrist: 'podiatrist',
  dietician: 'dietician',
  psychologist: 'psychologist',
  social_worker: 'social_worker',
  social_service: 'social_worker',
  legal_guardian: 'legal_representative_professional',
  coordinator: 'partner_coordinator',
  care_assistant: 'ssiad',
  home_helper: 'home_help',
  educator: 'educator',
  sad: 'home_help',
  ssiad: 'ssiad',
  had: 'had',
  hospital: 'hospital_ward',
  ehpad: 'institution',
  esms: 'disability_service',
  ccas: 'ccas',
  clic: 'ccas',
  mdph: 'mdph',
  department: 'apa_team',
  emsp: 'palliative_team',
  landlord: 'landlord',
  school: 'school',
  employment: 'employer',
  equipment: 'medical_device_provider',
  transport: 'transporter',
  association: 'volunteer',
}

/** The role that a card of the directory most likely holds; '' when its trade says nothing. */
export function roleProposedFor(hit: Pick<DirectoryHit, 'facet'>): SingleRole | '' {
  return byFacet[hit.facet as DirectoryFacet] ?? ''
}

/** The trades of the directory that may answer a need; none when its role is no trade of theirs. */
export function facetsFor(role: string): readonly DirectoryFacet[] {
  return (Object.keys(byFacet) as DirectoryFacet[]).filter((facet) => byFacet[facet] === role)
}

/** A local card is that of somebody when it carries a trade, else of a structure. */
export function kindOf(hit: Pick<DirectoryHit, 'kind' | 'facet'>): MemberKind {
  return hit.kind === 'professional' || (hit.kind === 'local' && isTrade(hit.facet)) ? 'professional' : 'structure'
}

import type { ProfessionalCategory, Volet } from '../../platform/contract/actor.ts'
import type { CareRole, SharingBasis, SharingCategory } from './value-sets.ts'

/** What the trade and the law say of a role, before the wishes of the person are known. */
export interface RoleFacts {
  /** R.1110-2; 'none' for relatives and other contacts. */
  readonly sharingCategory: SharingCategory
  readonly professionalCategory: ProfessionalCategory | null
  /** The volets proposed when the member is given sight; the person may narrow them. */
  readonly volets: readonly Volet[]
}

const all: readonly Volet[] = ['administrative', 'social', 'health']
const socialVolets: readonly Volet[] = ['administrative', 'social']

const health: RoleFacts = { sharingCategory: '1', professionalCategory: 'health', volets: all }
const dac: RoleFacts = { sharingCategory: '2j', professionalCategory: 'coordination', volets: all }
const socialService: RoleFacts = { sharingCategory: '2g', professionalCategory: 'social', volets: socialVolets }
const nobody: RoleFacts = { sharingCategory: 'none', professionalCategory: null, volets: [] }

function social(sharingCategory: SharingCategory): RoleFacts {
  return { sharingCategory, professionalCategory: 'social', volets: socialVolets }
}

export type SingleRole = Exclude<CareRole, `g_${string}`>

/**
 * Facts by role. Health professionals (R.1110-2, 1°) are proposed the three volets, the others the social and administrative ones:
 * crossing the two categories is limited to what is strictly necessary (R.1110-1) and the health volet is opened to them by the person.
 * Psychologists are in the 2° b but take part in care, hence the three volets.
 */
export const roleFacts: Readonly<Record<SingleRole, RoleFacts>> = {
  referent: dac,
  co_referent: dac,
  dac_doctor: { ...dac, sharingCategory: '1', professionalCategory: 'health' },
  dac_professional: dac,
  partner_coordinator: dac,
  gp: health,
  gp_other: health,
  specialist: health,
  geriatrician: health,
  psychiatrist: health,
  nurse: health,
  advanced_nurse: health,
  pharmacist: health,
  physiotherapist: health,
  occupational_therapist: health,
  speech_therapist: health,
  psychomotor_therapist: health,
  dietician: health,
  podiatrist: health,
  dentist: health,
  midwife: health,
  had: health,
  ssiad: health,
  specialised_alzheimer_team: health,
  palliative_team: health,
  geriatric_team: health,
  psychiatry_team: health,
  addiction_team: health,
  hospital_ward: health,
  psychologist: { sharingCategory: '2b', professionalCategory: 'health', volets: all },
  medical_device_provider: { sharingCategory: 'none', professionalCategory: null, volets: [] },
  home_help: socialService,
  day_care: socialService,
  temporary_accommodation: socialService,
  institution: socialService,
  disability_service: socialService,
  respite_platform: socialService,
  shelter_worker: socialService,
  educator: social('2d'),
  foster_carer: social('2e'),
  meal_delivery: nobody,
  alarm_provider: nobody,
  social_worker: social('2a'),
  hospital_social_worker: social('2a'),
  ccas: social('2a'),
  apa_team: social('2i'),
  mdph: social('2a'),
  child_protection: social('2a'),
  health_insurance: social('2a'),
  legal_representative_professional: { sharingCategory: '2f', professionalCategory: 'legal_protection', volets: socialVolets },
  main_caregiver: nobody,
  caregiver: nobody,
  trusted_person: nobody,
  legal_representative_relative: nobody,
  parental_authority: nobody,
  contact_to_call: nobody,
  relative: nobody,
  landlord: nobody,
  school: nobody,
  employer: nobody,
  volunteer: nobody,
  interpreter: nobody,
  transporter: nobody,
  other: nobody,
}

/** The basis proposed for a role: whoever R.1110-2 does not name needs the person's agreement, and has no access until then. */
export function proposedBasis(role: SingleRole): SharingBasis {
  return roleFacts[role].sharingCategory === 'none' ? 'none' : 'care_team'
}

/** True if the basis may be recorded for the category: the équipe de soins is closed to those whom R.1110-2 does not name. */
export function basisIsLawful(basis: SharingBasis, category: SharingCategory): boolean {
  return basis !== 'care_team' || category !== 'none'
}

/** Roles held by the staff of the DAC: they see by their service, without an access of their own. */
export const dacRoles: readonly string[] = ['referent', 'co_referent', 'dac_doctor', 'dac_professional']

/** Those that follow the accompaniment: changed there, never by hand in the circle. */
export const rolesOfTheEpisode: readonly string[] = ['referent', 'co_referent']

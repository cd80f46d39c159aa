import type { ActivityType } from './value-sets.ts'

/** The three levels at which a DAC acts (Cadre national d'orientation, § 1.1; R1). */
export const cnoLevels = [1, 2, 3] as const
export type CnoLevel = (typeof cnoLevels)[number]

/** The level proposed for an activity; whoever records it may say otherwise. */
export const defaultCnoLevel: Readonly<Record<ActivityType, CnoLevel>> = {
  call: 2,
  message: 2,
  interview: 2,
  video_interview: 2,
  home_visit: 2,
  joint_home_visit: 2,
  complementary_home_visit: 2,
  hospital_visit: 2,
  outreach: 2,
  physical_accompaniment: 2,
  assessment: 2,
  case_conference: 2,
  plan_work: 2,
  coordination: 2,
  service_search: 2,
  rights_support: 2,
  telemonitoring_orientation: 2,
  remote_expertise: 1,
  care_refusal_support: 2,
  caregiver_support: 2,
  professional_advice: 1,
  professional_training: 1,
  tool_provision: 1,
  commission: 2,
  partnership: 3,
  working_group: 3,
  governance: 3,
  rupture_analysis: 3,
  travel: 2,
}

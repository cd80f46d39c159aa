import type { PartyId, ServiceId, UserId } from './ids.ts'

/** One volet of a person's data. Every person-bearing row has exactly one. */
export const volets = ['administrative', 'social', 'health'] as const
export type Volet = (typeof volets)[number]

/** What the user is there to do. A user may hold several in one service; they decide her home screen and her rights. */
export const actorFunctions = [
  'front_desk',
  'referent',
  'doctor',
  'team_lead',
  'director',
  'outside_professional',
  'cpts_coordinator',
  'expert_team',
  'governance_member',
  'regional_admin',
  'person',
] as const
export type ActorFunction = (typeof actorFunctions)[number]

/** The kind of the service on whose behalf she acts. */
export const serviceKinds = [
  'dac',
  'clic',
  'emsp',
  'cpts',
  'msp',
  'esp',
  'ess',
  'mrs',
  'mountain_practice',
  'cds',
  'dsr',
  'der',
  'crt',
  'hospital',
  'had',
  'ssiad',
  'sad',
  'ehpad',
  'esms',
  'mdph',
  'ccas',
  'social_service',
  'cam',
  'sas',
  'c360',
  'gh',
  'ars',
  'department',
  'grades',
  'practice',
  'association',
  'other',
] as const
export type ServiceKind = (typeof serviceKinds)[number]

/** R.1110-2 CSP: health professionals (1°), and the closed list of the others (2°); `coordination` is (j), the staff of a DAC. */
export const professionalCategories = ['health', 'social', 'legal_protection', 'coordination', 'administrative'] as const
export type ProfessionalCategory = (typeof professionalCategories)[number]

/** Who acts. The server makes it from the session at each request; the browser receives the same object to show or explain buttons. */
export interface Actor {
  readonly kind: 'user' | 'job' | 'anonymous'
  readonly userId: UserId
  readonly displayName: string
  /** The service chosen at login; a job has none. */
  readonly serviceId: ServiceId | null
  readonly serviceKind: ServiceKind | null
  readonly serviceName: string
  readonly functions: readonly ActorFunction[]
  readonly category: ProfessionalCategory
  /** Her card in the directory, when she has one. */
  readonly professionalId: PartyId | null
  /** The parties under which sight is given to her: herself, her card, and her service when her functions work on files. */
  readonly parties: readonly PartyId[]
  /** The volets that her functions and category ever allow; the sight row of a person can only narrow them. */
  readonly volets: readonly Volet[]
}

/** True if the actor holds one of the functions. */
export function holds(actor: Actor, ...functions: readonly ActorFunction[]): boolean {
  return functions.some((f) => actor.functions.includes(f))
}

/** True for those whose work is on files in a DAC (R.1110-2, 2°, j). */
export function isDacStaff(actor: Actor): boolean {
  return actor.serviceKind === 'dac' && holds(actor, 'front_desk', 'referent', 'doctor', 'team_lead')
}

/** True for those who accompany persons in a DAC: everyone of its staff but the front desk alone. */
export function accompanies(actor: Actor): boolean {
  return actor.serviceKind === 'dac' && holds(actor, 'referent', 'doctor', 'team_lead')
}

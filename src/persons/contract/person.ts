import { z } from 'zod'
import type { Volet } from '../../platform/contract/actor.ts'
import { type Branded, idSchema, type PersonId, type ServiceId, type UserId } from '../../platform/contract/ids.ts'

/** RNIV: provisional, checked on a document, retrieved from INSi, both (qualified). A pure function of the two facts: identity-status.ts. */
export const identityStatuses = ['PROV', 'VALI', 'RECUP', 'QUAL'] as const
export type IdentityStatus = (typeof identityStatuses)[number]

/** Why a party sees a person. Each is a dated row of persons.sight, with its reason and its end. */
export const sightBases = ['dac_in_charge', 'request', 'care_team', 'consent', 'break_glass', 'self'] as const
export type SightBasis = (typeof sightBases)[number]

/** Who a person is, for a line of a list. `birthName` falls back on the used name while nobody said it. */
export const personNameSchema = z.object({
  personId: idSchema<PersonId>(),
  birthName: z.string(),
  usedName: z.string().nullable(),
  firstName: z.string(),
  usedFirstName: z.string().nullable(),
  sex: z.enum(['F', 'M', 'I']).nullable(),
  birthDay: z.string().nullable(),
  birthDayApproximate: z.boolean(),
  commune: z.string().nullable(),
  deathDay: z.string().nullable(),
  identityStatus: z.enum(identityStatuses),
})
export type PersonName = z.output<typeof personNameSchema>

/** What access rules look at: the person as the actor sees her now. */
export interface PersonTarget {
  readonly personId: PersonId
  readonly version: number
  readonly identityStatus: IdentityStatus
  readonly deceasedOn: string | null
  readonly communeCode: string | null
  readonly isMilitary: boolean
  /** The service that wrote her identity first. */
  readonly holderOrg: ServiceId
  /** On what the actor sees her, now. */
  readonly bases: readonly SightBasis[]
  /** The volets opened by these bases, within those of her functions. */
  readonly volets: readonly Volet[]
  /** The actor's own service accompanies her: an open episode, not the two years kept after its closure. */
  readonly inCharge: boolean
  /**
   * The actor answers for the person's wishes: her DAC, herself, or whoever handles a request about her while no DAC accompanies her now. The database says
   * it (persons.speaks_for), and its doors ask the same function.
   */
  readonly speaksFor: boolean
}

/** What the rules of an exceptional access look at. */
export interface ExceptionalAccessTarget {
  readonly id: string
  readonly personId: PersonId
  /** Who opened it. */
  readonly userId: UserId
  /** The actor answers for the service of the one who opened it, or for the DAC in charge of the person. */
  readonly supervised: boolean
}

export type NonOppositionNumber = 1 | 2 | 3

/** The last answer to one of the three questions (R26–R28); nothing is presumed. */
export const nonOppositionSchema = z.object({
  state: z.enum(['not_collected', 'non_opposition', 'opposition']),
  on: z.string().nullable(),
  mode: z.string().nullable(),
  byName: z.string().nullable(),
  documentVersion: z.string().nullable(),
  givenBy: z.string().nullable(),
})
export type NonOpposition = z.output<typeof nonOppositionSchema>

/** `at_risk` marks a person in danger: structures marked sensitive then keep their name for the DAC in charge, the only one who reads this mark. */
export const silenceKinds = ['tell_nothing', 'no_call', 'no_sharing', 'hidden_address', 'at_risk'] as const

/** What she asks not to be said, sent or shown; shown before any call, letter or invitation. */
export const silenceSchema = z.object({
  id: z.uuid(),
  kind: z.enum(silenceKinds),
  towards: z.string(),
  /** In words: « fils ». */
  relation: z.string().nullable(),
  partyId: z.uuid().nullable(),
  since: z.string(),
  reason: z.string().nullable(),
  version: z.number().int(),
})
export type Silence = z.output<typeof silenceSchema>

/** What she was told and what she opposes, in one piece. */
export const sharingStateSchema = z.object({
  informedOn: z.string().nullable(),
  informedBy: z.string().nullable(),
  nonOppositions: z.object({ 1: nonOppositionSchema, 2: nonOppositionSchema, 3: nonOppositionSchema }),
  /** An opposition to being accompanied (n° 1) or to the computer file (n° 2): nothing leaves the DAC any more. */
  opposed: z.boolean(),
  /** Neither n° 1 nor n° 2 has been answered yet: the circle is not opened before. */
  uncollected: z.boolean(),
  silences: z.array(silenceSchema),
})
export type SharingState = z.output<typeof sharingStateSchema>

export type FamilyDoctorState = 'declared' | 'de_facto' | 'unknown' | 'none' | 'military'

export const familyDoctorSchema = z.object({
  id: z.uuid(),
  version: z.number().int(),
  state: z.enum(['declared', 'de_facto', 'unknown', 'none', 'military']),
  professionalId: z.uuid().nullable(),
  name: z.string().nullable(),
  phone: z.string().nullable(),
  commune: z.string().nullable(),
  concertation: z.string().nullable(),
  concertationAt: z.string().nullable(),
  verifiedOn: z.string().nullable(),
  startsOn: z.string(),
  /** She left the national directory then: retired, struck off, or by her own wish; null while she is there, or was never looked up. */
  vanishedAt: z.string().nullable(),
})
export type FamilyDoctor = z.output<typeof familyDoctorSchema>

export type TimelineItemId = Branded<'TimelineItemId'>
export type NonDisclosureId = Branded<'NonDisclosureId'>
export type ContactPointId = Branded<'ContactPointId'>
export type ExceptionalAccessId = Branded<'ExceptionalAccessId'>
export type WithheldVoletId = Branded<'WithheldVoletId'>

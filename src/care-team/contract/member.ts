import { z } from 'zod'
import type { PersonTarget } from '../../persons/contract/person.ts'
import { volets } from '../../platform/contract/actor.ts'
import { type Branded, idSchema, type PersonId } from '../../platform/contract/ids.ts'

export type MemberId = Branded<'MemberId'>
export type RoleId = Branded<'RoleId'>
export type AccessId = Branded<'AccessId'>

/** A professional named, a structure, a relative, or a contact who is none of them (landlord, school, volunteer). */
export const memberKinds = ['professional', 'structure', 'relative', 'contact'] as const
export type MemberKind = (typeof memberKinds)[number]

/** A presence of a usual week. `nobody`: somebody should come and nobody does. */
export const slotSchema = z.object({
  /** 1 is Monday. */
  day: z.number().int().min(1).max(7),
  at: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'Heure à écrire comme 7 h 45.' })
    .nullable()
    .default(null),
  label: z.string().trim().max(24, { error: 'Trop long : 24 caractères au plus.' }).nullable().default(null),
  state: z.enum(['planned', 'nobody']).default('planned'),
})
export type Slot = z.output<typeof slotSchema>
export const weekSchema = z.array(slotSchema).max(42, { error: '42 passages au plus par semaine.' })

export const roleSchema = z.object({
  id: idSchema<RoleId>(),
  role: z.string(),
  startsOn: z.string(),
  endsOn: z.string().nullable(),
  endReason: z.string().nullable(),
  documentSeen: z.string().nullable(),
})
export type MemberRole = z.output<typeof roleSchema>

/** On what ground she sees the file, now or before. */
export const accessSchema = z.object({
  id: idSchema<AccessId>(),
  basis: z.enum(['care_team', 'consent']),
  sharingCategory: z.string(),
  ground: z.string().nullable(),
  volets: z.array(z.enum(volets)),
  informedOn: z.string().nullable(),
  informedByName: z.string().nullable(),
  consentOn: z.string().nullable(),
  consentMode: z.string().nullable(),
  consentFor: z.string().nullable(),
  /** Her last day; an access that is past it is a former one. */
  consentUntil: z.string().nullable(),
  startsAt: z.string(),
  endsAt: z.string().nullable(),
  endReason: z.string().nullable(),
})
export type MemberAccess = z.output<typeof accessSchema>

export const memberSchema = z.object({
  id: idSchema<MemberId>(),
  version: z.number().int(),
  kind: z.enum(memberKinds),
  partyId: z.string().nullable(),
  name: z.string(),
  place: z.string().nullable(),
  relation: z.string().nullable(),
  phone: z.string().nullable(),
  otherPhone: z.string().nullable(),
  email: z.string().nullable(),
  does: z.string().nullable(),
  hours: z.string().nullable(),
  callFor: z.string().nullable(),
  callOrder: z.number().int().nullable(),
  week: z.array(slotSchema),
  /** Those of today first; a member whose roles have all ended has left. */
  roles: z.array(roleSchema),
  current: z.boolean(),
  /** The one of today, or null: named, and sees nothing. */
  access: accessSchema.nullable(),
  formerAccess: z.array(accessSchema),
  /** Her access exists and is suspended by an opposition of the person. */
  suspended: z.boolean(),
  /** She sees something of the file today: by her access, or as staff of the DAC that accompanies. */
  sees: z.boolean(),
  /** She can log in to Jalon. */
  hasAccount: z.boolean(),
  /** The member is the user who asks. */
  isMe: z.boolean(),
})
export type Member = z.output<typeof memberSchema>

/** What the rules look at: the person, and whose member it is. */
export interface MemberTarget extends PersonTarget {
  readonly memberId: MemberId
  readonly partyId: string | null
}

/** The person of a member, for audit lines. */
export const personOf = (target: { readonly personId: PersonId }): readonly PersonId[] => [target.personId]

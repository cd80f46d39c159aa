import { z } from 'zod'
import type { PersonTarget } from '../../persons/contract/person.ts'
import { parsePhone } from '../../persons/contract/phones.ts'
import { type ActionAudit, defineAction } from '../../platform/contract/action.ts'
import { volets } from '../../platform/contract/actor.ts'
import { code, day, line, optional, seenVersion } from '../../platform/contract/fields.ts'
import { idSchema, type PersonId } from '../../platform/contract/ids.ts'
import { composesTheCircle, keepsTheCircle, leavesByHerself } from './access.ts'
import { type AccessId, type MemberId, type MemberTarget, memberKinds, personOf, type RoleId, weekSchema } from './member.ts'

const personId = idSchema<PersonId>()
const memberId = idSchema<MemberId>()
const versioned = z.object({ id: z.string(), version: z.number().int() })
const ofPerson: ActionAudit<unknown, PersonTarget, unknown> = { persons: (_input, target) => personOf(target) }
const ofMember: ActionAudit<unknown, MemberTarget, unknown> = { persons: (_input, target) => personOf(target) }

export const phone = (): z.ZodType<string, string> =>
  z.string().transform((typed, context) => {
    const parsed = parsePhone(typed)
    if (parsed.ok) return parsed.phone.value
    context.addIssue({ code: 'custom', message: parsed.message })
    return z.NEVER
  }) as unknown as z.ZodType<string, string>

const details = {
  name: line(120),
  place: optional(line(120)),
  relation: optional(code()),
  phone: optional(phone()),
  otherPhone: optional(phone()),
  email: optional(z.email({ error: 'Adresse non comprise. Écrivez-la comme nom@exemple.fr. Votre saisie est gardée.' }).max(254)),
  does: optional(line(120)),
  hours: optional(line(80)),
  callFor: optional(line(60)),
  callOrder: optional(z.number().int().min(1).max(9)),
}

/** Équipe de soins (person informed: when, by whom) or consent (how, when); left out, she is named and sees nothing. */
export const accessWish = z.discriminatedUnion('basis', [
  z.object({
    basis: z.literal('care_team'),
    ground: code(),
    informedOn: day(),
    /** Whoever told the person; the user herself when left out. */
    informedByName: optional(line(120)),
    volets: z.array(z.enum(volets)).min(1).max(3).nullish(),
  }),
  z.object({
    basis: z.literal('consent'),
    consentOn: day(),
    consentMode: code(),
    /** What she agrees to, in her words or the professional's. */
    consentFor: optional(line(200)),
    /** The last day, if she said one; else until she, the professional or the end of the accompaniment ends it. */
    consentUntil: optional(day()),
    volets: z.array(z.enum(volets)).min(1).max(3).nullish(),
  }),
])
export type AccessWish = z.output<typeof accessWish>

export const addMember = defineAction({
  name: 'careTeam.member.add',
  title: 'Ajouter au cercle',
  input: z.object({
    id: memberId,
    personId,
    kind: z.enum(memberKinds, { error: 'À choisir.' }),
    /** Card of the directory; its name is kept beside. */
    partyId: optional(z.uuid()),
    ...details,
    roles: z.array(code()).min(1, { error: 'Un rôle au moins.' }).max(6),
    startsOn: optional(day()),
    documentSeen: optional(line(120)),
    access: accessWish.nullish(),
  }),
  /** The id of the one who was already there, when this card returns. */
  output: versioned.extend({ accessId: z.string().nullable(), returned: z.boolean() }),
  access: composesTheCircle,
  audit: ofPerson,
})

export const editMember = defineAction({
  name: 'careTeam.member.edit',
  title: 'Corriger un membre du cercle',
  input: z.object({
    id: memberId,
    personId,
    baseVersion: seenVersion(),
    changes: z.object({
      name: details.name.optional(),
      place: details.place.optional(),
      relation: details.relation.optional(),
      phone: details.phone.optional(),
      otherPhone: details.otherPhone.optional(),
      email: details.email.optional(),
      does: details.does.optional(),
      hours: details.hours.optional(),
      callFor: details.callFor.optional(),
      callOrder: details.callOrder.optional(),
      week: weekSchema.optional(),
    }),
  }),
  output: versioned,
  access: keepsTheCircle,
  audit: ofPerson,
})

export const giveRole = defineAction({
  name: 'careTeam.role.give',
  title: 'Donner un rôle',
  input: z.object({ id: idSchema<RoleId>(), personId, memberId, role: code(), startsOn: optional(day()), documentSeen: optional(line(120)) }),
  output: z.object({ id: z.string() }),
  access: composesTheCircle,
  audit: ofPerson,
})

export const endRole = defineAction({
  name: 'careTeam.role.end',
  title: 'Terminer un rôle',
  input: z.object({ id: idSchema<RoleId>(), personId, endsOn: optional(day()), reason: code() }),
  output: z.object({ id: z.string(), memberLeft: z.boolean() }),
  access: composesTheCircle,
  audit: ofPerson,
})

export const openAccess = defineAction({
  name: 'careTeam.access.open',
  title: 'Ouvrir le dossier à un membre',
  input: z.object({ id: idSchema<AccessId>(), personId, memberId, access: accessWish }),
  output: z.object({ id: z.string(), suspended: z.boolean() }),
  access: composesTheCircle,
  audit: ofPerson,
})

export const closeAccess = defineAction({
  name: 'careTeam.access.close',
  title: 'Fermer le dossier à un membre',
  input: z.object({ personId, memberId, reason: code() }),
  output: z.object({ closed: z.number().int() }),
  access: composesTheCircle,
  audit: ofPerson,
})

export const endMember = defineAction({
  name: 'careTeam.member.end',
  title: 'Retirer du cercle',
  input: z.object({ id: memberId, personId, reason: code(), endsOn: optional(day()) }),
  output: z.object({ id: z.string(), closed: z.number().int() }),
  access: composesTheCircle,
  audit: ofPerson,
})

export const leaveCircle = defineAction({
  name: 'careTeam.member.leave',
  title: 'Quitter ce cercle',
  input: z.object({ id: memberId, personId }),
  output: z.object({ id: z.string() }),
  access: leavesByHerself,
  audit: ofMember,
})

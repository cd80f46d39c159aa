import { z } from 'zod'
import { parsePhone } from '../../persons/contract/phones.ts'
import { code, communeCode, day, line, optional, paragraph } from '../../platform/contract/fields.ts'
import { type Branded, idSchema, type PartyId, type PersonId, type ServiceId, type UserId } from '../../platform/contract/ids.ts'

export type SollicitationId = Branded<'SollicitationId'>
export type AnswerId = Branded<'AnswerId'>
export type ReorientationId = Branded<'ReorientationId'>
export type ContactId = Branded<'ContactId'>

export const requestStatuses = ['to_qualify', 'in_progress', 'triage', 'closed'] as const
export type RequestStatus = (typeof requestStatuses)[number]

/** A person (known, provisional or only told of), somebody who was not named, or no one: a question about the territory. */
export const concernKinds = ['person', 'unnamed', 'nobody'] as const
export type ConcernKind = (typeof concernKinds)[number]

/** What the rules of a request look at. */
export interface RequestTarget {
  readonly id: SollicitationId
  readonly holderOrg: ServiceId
  readonly status: RequestStatus
  readonly personId: PersonId | null
  readonly requesterUserId: UserId | null
  readonly requesterPartyId: PartyId | null
  readonly assignedTo: UserId | null
}

/** A telephone as persons keep it ('+33353012764'), « poste 12 » after it when it was said. */
export function phoneNumber(): z.ZodType<string, string> {
  return z.string().transform((typed, context) => {
    const parsed = parsePhone(typed)
    if (parsed.ok) return parsed.phone.extension === null ? parsed.phone.value : `${parsed.phone.value} poste ${parsed.phone.extension}`
    context.addIssue({ code: 'custom', message: parsed.message })
    return z.NEVER
  }) as unknown as z.ZodType<string, string>
}

export const textLimit = 8_000

/** The three parties (R13): who is on the telephone, who asks, who sent them. They may be one, two or three. */
export const partyFields = {
  callerName: optional(line(120)),
  callerQuality: optional(line(80)),
  callerPhone: optional(phoneNumber()),
  requesterKind: code(),
  requesterName: optional(line(160)),
  requesterPhone: optional(phoneNumber()),
  requesterPartyId: optional(idSchema<PartyId>()),
  referredByName: optional(line(160)),
  referredByQuality: optional(line(120)),
  referredByPartyId: optional(idSchema<PartyId>()),
}

/** R19: has she been told, by whom, when. */
export const informedFields = {
  personInformed: optional(code()),
  personInformedBy: optional(line(120)),
  personInformedOn: optional(day()),
}

export const extraAnswers = z
  .record(z.string().regex(/^[a-z_]{1,40}$/), z.string().max(400))
  .refine((answers) => Object.keys(answers).length <= 20, { error: 'Trop de réponses.' })

/** What may be changed after the call. Every field is optional: only what changed is sent. */
export const requestChanges = z
  .object({
    ...partyFields,
    ...informedFields,
    channel: code(),
    concerns: z.enum(concernKinds),
    personName: optional(line(160)),
    personBirthDate: optional(day()),
    communeCode: optional(communeCode()),
    text: paragraph(textLimit),
    motives: z.array(code()).max(12),
    urgency: code(),
    extra: extraAnswers,
    triageProposal: optional(paragraph(2_000)),
    cnoLevel: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  })
  .partial()

/** One answer as it is given: its code, what was said, and why when it is « sans suite ». */
export const givenAnswer = z.object({ code: code(), text: optional(paragraph(4_000)), noFollowUpReason: optional(code()) })

/** The answers that lead to nothing more: a reason is asked for. */
export const noFollowUpCode = 'B0'
export const reorientationCode = 'B3'

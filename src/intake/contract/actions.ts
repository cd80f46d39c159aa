import { z } from 'zod'
import { type ActionAudit, defineAction } from '../../platform/contract/action.ts'
import { code, communeCode, day, instant, line, optional, paragraph, seenVersion } from '../../platform/contract/fields.ts'
import { idSchema, type PartyId, type PersonId, type ServiceId, type UserId } from '../../platform/contract/ids.ts'
import { asksFromOutside, followsRequest, handlesRequest, worksAtDesk } from './access.ts'
import {
  type AnswerId,
  extraAnswers,
  givenAnswer,
  informedFields,
  partyFields,
  phoneNumber,
  type ReorientationId,
  type RequestTarget,
  requestChanges,
  type SollicitationId,
  textLimit,
} from './sollicitation.ts'

export const requestId = idSchema<SollicitationId>()
export const versioned = z.object({ id: z.string(), version: z.number().int() })
export const ofRequest: ActionAudit<unknown, RequestTarget, unknown> = { persons: (_input, request) => (request.personId === null ? [] : [request.personId]) }

/** Traits as a caller gives them: one name is enough for a provisional identity. */
export const toldPerson = z.object({
  personId: idSchema<PersonId>(),
  birthName: optional(line(100)),
  usedName: optional(line(100)),
  givenName: optional(line(100)),
  birthDate: optional(day()),
  sex: optional(z.enum(['F', 'M', 'I'])),
})

/** Whom the request is about: a person of Jalon, one to create, one only told of, somebody not named, or no one. */
export const concerned = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('known'), personId: idSchema<PersonId>(), toldAs: optional(line(160)) }),
  z.object({ kind: z.literal('new'), person: toldPerson }),
  z.object({ kind: z.literal('told'), name: line(160), birthDate: optional(day()) }),
  z.object({ kind: z.literal('unnamed') }),
  z.object({ kind: z.literal('nobody') }),
])
export type Concerned = z.output<typeof concerned>

const capturedFields = {
  id: requestId,
  concerned,
  communeCode: optional(communeCode()),
  text: optional(paragraph(textLimit)),
  motives: z.array(code()).max(12).default([]),
  urgency: code(),
  extra: extraAnswers.default({}),
  ...informedFields,
}

/** The whole capture of a call, a mail or a visit in one gesture: record, answer, close, hand over. */
export const receiveRequest = defineAction({
  name: 'intake.sollicitation.receive',
  title: 'Enregistrer une demande',
  input: z.object({
    ...capturedFields,
    ...partyFields,
    channel: code(),
    /** When it came, if not now: a message left last night. */
    receivedAt: optional(instant),
    /** The first is the principal one. */
    answers: z.array(givenAnswer).max(6).default([]),
    close: z.boolean().default(false),
    take: z.boolean().default(false),
    /** The DAC of the commune, when it is not ours. */
    transferTo: optional(idSchema<ServiceId>()),
  }),
  output: versioned.extend({ number: z.number().int(), personId: z.string().nullable(), closed: z.boolean() }),
  access: (actor) => worksAtDesk(actor),
  audit: { persons: (_input, _target, output) => (output.personId === null ? [] : [output.personId as PersonId]) },
})

/** An outside professional asks for help from her own space; the commune finds the DAC. */
export const submitRequest = defineAction({
  name: 'intake.sollicitation.submit',
  title: 'Solliciter le DAC',
  input: z
    .object({
      ...capturedFields,
      communeCode: communeCode(),
      text: paragraph(textLimit),
      requesterKind: code(),
      requesterPhone: optional(phoneNumber()),
    })
    .refine(({ concerned: about }) => about.kind !== 'known' && about.kind !== 'new', { error: 'Le DAC reliera lui-même la personne.', path: ['concerned'] }),
  output: versioned.extend({ number: z.number().int(), dacId: z.string() }),
  access: (actor) => asksFromOutside(actor),
  audit: { none: 'the person is told of, not linked: the DAC does it' },
})

export const editRequest = defineAction({
  name: 'intake.sollicitation.edit',
  title: 'Modifier la demande',
  input: z.object({ id: requestId, baseVersion: seenVersion(), changes: requestChanges }),
  output: versioned,
  access: handlesRequest,
  audit: ofRequest,
})

export const takeRequest = defineAction({
  name: 'intake.sollicitation.take',
  title: 'Je m’en charge',
  input: z.object({ id: requestId }),
  output: versioned,
  access: handlesRequest,
  audit: ofRequest,
})

export const assignRequest = defineAction({
  name: 'intake.sollicitation.assign',
  title: 'Confier à',
  /** Null gives it back to the queue. */
  input: z.object({ id: requestId, userId: idSchema<UserId>().nullable() }),
  output: versioned,
  access: handlesRequest,
  audit: ofRequest,
})

export const linkPerson = defineAction({
  name: 'intake.sollicitation.linkPerson',
  title: 'Relier la personne',
  input: z.object({
    id: requestId,
    person: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('known'), personId: idSchema<PersonId>() }),
      z.object({ kind: z.literal('new'), person: toldPerson }),
    ]),
  }),
  output: versioned.extend({ personId: z.string() }),
  access: handlesRequest,
  audit: { persons: (_input, _request, output) => [output.personId as PersonId] },
})

export const unlinkPerson = defineAction({
  name: 'intake.sollicitation.unlinkPerson',
  title: 'Détacher la personne',
  input: z.object({ id: requestId }),
  output: versioned,
  access: handlesRequest,
  audit: ofRequest,
})

export const recordAnswer = defineAction({
  name: 'intake.answer.record',
  title: 'Noter une réponse',
  input: z.object({ id: idSchema<AnswerId>(), sollicitationId: requestId, answer: givenAnswer, principal: z.boolean().default(false) }),
  output: versioned,
  access: handlesRequest,
  audit: ofRequest,
})

export const removeAnswer = defineAction({
  name: 'intake.answer.remove',
  title: 'Retirer une réponse notée par erreur',
  input: z.object({ sollicitationId: requestId, code: code() }),
  output: versioned,
  access: handlesRequest,
  audit: ofRequest,
})

/** R9: the resources of the territory first. */
export const checkSubsidiarity = defineAction({
  name: 'intake.subsidiarity.check',
  title: 'Noter qui d’autre peut répondre',
  input: z.object({
    sollicitationId: requestId,
    findings: z
      .array(z.object({ check: code(), finding: code(), note: optional(line(300)) }))
      .min(1)
      .max(12),
  }),
  output: versioned,
  access: handlesRequest,
  audit: ofRequest,
})

export const reorientationFields = {
  target: code(),
  partnerName: line(160),
  partnerPhone: optional(phoneNumber()),
  partyId: optional(idSchema<PartyId>()),
  note: optional(paragraph(4_000)),
  /** When to ask for news; null where none is expected (emergency). */
  followUpOn: optional(day()),
}

/** R10: an exclusively social question is relayed; the DAC does not go on. */
export const relaySocialQuestion = defineAction({
  name: 'intake.sollicitation.relaySocial',
  title: 'Question exclusivement sociale : passer le relais',
  input: z.object({ id: idSchema<ReorientationId>(), sollicitationId: requestId, outcome: code(), ...reorientationFields }),
  output: versioned,
  access: handlesRequest,
  audit: ofRequest,
})

/** R11. */
export const recordReorientation = defineAction({
  name: 'intake.reorientation.record',
  title: 'Réorienter',
  input: z.object({ id: idSchema<ReorientationId>(), sollicitationId: requestId, ...reorientationFields }),
  output: versioned,
  access: handlesRequest,
  audit: ofRequest,
})

/** R12: news asked for, outcome, relevance. */
export const followReorientation = defineAction({
  name: 'intake.reorientation.follow',
  title: 'Suivre la réorientation',
  input: z.object({
    id: idSchema<ReorientationId>(),
    outcome: code(),
    relevance: optional(code()),
    note: optional(paragraph(2_000)),
    /** The next reminder, while there is no news. */
    followUpOn: optional(day()),
  }),
  output: versioned,
  access: (actor, { request }: { readonly request: RequestTarget }) => handlesRequest(actor, request),
  audit: { persons: (_input, { request }) => (request.personId === null ? [] : [request.personId]) },
})

/** R13: the answer goes back to the requester, and to whoever sent the person. */
export const recordFeedback = defineAction({
  name: 'intake.feedback.record',
  title: 'Rendre réponse',
  input: z.object({
    id: z.uuid(),
    sollicitationId: requestId,
    addressedTo: z.enum(['requester', 'referred_by']),
    recipientName: line(160),
    channel: code(),
    text: paragraph(6_000),
  }),
  output: versioned,
  access: handlesRequest,
  audit: ofRequest,
})

export const closeRequest = defineAction({
  name: 'intake.sollicitation.close',
  title: 'Clore la demande',
  input: z.object({ id: requestId }),
  output: versioned,
  access: handlesRequest,
  audit: ofRequest,
})

export const reopenRequest = defineAction({
  name: 'intake.sollicitation.reopen',
  title: 'Rouvrir la demande',
  input: z.object({ id: requestId, reason: line(300) }),
  output: versioned,
  access: handlesRequest,
  audit: ofRequest,
})

export const mergeRequests = defineAction({
  name: 'intake.sollicitation.merge',
  title: 'Réunir deux demandes',
  input: z.object({ id: requestId, keptId: requestId, reason: optional(line(300)) }),
  output: versioned,
  access: (actor, target: { readonly request: RequestTarget; readonly kept: RequestTarget }) => handlesRequest(actor, target.request),
  audit: { persons: (_input, { request, kept }) => [request.personId, kept.personId].filter((id) => id !== null) },
})

export const separateRequests = defineAction({
  name: 'intake.sollicitation.separate',
  title: 'Séparer deux demandes réunies',
  input: z.object({ id: requestId }),
  output: versioned,
  access: handlesRequest,
  audit: ofRequest,
})

export const transferRequest = defineAction({
  name: 'intake.sollicitation.transfer',
  title: 'Transmettre au DAC de la commune',
  input: z.object({ id: requestId, dacId: idSchema<ServiceId>(), reason: line(300) }),
  output: z.object({ id: z.string(), dacId: z.string() }),
  access: handlesRequest,
  audit: ofRequest,
})

export const readAnswer = defineAction({
  name: 'intake.filedRequest.read',
  title: 'Marquer la réponse comme lue',
  input: z.object({ id: requestId }),
  output: z.object({ id: z.string() }),
  access: followsRequest,
  audit: { none: 'a mark of the reader' },
})

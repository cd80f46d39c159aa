import { z } from 'zod'
import { personNameSchema } from '../../persons/contract/person.ts'
import { concernKinds, requestStatuses } from './sollicitation.ts'

const named = z.object({ id: z.string(), name: z.string() })

/** A request as lists show it: enough to choose it, recognise it and know its delay. */
export const requestLine = z.object({
  id: z.string(),
  number: z.number().int(),
  status: z.enum(requestStatuses),
  concerns: z.enum(concernKinds),
  /** The person of Jalon, if one is linked and visible; else what was told. */
  person: personNameSchema.nullable(),
  personName: z.string().nullable(),
  personBirthDate: z.string().nullable(),
  communeName: z.string().nullable(),
  text: z.string().nullable(),
  motives: z.array(z.string()),
  urgency: z.string(),
  receivedAt: z.string(),
  dueAt: z.string().nullable(),
  closedAt: z.string().nullable(),
  requesterKind: z.string(),
  requesterName: z.string().nullable(),
  callerName: z.string().nullable(),
  callerQuality: z.string().nullable(),
  assignedTo: named.nullable(),
  /** Who still waits for the answer (R13). */
  toInform: z.array(z.enum(['requester', 'referred_by'])),
  version: z.number().int(),
})
export type RequestLine = z.output<typeof requestLine>

/** What a status is called on screen. */
export const statusWords = { to_qualify: 'À qualifier', in_progress: 'En cours', triage: 'En commission', closed: 'Close' } as const

export const answerLine = z.object({
  id: z.string(),
  code: z.string(),
  principal: z.boolean(),
  text: z.string().nullable(),
  noFollowUpReason: z.string().nullable(),
  givenAt: z.string(),
  givenByName: z.string(),
})

export const reorientationLine = z.object({
  id: z.string(),
  target: z.string(),
  partnerName: z.string(),
  partnerPhone: z.string().nullable(),
  note: z.string().nullable(),
  socialOutcome: z.string().nullable(),
  sentAt: z.string(),
  followUpOn: z.string().nullable(),
  outcome: z.string(),
  outcomeAt: z.string().nullable(),
  outcomeNote: z.string().nullable(),
  relevance: z.string().nullable(),
  reminders: z.number().int(),
  version: z.number().int(),
})
export type ReorientationLine = z.output<typeof reorientationLine>

export const feedbackLine = z.object({
  id: z.string(),
  addressedTo: z.enum(['requester', 'referred_by']),
  recipientName: z.string(),
  channel: z.string(),
  text: z.string(),
  givenAt: z.string(),
  givenByName: z.string(),
})

export const triageLine = z.object({
  id: z.string(),
  decision: z.string(),
  dacReasons: z.array(z.string()),
  level: z.string().nullable(),
  referent: named.nullable(),
  deputy: named.nullable(),
  comment: z.string().nullable(),
  nextStep: z.string().nullable(),
  nextStepOn: z.string().nullable(),
  participants: z.string().nullable(),
  decidedAt: z.string(),
  decidedByName: z.string(),
  episodeId: z.string().nullable(),
})

/** Everything of one request, for the desk that handles it. */
export const requestDetail = z.object({
  request: requestLine.extend({
    holderOrg: z.string(),
    channel: z.string(),
    callerPhone: z.string().nullable(),
    requesterPhone: z.string().nullable(),
    requesterPartyId: z.string().nullable(),
    requesterUserId: z.string().nullable(),
    referredByName: z.string().nullable(),
    referredByQuality: z.string().nullable(),
    referredByPartyId: z.string().nullable(),
    personInformed: z.string().nullable(),
    personInformedBy: z.string().nullable(),
    personInformedOn: z.string().nullable(),
    communeCode: z.string().nullable(),
    /** The DAC of the commune today. */
    communeDac: named.nullable(),
    extra: z.record(z.string(), z.string()),
    cnoLevel: z.number().int(),
    triageSince: z.string().nullable(),
    triageProposal: z.string().nullable(),
    episodeId: z.string().nullable(),
    mergedInto: z.string().nullable(),
    recordedByName: z.string().nullable(),
  }),
  answers: z.array(answerLine),
  subsidiarity: z.array(z.object({ check: z.string(), finding: z.string(), note: z.string().nullable(), notedAt: z.string() })),
  reorientations: z.array(reorientationLine),
  feedbacks: z.array(feedbackLine),
  decisions: z.array(triageLine),
  merged: z.array(
    z.object({ id: z.string(), number: z.number().int(), receivedAt: z.string(), requesterName: z.string().nullable(), text: z.string().nullable() }),
  ),
  contacts: z.array(
    z.object({
      id: z.string(),
      at: z.string(),
      outgoing: z.boolean(),
      callerName: z.string().nullable(),
      channel: z.string(),
      text: z.string().nullable(),
      recordedByName: z.string(),
    }),
  ),
  steps: z.array(z.object({ kind: z.string(), at: z.string(), byName: z.string(), note: z.string().nullable() })),
  transfers: z.array(z.object({ fromName: z.string(), toName: z.string(), at: z.string(), reason: z.string() })),
})
export type RequestDetail = z.output<typeof requestDetail>

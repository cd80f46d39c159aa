import { z } from 'zod'
import type { PersonTarget } from '../../persons/contract/person.ts'
import { volets } from '../../platform/contract/actor.ts'
import { type Branded, idSchema, type PersonId, type ServiceId, type UserId } from '../../platform/contract/ids.ts'

export type ConferenceId = Branded<'ConferenceId'>
export type ParticipantId = Branded<'ParticipantId'>
export type QuestionId = Branded<'QuestionId'>
export type BlockId = Branded<'BlockId'>
export type CaseDecisionId = Branded<'CaseDecisionId'>
export type CaseDocumentId = Branded<'CaseDocumentId'>

export const conferenceStates = ['planned', 'held', 'signed', 'cancelled'] as const
export type ConferenceState = (typeof conferenceStates)[number]
export const conferenceStateLabels: Readonly<Record<ConferenceState, string>> = {
  planned: 'Prévue',
  held: 'Tenue, compte rendu en cours',
  signed: 'Compte rendu signé',
  cancelled: 'Annulée',
}

export const participantStates = ['invited', 'accepted', 'declined', 'present', 'absent', 'excused'] as const
export type ParticipantState = (typeof participantStates)[number]
export const participantStateLabels: Readonly<Record<ParticipantState, string>> = {
  invited: 'Invité, sans réponse',
  accepted: 'Vient',
  declined: 'Ne vient pas',
  present: 'Présent',
  absent: 'Absent',
  excused: 'Excusé',
}

export const agreementStates = ['not_asked', 'agreed', 'refused', 'represented'] as const
export const agreementLabels: Readonly<Record<(typeof agreementStates)[number], string>> = {
  not_asked: 'Pas encore demandé',
  agreed: 'La personne est d’accord',
  refused: 'La personne refuse',
  represented: 'Accord du représentant',
}

/** Seconds for which a block stays with its editor after her last sign. */
export const blockHeldFor = 60

/** What the rules look at: the person as the actor sees her, and who was invited. */
export interface ConferenceTarget {
  readonly id: ConferenceId
  readonly personId: PersonId
  readonly holderOrg: ServiceId
  readonly state: ConferenceState
  readonly animatorId: UserId
  readonly invitedParties: readonly string[]
  readonly person: PersonTarget
}

const volet = z.enum(volets)

export const participantSchema = z.object({
  id: idSchema<ParticipantId>(),
  version: z.number().int(),
  partyId: z.string().nullable(),
  name: z.string(),
  role: z.string().nullable(),
  state: z.enum(participantStates),
  words: z.string().nullable(),
  isMe: z.boolean(),
})
export type Participant = z.output<typeof participantSchema>

export const questionSchema = z.object({ id: idSchema<QuestionId>(), words: z.string(), volet, askedByName: z.string().nullable() })

export const blockSchema = z.object({
  id: idSchema<BlockId>(),
  version: z.number().int(),
  questionId: idSchema<QuestionId>().nullable(),
  heading: z.string(),
  body: z.string(),
  volet,
  writtenAt: z.string().nullable(),
  writtenByName: z.string().nullable(),
  /** Who writes it now; null when it is free. */
  editor: z.object({ userId: z.string(), name: z.string(), until: z.string(), isMe: z.boolean() }).nullable(),
})
export type Block = z.output<typeof blockSchema>

export const decisionSchema = z.object({
  id: idSchema<CaseDecisionId>(),
  version: z.number().int(),
  words: z.string(),
  volet,
  actorPartyId: z.string().nullable(),
  actorName: z.string(),
  actorRole: z.string().nullable(),
  dueOn: z.string().nullable(),
  answer: z.enum(['accepted', 'refused']).nullable(),
  answeredOn: z.string().nullable(),
  answerMode: z.string().nullable(),
  answerWords: z.string().nullable(),
  answerNotedByName: z.string().nullable(),
  /** When it was asked of her by letter, and who printed it. */
  letterOn: z.string().nullable(),
  letterByName: z.string().nullable(),
  planActionId: z.string().nullable(),
  taskId: z.string().nullable(),
  /** It is the actor who reads. */
  mine: z.boolean(),
})
export type CaseDecision = z.output<typeof decisionSchema>

export const documentSchema = z.object({
  id: idSchema<CaseDocumentId>(),
  label: z.string(),
  volet,
  source: z.string().nullable(),
  sourceId: z.string().nullable(),
  addedByName: z.string().nullable(),
})

export const sendingSchema = z.object({
  id: z.string(),
  recipientName: z.string(),
  means: z.enum(['shared', 'printed', 'handed']),
  volets: z.array(volet),
  sentOn: z.string(),
  sentByName: z.string(),
})

export const conferenceHead = z.object({
  id: idSchema<ConferenceId>(),
  version: z.number().int(),
  kind: z.string(),
  state: z.enum(conferenceStates),
  startsAt: z.string(),
  minutes: z.number().int(),
  place: z.string().nullable(),
  videoUrl: z.string().nullable(),
  animatorId: idSchema<UserId>(),
  animatorName: z.string(),
  agreement: z.enum(agreementStates),
  agreementOn: z.string().nullable(),
  agreementMode: z.string().nullable(),
  agreementWords: z.string().nullable(),
  agreementByName: z.string().nullable(),
  signedAt: z.string().nullable(),
  signedByName: z.string().nullable(),
  cancelledBecause: z.string().nullable(),
  /** When it was to be before it last moved, and why it moved. */
  movedFrom: z.string().nullable(),
  movedBecause: z.string().nullable(),
  holderOrg: idSchema<ServiceId>(),
  holderName: z.string(),
})
export type ConferenceHead = z.output<typeof conferenceHead>

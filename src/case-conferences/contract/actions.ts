import { z } from 'zod'
import type { ObjectiveId, PlanActionId } from '../../care-plans/contract/plan.ts'
import type { TaskId } from '../../episodes/contract/episode.ts'
import type { PersonTarget } from '../../persons/contract/person.ts'
import { type ActionAudit, defineAction } from '../../platform/contract/action.ts'
import { volets } from '../../platform/contract/actor.ts'
import { code, day, instant, line, optional, paragraph, seenVersion } from '../../platform/contract/fields.ts'
import { idSchema, type PersonId, type UserId } from '../../platform/contract/ids.ts'
import { answersForHerself, convenes, leads, takesPart } from './access.ts'
import {
  agreementStates,
  type BlockId,
  type CaseDecisionId,
  type CaseDocumentId,
  type ConferenceId,
  type ConferenceTarget,
  type ParticipantId,
  type QuestionId,
} from './conference.ts'

const id = idSchema<ConferenceId>()
const ofPerson: ActionAudit<unknown, PersonTarget, unknown> = { persons: (_input, person) => [person.personId] }
const ofConference: ActionAudit<unknown, ConferenceTarget, unknown> = { persons: (_input, conference) => [conference.personId] }
const volet = z.enum(volets)
const row = <Id extends string>(ids: z.ZodType<Id, string>) => z.object({ id: ids, version: z.number().int() })
const link = z
  .string()
  .trim()
  .max(500)
  .regex(/^https:\/\/[^\s]+$/, { error: 'Le lien commence par https://. Votre saisie est gardée.' })

const when = { startsAt: instant, minutes: z.number().int().min(5).max(600), place: optional(line(160)), videoUrl: optional(link) }
const invited = z.object({
  id: idSchema<ParticipantId>(),
  /** Her line in the circle; absent for somebody who is named only. */
  partyId: optional(z.uuid()),
  name: line(160),
  role: optional(line(80)),
})
const asked = z.object({ id: idSchema<QuestionId>(), words: paragraph(600), volet })

/** Convenes: when, where, who is invited, what is asked. */
export const planConference = defineAction({
  name: 'caseConferences.conference.plan',
  title: 'Organiser une concertation',
  input: z.object({
    id,
    personId: idSchema<PersonId>(),
    kind: code(),
    ...when,
    minutes: when.minutes.default(45),
    animatorId: optional(idSchema<UserId>()),
    participants: z.array(invited).max(40).default([]),
    questions: z.array(asked).max(12).default([]),
  }),
  output: row(id),
  access: convenes,
  audit: ofPerson,
})

export const editConference = defineAction({
  name: 'caseConferences.conference.edit',
  title: 'Changer la concertation',
  /** Another hour says why: those who had answered are asked again. */
  input: z
    .object({ id, baseVersion: seenVersion(), because: optional(line(300)), changes: z.object({ ...when, animatorId: idSchema<UserId>() }).partial() })
    .refine(({ because, changes }) => changes.startsAt === undefined || because !== null, {
      path: ['because'],
      error: 'Dites pourquoi elle est déplacée : les invités le lisent.',
    }),
  output: row(id),
  access: leads,
  audit: ofConference,
})

export const cancelConference = defineAction({
  name: 'caseConferences.conference.cancel',
  title: 'Annuler la concertation',
  input: z.object({ id, because: line(300) }),
  output: row(id),
  access: leads,
  audit: ofConference,
})

export const inviteParticipant = defineAction({
  name: 'caseConferences.participant.invite',
  title: 'Inviter',
  input: z.object({ conferenceId: id, ...invited.shape }),
  output: row(idSchema<ParticipantId>()),
  access: leads,
  audit: ofConference,
})

/** Comes or not; said by herself, or noted by the DAC. */
export const answerInvitation = defineAction({
  name: 'caseConferences.participant.answer',
  title: 'Répondre à l’invitation',
  input: z.object({ id: idSchema<ParticipantId>(), state: z.enum(['accepted', 'declined']), words: optional(line(200)) }),
  output: row(idSchema<ParticipantId>()),
  access: answersForHerself,
  audit: ofConference,
})

/** Who was there. The first mark says that the meeting was held. */
export const markPresence = defineAction({
  name: 'caseConferences.participant.mark',
  title: 'Noter les présents',
  input: z.object({ id: idSchema<ParticipantId>(), state: z.enum(['present', 'absent', 'excused']) }),
  output: row(idSchema<ParticipantId>()),
  access: leads,
  audit: ofConference,
})

export const addQuestion = defineAction({
  name: 'caseConferences.question.add',
  title: 'Poser une question à la concertation',
  input: z.object({ conferenceId: id, ...asked.shape }),
  output: row(idSchema<QuestionId>()),
  access: takesPart,
  audit: ofConference,
})

export const addCaseDocument = defineAction({
  name: 'caseConferences.document.add',
  title: 'Apporter un document',
  input: z.object({ id: idSchema<CaseDocumentId>(), conferenceId: id, label: line(160), volet, source: optional(code()), sourceId: optional(z.uuid()) }),
  output: z.object({ id: idSchema<CaseDocumentId>() }),
  access: takesPart,
  audit: ofConference,
})

export const recordCaseAgreement = defineAction({
  name: 'caseConferences.agreement.record',
  title: 'Noter l’accord de la personne',
  input: z.object({
    id,
    agreement: z.enum(agreementStates).exclude(['not_asked'], { error: 'À choisir.' }),
    on: day(),
    mode: code(),
    words: optional(paragraph(600)),
  }),
  output: row(id),
  access: leads,
  audit: ofConference,
})

/** Takes the pen of one passage, or keeps it: a minute after the last sign it is free again. */
export const takeBlock = defineAction({
  name: 'caseConferences.block.take',
  title: 'Écrire ce passage',
  input: z.object({ id: idSchema<BlockId>() }),
  output: z.object({ id: idSchema<BlockId>(), version: z.number().int(), until: z.string() }),
  access: takesPart,
  audit: ofConference,
})

export const writeBlock = defineAction({
  name: 'caseConferences.block.write',
  title: 'Écrire le compte rendu',
  /** `release`: gives the pen back. */
  input: z.object({ id: idSchema<BlockId>(), baseVersion: seenVersion(), body: z.string().trim().max(20_000), release: z.boolean().default(false) }),
  output: row(idSchema<BlockId>()),
  access: takesPart,
  audit: ofConference,
})

export const addBlock = defineAction({
  name: 'caseConferences.block.add',
  title: 'Ajouter un passage au compte rendu',
  input: z.object({ id: idSchema<BlockId>(), conferenceId: id, heading: line(160), volet }),
  output: row(idSchema<BlockId>()),
  access: takesPart,
  audit: ofConference,
})

const actorFields = { actorPartyId: optional(z.uuid()), actorName: line(160), actorRole: optional(line(80)) }

export const addCaseDecision = defineAction({
  name: 'caseConferences.decision.add',
  title: 'Noter une décision',
  input: z.object({ id: idSchema<CaseDecisionId>(), conferenceId: id, words: line(300), volet, ...actorFields, dueOn: optional(day()) }),
  output: row(idSchema<CaseDecisionId>()),
  access: leads,
  audit: ofConference,
})

/** R100: nothing is imposed on an actor. She accepts or refuses, by herself or as noted in the meeting. */
export const answerCaseDecision = defineAction({
  name: 'caseConferences.decision.answer',
  title: 'Accepter ou refuser une décision',
  input: z.object({
    id: idSchema<CaseDecisionId>(),
    baseVersion: seenVersion(),
    answer: z.enum(['accepted', 'refused']),
    mode: code(),
    words: optional(line(300)),
  }),
  output: row(idSchema<CaseDecisionId>()),
  access: answersForHerself,
  audit: ofConference,
})

/** Another actor than the one who refused: the answer is asked again. */
export const handDecisionTo = defineAction({
  name: 'caseConferences.decision.hand',
  title: 'Confier la décision à quelqu’un d’autre',
  input: z.object({ id: idSchema<CaseDecisionId>(), baseVersion: seenVersion(), ...actorFields }),
  output: row(idSchema<CaseDecisionId>()),
  access: leads,
  audit: ofConference,
})

export const removeCaseDecision = defineAction({
  name: 'caseConferences.decision.remove',
  title: 'Retirer une décision',
  input: z.object({ id: idSchema<CaseDecisionId>() }),
  output: row(idSchema<CaseDecisionId>()),
  access: leads,
  audit: ofConference,
})

export const decisionToPlan = defineAction({
  name: 'caseConferences.decision.toPlan',
  title: 'Reprendre dans le PPCS',
  input: z.object({ id: idSchema<CaseDecisionId>(), objectiveId: idSchema<ObjectiveId>(), actionId: idSchema<PlanActionId>() }),
  output: z.object({ id: idSchema<CaseDecisionId>(), version: z.number().int(), actionId: idSchema<PlanActionId>() }),
  access: leads,
  audit: ofConference,
})

export const decisionToTask = defineAction({
  name: 'caseConferences.decision.toTask',
  title: 'En faire une tâche',
  input: z.object({ id: idSchema<CaseDecisionId>(), assigneeId: optional(idSchema<UserId>()) }),
  output: z.object({ id: idSchema<CaseDecisionId>(), version: z.number().int(), taskId: idSchema<TaskId>() }),
  access: leads,
  audit: ofConference,
})

/** An actor who has no account is asked by letter; her answer comes back « par écrit », and the référent notes it. */
export const writeToActor = defineAction({
  name: 'caseConferences.decision.writeTo',
  title: 'Écrire à qui la décision est confiée',
  input: z.object({ id: idSchema<CaseDecisionId>() }),
  output: z.object({ id: idSchema<CaseDecisionId>(), version: z.number().int() }),
  access: leads,
  audit: ofConference,
})

export const signMinutes = defineAction({
  name: 'caseConferences.minutes.sign',
  title: 'Signer le compte rendu',
  input: z.object({ id, baseVersion: seenVersion() }),
  output: row(id),
  access: leads,
  audit: ofConference,
})

export const sendMinutes = defineAction({
  name: 'caseConferences.minutes.send',
  title: 'Envoyer le compte rendu',
  input: z.object({
    id,
    recipients: z
      .array(z.object({ partyId: optional(z.uuid()), name: line(160), means: z.enum(['shared', 'printed', 'handed']), volets: z.array(volet).min(1) }))
      .min(1, { error: 'Choisissez au moins un destinataire.' })
      .max(40),
  }),
  output: z.object({ id, sent: z.number().int() }),
  access: leads,
  audit: ofConference,
})

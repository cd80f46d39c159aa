import { z } from 'zod'
import type { PersonTarget } from '../../persons/contract/person.ts'
import { allowedIf, defineAction, refused } from '../../platform/contract/action.ts'
import { volets } from '../../platform/contract/actor.ts'
import { attachmentBody, attachmentContent, attachmentLimits, attachmentName } from '../../platform/contract/attachment.ts'
import { line, optional } from '../../platform/contract/fields.ts'
import { idSchema, type PersonId } from '../../platform/contract/ids.ts'
import { converses, editsParticipants, mayConverse, writesIn } from './access.ts'
import {
  type FileId,
  longestMessage,
  type MessageTarget,
  messageId,
  mostParticipants,
  outcomeKind,
  reaches,
  type ThreadTarget,
  threadId,
  userId,
} from './thread.ts'

const hers = (personId: PersonId | null): readonly PersonId[] => (personId === null ? [] : [personId])
const ofTheThread = { persons: (_input: unknown, thread: ThreadTarget): readonly PersonId[] => hers(thread.personId) }
const threadReference = z.object({ threadId })

/** About a person, with her whole circle or part of it. */
export const openThread = defineAction({
  name: 'conversations.thread.open',
  title: 'Ouvrir une conversation dans un dossier',
  input: z.object({
    id: threadId,
    personId: idSchema<PersonId>(),
    subject: line(120),
    reach: z.enum(reaches),
    volet: z.enum(volets),
    /** Those named; left out for the whole circle. */
    participants: z.array(userId).max(mostParticipants).default([]),
  }),
  output: z.object({ id: threadId }),
  access: (actor, person: PersonTarget, { volet }) => {
    if (!mayConverse(actor)) return refused('Réservé aux professionnels qui accompagnent des personnes.')
    return allowedIf((person.volets as readonly string[]).includes(volet), 'Ce volet ne vous est pas ouvert.')
  },
  audit: { persons: ({ personId }) => [personId] },
})

/** Between professionals, outside any file: nobody is named there. */
export const openProfessionalThread = defineAction({
  name: 'conversations.professionalThread.open',
  title: 'Ouvrir une conversation entre professionnels',
  input: z.object({
    id: threadId,
    subject: line(120),
    participants: z.array(userId).min(1, { error: 'Choisissez au moins une personne.' }).max(mostParticipants),
  }),
  output: z.object({ id: threadId }),
  access: converses,
  audit: { none: 'outside any file: no person is concerned' },
})

export const sendMessage = defineAction({
  name: 'conversations.message.send',
  title: 'Envoyer un message',
  input: z.object({
    id: messageId,
    threadId,
    body: z
      .string()
      .trim()
      .max(longestMessage, { error: `Trop long : ${longestMessage.toLocaleString('fr-FR')} caractères au plus. Votre texte est gardé.` })
      .default(''),
    replyTo: optional(messageId),
    mentions: z.array(userId).max(20).default([]),
    files: z
      .array(idSchema<FileId>())
      .max(attachmentLimits.each, { error: `${attachmentLimits.each} fichiers au plus.` })
      .default([]),
    /** Outside any file: she has read that a name seems to stand in the text, and it is not that of a person accompanied. */
    namesNobody: z.boolean().default(false),
  }),
  output: z.object({ id: messageId, number: z.number().int() }),
  access: writesIn,
  audit: ofTheThread,
})

/** A file arrives before its message: a weak network sends the words again, not the photograph. */
export const addFile = defineAction({
  name: 'conversations.file.add',
  title: 'Joindre un fichier',
  input: z.object({ id: idSchema<FileId>(), threadId, name: attachmentName, content: attachmentContent }),
  output: z.object({ id: idSchema<FileId>() }),
  access: writesIn,
  audit: ofTheThread,
  mostBytes: attachmentBody,
})

/** « Lu » up to this message: shown to the others. */
export const readThread = defineAction({
  name: 'conversations.thread.read',
  title: 'Lire une conversation',
  input: z.object({ threadId, number: z.number().int().min(0).max(2_147_483_647) }),
  output: z.object({ number: z.number().int() }),
  access: writesIn,
  audit: ofTheThread,
})

export const addParticipants = defineAction({
  name: 'conversations.participant.add',
  title: 'Ajouter à la conversation',
  input: z.object({
    threadId,
    participants: z.array(userId).min(1, { error: 'Choisissez au moins une personne.' }).max(mostParticipants),
    /** They read what was said before them; else from their arrival. */
    withPast: z.boolean().default(false),
  }),
  output: threadReference,
  access: editsParticipants,
  audit: ofTheThread,
})

export const removeParticipant = defineAction({
  name: 'conversations.participant.remove',
  title: 'Retirer de la conversation',
  input: z.object({ threadId, userId }),
  output: threadReference,
  access: editsParticipants,
  audit: ofTheThread,
})

export const leaveThread = defineAction({
  name: 'conversations.thread.leave',
  title: 'Quitter la conversation',
  input: z.object({ threadId }),
  output: threadReference,
  access: (_actor, thread: ThreadTarget) => allowedIf(thread.mine !== null, 'Vous ne prenez plus part à cette conversation.'),
  audit: ofTheThread,
})

/** The note, the task or the appointment made from a message: whoever reads the message finds it. */
export const linkOutcome = defineAction({
  name: 'conversations.message.link',
  title: 'Relier un message à ce qu’il est devenu',
  input: z.object({ id: z.uuid(), messageId, kind: outcomeKind, targetId: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  access: (actor, message: MessageTarget) => {
    if (!mayConverse(actor)) return refused('Réservé aux professionnels qui accompagnent des personnes.')
    return allowedIf(message.personId !== null, 'Ce message n’est pas dans un dossier.')
  },
  audit: { persons: (_input, message: MessageTarget) => hers(message.personId) },
})

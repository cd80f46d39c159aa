import { z } from 'zod'
import { type PersonTarget, personNameSchema } from '../../persons/contract/person.ts'
import { allowed, defineQuery, signedIn } from '../../platform/contract/action.ts'
import { volets } from '../../platform/contract/actor.ts'
import { attachmentBytes, attachmentShown } from '../../platform/contract/attachment.ts'
import { cursor, line, optional } from '../../platform/contract/fields.ts'
import { idSchema, type PersonId } from '../../platform/contract/ids.ts'
import { converses, readsIt } from './access.ts'
import { type FileId, messageId, outcomeKind, reaches, type ThreadTarget, threadId, userId } from './thread.ts'

const personsOf = (rows: readonly { readonly person: { readonly personId: PersonId } | null }[]): readonly PersonId[] =>
  rows.flatMap(({ person }) => (person === null ? [] : [person.personId]))
const ofTheThread = { persons: (_input: unknown, thread: ThreadTarget): readonly PersonId[] => (thread.personId === null ? [] : [thread.personId]) }

const threadLine = z.object({
  id: threadId,
  /** Null: outside any file. */
  person: personNameSchema.nullable(),
  subject: z.string(),
  reach: z.enum(reaches),
  volet: z.enum(volets),
  lastAt: z.string(),
  /** The beginning of the last message that I may read. */
  last: z.object({ authorId: userId, authorName: z.string(), excerpt: z.string(), files: z.number().int() }).nullable(),
  unread: z.number().int(),
  mentioned: z.boolean(),
  /** The others, those there now. */
  others: z.array(z.string()),
  /** False once I have left, or was removed. */
  present: z.boolean(),
})
export type ThreadLine = z.output<typeof threadLine>

/** My conversations, the last that moved first; those of one file, or all. */
export const threads = defineQuery({
  name: 'conversations.threads',
  title: 'Mes échanges',
  input: z.object({
    personId: optional(idSchema<PersonId>()),
    /** `outside`: between professionals; `unread`: with something to read. */
    only: z.enum(['unread', 'outside']).nullish(),
    cursor,
    limit: z.number().int().min(1).max(100).default(40),
  }),
  output: z.object({ rows: z.array(threadLine), next: z.string().nullable() }),
  access: converses,
  audit: { persons: (_input, _target, { rows }) => personsOf(rows) },
})

const participant = z.object({
  userId,
  name: z.string(),
  profession: z.string().nullable(),
  joinedAt: z.string(),
  fromNumber: z.number().int(),
  addedByName: z.string().nullable(),
  leftAt: z.string().nullable(),
  leftBecause: z.enum(['left', 'removed', 'circle']).nullable(),
  untilNumber: z.number().int().nullable(),
  seenNumber: z.number().int(),
  seenAt: z.string().nullable(),
})
export type Participant = z.output<typeof participant>

/** The head of a conversation: what it is about, who takes part, who read up to where. */
export const thread = defineQuery({
  name: 'conversations.thread',
  title: 'Conversation',
  input: z.object({ id: threadId }),
  output: z.object({
    id: threadId,
    person: personNameSchema.nullable(),
    personId: idSchema<PersonId>().nullable(),
    subject: z.string(),
    reach: z.enum(reaches),
    volet: z.enum(volets),
    holderOrg: z.string(),
    createdBy: userId,
    createdByName: z.string(),
    createdAt: z.string(),
    lastNumber: z.number().int(),
    mine: z.object({ fromNumber: z.number().int(), seenNumber: z.number().int() }).nullable(),
    participants: z.array(participant),
  }),
  access: readsIt,
  audit: ofTheThread,
})
export type ThreadHead = z.output<(typeof thread)['output']>

const message = z.object({
  id: messageId,
  number: z.number().int(),
  authorId: userId,
  authorName: z.string(),
  authorProfession: z.string().nullable(),
  body: z.string(),
  sentAt: z.string(),
  /** `excerpt` null: the message answered is one that I may not read, from before I came. */
  replyTo: z.object({ id: messageId, number: z.number().int().nullable(), authorName: z.string().nullable(), excerpt: z.string().nullable() }).nullable(),
  mentions: z.array(userId),
  files: z.array(attachmentShown),
  outcomes: z.array(z.object({ kind: outcomeKind, targetId: z.string(), madeByName: z.string() })),
})
export type Message = z.output<typeof message>

/** Messages of a conversation in their order: the last ones, those before a number, or those after one (what a browser missed). */
export const messages = defineQuery({
  name: 'conversations.messages',
  title: 'Messages d’une conversation',
  input: z.object({
    threadId,
    before: z.number().int().min(1).max(2_147_483_647).nullish(),
    after: z.number().int().min(0).max(2_147_483_647).nullish(),
    limit: z.number().int().min(1).max(200).default(50),
  }),
  output: z.object({ rows: z.array(message), /** More on the side that was asked for. */ more: z.boolean() }),
  access: readsIt,
  audit: ofTheThread,
})

export const unread = defineQuery({
  name: 'conversations.unread',
  title: 'Messages non lus',
  input: z.object({}),
  output: z.object({ threads: z.number().int(), messages: z.number().int(), mentions: z.number().int() }),
  access: signedIn('own marks, on what she sees now'),
  audit: { none: 'numbers' },
})

/** The words of my conversations: every word must stand in the message, accents and capitals apart. */
export const search = defineQuery({
  name: 'conversations.search',
  title: 'Chercher dans mes échanges',
  input: z.object({ words: line(120), personId: optional(idSchema<PersonId>()), limit: z.number().int().min(1).max(50).default(30) }),
  output: z.object({
    rows: z.array(
      z.object({
        id: messageId,
        threadId,
        number: z.number().int(),
        person: personNameSchema.nullable(),
        subject: z.string(),
        authorName: z.string(),
        sentAt: z.string(),
        body: z.string(),
      }),
    ),
    next: z.null(),
  }),
  access: converses,
  audit: { persons: (_input, _target, { rows }) => personsOf(rows) },
})

export const file = defineQuery({
  name: 'conversations.file',
  title: 'Ouvrir un fichier joint',
  input: z.object({ id: idSchema<FileId>() }),
  output: attachmentBytes,
  access: readsIt,
  audit: { persons: (_input, target: { readonly personId: PersonId | null }) => (target.personId === null ? [] : [target.personId]) },
  alone: true,
})

const reachableRow = z.object({
  userId,
  name: z.string(),
  profession: z.string().nullable(),
  serviceName: z.string().nullable(),
  /** Enters when the whole circle is addressed. */
  follows: z.boolean(),
  volets: z.array(z.enum(volets)),
})
export type Reachable = z.output<typeof reachableRow>

/** Who may take part in a conversation about a person, and in which volets. */
export const reachable = defineQuery({
  name: 'conversations.reachable',
  title: 'Qui peut prendre part à une conversation',
  input: z.object({ personId: idSchema<PersonId>() }),
  output: z.object({ rows: z.array(reachableRow), /** The volets open to me in this file. */ openVolets: z.array(z.enum(volets)) }),
  access: (_actor, _person: PersonTarget) => allowed,
  audit: { persons: ({ personId }) => [personId] },
})

/** Professionals with an account, by the beginning of their names or of their place. */
export const professionals = defineQuery({
  name: 'conversations.professionals',
  title: 'Chercher un professionnel à qui écrire',
  input: z.object({ words: line(80), besides: z.array(userId).max(60).default([]) }),
  output: z.object({ rows: z.array(reachableRow.omit({ follows: true, volets: true })), next: z.null() }),
  access: converses,
  audit: { none: 'names of professionals' },
})

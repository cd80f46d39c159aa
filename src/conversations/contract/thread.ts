import { z } from 'zod'
import type { Volet } from '../../platform/contract/actor.ts'
import { type Branded, idSchema, type PersonId, type ServiceId, type UserId } from '../../platform/contract/ids.ts'

export type ThreadId = Branded<'ThreadId'>
export type MessageId = Branded<'MessageId'>
export type FileId = Branded<'FileId'>

/** Codes of the reach of a conversation: the whole circle as it changes, or those who were named. */
export const reaches = ['circle', 'chosen'] as const
export type Reach = (typeof reaches)[number]

/** How many take part at most; a circle is ten people, a team of a hospital forty. */
export const mostParticipants = 60

export const longestMessage = 4_000

/** What the rules of a conversation look at, as the actor sees it. */
export interface ThreadTarget {
  readonly id: ThreadId
  /** Null: outside any file. */
  readonly personId: PersonId | null
  readonly volet: Volet
  readonly reach: Reach
  readonly holderOrg: ServiceId
  readonly createdBy: UserId
  readonly lastNumber: number
  /** The actor takes part now: from which message, and what she has read. */
  readonly mine: { readonly fromNumber: number; readonly seenNumber: number } | null
}

export interface MessageTarget {
  readonly id: MessageId
  readonly threadId: ThreadId
  readonly personId: PersonId | null
  readonly volet: Volet
  readonly holderOrg: ServiceId
  readonly number: number
}

export const userId = idSchema<UserId>()
export const threadId = idSchema<ThreadId>()
export const messageId = idSchema<MessageId>()

/** What a message became. */
export const outcomeKinds = ['note', 'task', 'appointment'] as const
export type OutcomeKind = (typeof outcomeKinds)[number]
export const outcomeKind = z.enum(outcomeKinds)

/** A text as it is looked for: without accents nor capitals, one space between words. */
export function searchKey(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[’']/g, ' ').replace(/\s+/g, ' ').trim()
}

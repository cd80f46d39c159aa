import { z } from 'zod'
import type { Volet } from '../../platform/contract/actor.ts'
import type { Branded, PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import { type NoteType, noteTypes } from './value-sets.ts'

export type NoteId = Branded<'NoteId'>
export type AlertId = Branded<'AlertId'>
export type AlertMuteId = Branded<'AlertMuteId'>
export type NoteFileId = Branded<'NoteFileId'>

export const noteType: z.ZodType<NoteType, NoteType> = z.enum(noteTypes.values.map((value) => value.code) as [NoteType, ...NoteType[]], {
  error: 'Type à choisir.',
})

const longestHeading = 80

/**
 * How a note shows in the Fil: its own title, else its first sentence when something follows it and it is short, else the name of its type.
 * `summary` is the rest, cut at 600 characters on a word: the whole text opens with the item.
 */
export function noteHeading(type: NoteType, title: string | null, body: string): { readonly title: string; readonly summary: string } {
  if (title !== null) return { title, summary: cutSummary(body) }
  const sentence = /^([^\n.!?…]{3,80}?)[\u202f\u00a0 ]*(?:[.!?…]+(?=\s)|\n)/u.exec(body)
  const rest = sentence === null ? '' : body.slice(sentence[0].length).trim()
  if (sentence === null || rest === '' || String(sentence[1]).length > longestHeading) return { title: labelOf(noteTypes, type), summary: cutSummary(body) }
  return { title: String(sentence[1]).trim(), summary: cutSummary(rest) }
}

/** The beginning of a text, cut on a word at 600 characters: what the Fil shows before one opens the item. */
export function cutSummary(text: string): string {
  if (text.length <= 600) return text
  return `${text.slice(0, 600).replace(/\s+\S*$/u, '')}…`
}

/** What the rules of a note look at. */
export interface NoteTarget {
  readonly id: NoteId
  readonly personId: PersonId
  readonly authorId: UserId
  readonly volet: Volet
  readonly holderOrg: ServiceId
  readonly isPrivate: boolean
}

/** What the rules of a flagged note look at. */
export interface AlertTarget {
  readonly id: AlertId
  readonly personId: PersonId
  /** The DAC that must take it. */
  readonly holderOrg: ServiceId
}

/** A rule that is silent for one person in one DAC. */
export interface AlertMuteTarget {
  readonly id: AlertMuteId
  readonly personId: PersonId
  readonly holderOrg: ServiceId
}

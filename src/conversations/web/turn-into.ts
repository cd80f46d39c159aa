import { useState } from 'react'
import type { Volet } from '../../platform/contract/actor.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { callAction } from '../../platform/web/api/client.ts'
import { formatInstant } from '../../platform/web/text/dates.ts'
import { linkOutcome } from '../contract/actions.ts'
import type { Message, Participant } from '../contract/queries.ts'
import type { OutcomeKind } from '../contract/thread.ts'

export interface TurnIntoProps {
  readonly personId: PersonId
  readonly message: Message
  readonly volet: Volet
  readonly participants: readonly Participant[]
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Says to those who read the message what it became; the note, the task or the appointment stands, even if this has to wait for the network. */
export function useLink({ message, onDone, onClose }: TurnIntoProps): (kind: OutcomeKind, targetId: string) => void {
  const [id] = useState(() => newId() as string)
  return (kind, targetId) => {
    onClose()
    void callAction(linkOutcome, { id, messageId: message.id, kind, targetId }).then(onDone, () => undefined)
  }
}

/** The words of a message with who wrote them and when. */
export const quoted = (message: Message): string => `${message.body}\n\n(${message.authorName}, conversation du ${formatInstant(message.sentAt)})`

/** A title from a message: the first sentence, cut on a word. */
export function firstLine(body: string): string {
  const line = body.split(/\n|(?<=[.!?])\s/)[0] ?? ''
  return line.length <= 118 ? line : `${line.slice(0, 118).replace(/\s+\S*$/u, '')}…`
}

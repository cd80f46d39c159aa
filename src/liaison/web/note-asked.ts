import type { PersonId } from '../../platform/contract/ids.ts'
import { createSignal } from '../../platform/web/api/signal.ts'

/** The person about whom one has just asked to write, until the composer of her file takes it. */
export const noteAsked = createSignal<PersonId | null>(null)

/** Puts the cursor in the composer of this file, now or as soon as it is on screen. */
export function askForNote(personId: PersonId): void {
  noteAsked.set(personId)
}

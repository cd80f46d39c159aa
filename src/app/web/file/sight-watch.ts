import type { Query, QueryClient } from '@tanstack/react-query'
import { type SightChange, sightChanges, sightChangeTexts } from '../../../persons/contract/sight-changes.ts'
import { createSignal } from '../../../platform/web/api/signal.ts'
import { type LiveEvent, onLiveEvent } from '../../../platform/web/live/event-stream.ts'

/** Why what the user sees of a person last changed while this page was open, by person. */
export const lastSightChange = createSignal<ReadonlyMap<string, SightChange>>(new Map())

/** What is said when a file closes without a word of the server: an answer of absence came before the event. */
export const sightEnded: SightChange = 'ended'

/** « La personne s’oppose au partage… » */
export function sightChangeText(change: SightChange): string {
  return sightChangeTexts[change]
}

/** The person that a query is about, or undefined. */
export function personOf(query: { readonly queryKey: readonly unknown[] }): unknown {
  const input = query.queryKey[2]
  return typeof input === 'object' && input !== null && 'personId' in input ? input.personId : undefined
}

/** Forgets all that the browser kept about a person, but the header, whose refusal is what the page shows. */
export function forgetPerson(client: QueryClient, personId: string, keep: (query: Query) => boolean): void {
  client.removeQueries({ predicate: (query) => personOf(query) === personId && !keep(query) })
  // Lists read before hold her name too; those on screen are asked again.
  client.removeQueries({ type: 'inactive', predicate: (query) => !keep(query) })
}

/**
 * Hears that the user's sight of a person changed. What was kept of her off screen goes at once; what is on screen is asked again, and the file
 * says what closed. Gives the function that stops.
 */
export function watchSight(client: QueryClient): () => void {
  return onLiveEvent((event) => {
    if (event.type === 'persons.categoryVolets.changed') void client.invalidateQueries()
    if (event.type !== 'persons.sight.changed' || typeof event.personId !== 'string') return
    const personId = event.personId
    lastSightChange.set(new Map(lastSightChange.get()).set(personId, changeOf(event)))
    client.removeQueries({ type: 'inactive', predicate: (query) => personOf(query) === personId })
    void client.invalidateQueries()
  })
}

function changeOf(event: LiveEvent): SightChange {
  return sightChanges.find((one) => one === event['reason']) ?? sightEnded
}

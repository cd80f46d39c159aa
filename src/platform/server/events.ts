import { sql } from 'kysely'
import type { Actor } from '../contract/actor.ts'
import { newId } from '../contract/ids.ts'
import type { Tx } from './db.ts'
import type { DomainEvent } from './implement.ts'

/** Leaves the events of a transaction in the inbox, in their order. The sequencer moves them to the feed once committed. */
export async function writeEvents(tx: Tx, actor: Actor, events: readonly DomainEvent[]): Promise<void> {
  for (const event of events) {
    await sql`insert into platform.event_inbox (id, type, person_id, volet, audience, payload, actor_id)
      values (${newId()}, ${event.type}, ${event.personId ?? null}, ${event.volet ?? null}, ${`{${(event.audience ?? []).join(',')}}`}::uuid[],
        ${JSON.stringify(event.payload ?? {})}::jsonb, ${actor.kind === 'anonymous' ? null : actor.userId})`.execute(tx)
  }
}

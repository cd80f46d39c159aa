import { sql } from 'kysely'
import type { Actor } from '../contract/actor.ts'
import { newId, type PersonId } from '../contract/ids.ts'
import type { Tx } from './db.ts'

export interface AuditLine {
  readonly name: string
  readonly kind: 'action' | 'query' | 'login'
  readonly actor: Actor
  readonly outcome: 'done' | 'refused' | 'failed' | 'replayed'
  readonly code?: string
  readonly persons: readonly PersonId[]
  readonly details: Readonly<Record<string, unknown>>
  readonly requestId: string | undefined
}

/** Writes one audit line in the given transaction; the sequencer later seals it. If it fails, so does what it tells of. */
export async function writeAudit(tx: Tx, line: AuditLine): Promise<void> {
  await sql`insert into audit.inbox (id, actor_id, actor_kind, service_id, name, kind, outcome, code, person_ids, details, request_id)
    values (${newId()}, ${line.actor.kind === 'anonymous' ? null : line.actor.userId}, ${line.actor.kind}, ${line.actor.serviceId}, ${line.name}, ${line.kind},
      ${line.outcome}, ${line.code ?? null}, ${`{${line.persons.join(',')}}`}::uuid[], ${JSON.stringify(line.details)}::jsonb, ${line.requestId ?? null})`.execute(
    tx,
  )
}

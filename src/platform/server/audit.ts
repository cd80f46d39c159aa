import { sql } from 'kysely'
import { type Actor, holds, type Volet } from '../contract/actor.ts'
import type { AuditManner, AuditOutcome, AuditPurpose } from '../contract/audit.ts'
import { newId, type PersonId } from '../contract/ids.ts'
import type { Tx } from './db.ts'

export interface AuditLine {
  readonly name: string
  readonly kind: 'action' | 'query' | 'login'
  readonly actor: Actor
  readonly outcome: AuditOutcome
  /** Of the error, when it was refused or failed. */
  readonly code?: string
  /** What she was told when refused: a sentence of the software, without a trait. */
  readonly reason?: string
  /** Whom it showed or touched; of a refusal, whom it asked for. */
  readonly persons: readonly PersonId[]
  /** What it can show or touch; without it, all that was open to her. */
  readonly volets?: readonly Volet[]
  /** Without it, what follows from who she is. */
  readonly purpose?: AuditPurpose
  readonly manner?: AuditManner
  /** Codes, counts, names of fields; never a trait. */
  readonly details: Readonly<Record<string, unknown>>
  readonly requestId: string | undefined
  /** Network address of the workstation. */
  readonly address?: string
}

/**
 * Writes one audit line in the given transaction; the sequencer seals it within a second. If it fails, so does what it tells of. The basis per
 * person and the volets open are read in the statement itself, from the actor's own rights as this transaction sees them.
 */
export async function writeAudit(tx: Tx, line: AuditLine): Promise<void> {
  const { actor } = line
  const own = sql`${newId()}::uuid, ${actor.kind === 'anonymous' ? null : actor.userId}::uuid, ${actor.kind}, ${actor.displayName === '' ? null : actor.displayName},
    ${actor.serviceId}::uuid, ${actor.serviceName === '' ? null : actor.serviceName}, ${actor.kind === 'user' && actor.displayName !== '' ? actor.category : null}, ${array(actor.functions)}::text[],
    ${line.name}, ${line.kind}, ${line.manner ?? (actor.kind === 'job' ? 'job' : 'screen')}, ${line.outcome}, ${line.code ?? null}, ${line.reason ?? null},
    ${array(line.persons)}::uuid[], ${JSON.stringify(line.details)}::jsonb, ${line.requestId ?? null}, ${line.address ?? null}`
  const purpose = line.purpose ?? purposeOf(actor)
  if (line.persons.length === 0 || actor.kind !== 'user') {
    const bases = line.persons.map(() => (actor.kind === 'job' ? 'system' : 'none'))
    await sql`insert into audit.inbox ${columns} values (${own}, ${purpose}, ${array(bases)}::text[], ${array(line.persons.length === 0 ? [] : (line.volets ?? []))}::text[])`.execute(
      tx,
    )
    return
  }
  const opened = actor.volets.filter((volet) => line.volets === undefined || line.volets.includes(volet))
  await sql`insert into audit.inbox ${columns} select ${own}, case when 'break_glass' = any (g.bases) then 'emergency' else ${purpose} end, g.bases,
    array(select v from unnest(${array(opened)}::text[]) v where v = any (g.volets)) from audit.grounds(${array(line.persons)}::uuid[]) g`.execute(tx)
}

const columns = sql.raw(
  '(id, actor_id, actor_kind, actor_name, service_id, service_name, category, functions, name, kind, manner, outcome, code, reason, person_ids, details, request_id, address, purpose, bases, volets)',
)

/** Of codes and ids only: nothing in them is quoted. */
const array = (values: readonly string[]): string => `{${values.join(',')}}`

/** What she is there for, where the contract does not say: the purposes of the register of processing by category. */
export function purposeOf(actor: Actor): AuditPurpose {
  if (actor.kind !== 'user') return 'automation'
  if (holds(actor, 'person')) return 'own_file'
  if (holds(actor, 'regional_admin')) return 'administration'
  if (actor.category === 'coordination' || actor.serviceKind === 'dac') return holds(actor, 'director') ? 'steering' : 'coordination'
  if (holds(actor, 'governance_member')) return 'steering'
  return 'care'
}

import { CompiledQuery } from 'kysely'
import { type Actor, holds, type Volet } from '../contract/actor.ts'
import type { AuditManner, AuditOutcome, AuditPurpose } from '../contract/audit.ts'
import { newId, type PersonId, type UserId } from '../contract/ids.ts'
import type { Tx } from './db.ts'
import { ahead } from './prepared-statements.ts'

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
 * Writes one audit line in the given transaction; the sequencer seals it within a second. It travels with the commit: if it fails, so does what it
 * tells of. The basis per person and the volets open are read in the statement itself, from the actor's own rights as this transaction sees them.
 */
export async function writeAudit(tx: Tx, line: AuditLine): Promise<void> {
  const { actor, persons } = line
  const own = ownColumns(line)
  if (onHerRights(line)) {
    await tx.executeQuery(CompiledQuery.raw(onGrounds, [...own, array(askedVolets(line))]))
    return
  }
  const bases = persons.map(() => (actor.kind === 'job' ? 'system' : 'none'))
  await tx.executeQuery(CompiledQuery.raw(asGiven, [...own, array(bases), array(persons.length === 0 ? [] : (line.volets ?? []))]))
}

/** The lines of a screen, on the same terms, in one statement: the grounds of a person are looked up once for all that was read of her. */
export async function writeAuditTogether(tx: Tx, lines: readonly AuditLine[]): Promise<void> {
  const together = lines.filter(onHerRights)
  if (together.length < 2) {
    for (const line of lines) await writeAudit(tx, line)
    return
  }
  for (const line of lines) if (!onHerRights(line)) await writeAudit(tx, line)
  await tx.executeQuery(CompiledQuery.raw(onGroundsTogether, [JSON.stringify(together.map((line) => [...ownColumns(line), array(askedVolets(line))]))]))
}

/** Whether the basis of what she read is looked up in the rights of who asked; otherwise it is known beforehand. */
const onHerRights = ({ actor, persons }: AuditLine): boolean => persons.length > 0 && actor.kind === 'user'
const askedVolets = ({ actor, volets }: AuditLine): readonly Volet[] =>
  volets === undefined ? actor.volets : actor.volets.filter((volet) => volets.includes(volet))

/** What a line says besides its grounds, in the order of `columns`, then its purpose. */
function ownColumns(line: AuditLine): readonly (string | null)[] {
  const { actor, persons } = line
  const known = actor.kind === 'user' && actor.displayName !== ''
  return [
    newId(),
    actor.kind === 'anonymous' ? null : actor.userId,
    actor.kind,
    actor.displayName === '' ? null : actor.displayName,
    actor.serviceId,
    actor.serviceName === '' ? null : actor.serviceName,
    known ? actor.category : null,
    array(actor.functions),
    line.name,
    line.kind,
    line.manner ?? (actor.kind === 'job' ? 'job' : 'screen'),
    line.outcome,
    line.code ?? null,
    line.reason ?? null,
    array(persons),
    JSON.stringify(line.details),
    line.requestId ?? null,
    line.address ?? null,
    line.purpose ?? purposeOf(actor),
  ]
}

// Written once, sent as it is: this runs at every request, and composing it there cost as much as running it.
const columns =
  'id, actor_id, actor_kind, actor_name, service_id, service_name, category, functions, name, kind, manner, outcome, code, reason, person_ids, details, request_id, address'
const values = '$1::uuid, $2::uuid, $3, $4, $5::uuid, $6, $7, $8::text[], $9, $10, $11, $12, $13, $14, $15::uuid[], $16::jsonb, $17, $18'
const asGiven = `${ahead}insert into audit.inbox (${columns}, purpose, bases, volets) values (${values}, $19, $20::text[], $21::text[])`
const onGrounds = `${ahead}insert into audit.inbox (${columns}, purpose, bases, volets)
  select ${values}, case when 'break_glass' = any (g.bases) then 'emergency' else $19 end, g.bases, array(select v from unnest($20::text[]) v where v = any (g.volets)) from audit.grounds($15::uuid[]) g`
const casts = 'uuid, uuid, text, text, uuid, text, text, text[], text, text, text, text, text, text, uuid[], jsonb, text, text, text, text[]'.split(', ')
const onGroundsTogether = `${ahead}insert into audit.inbox (${columns}, purpose, bases, volets)
  with line as materialized (select ${casts.map((type, i) => `(l ->> ${i})::${type} as c${i + 1}`).join(', ')} from jsonb_array_elements($1::jsonb) l),
    ground as materialized (select p.c15 as person_ids, g.bases, g.volets from (select distinct c15 from line) p cross join lateral audit.grounds(p.c15) g)
  select ${casts
    .slice(0, 18)
    .map((_, i) => `c${i + 1}`)
    .join(', ')}, case when 'break_glass' = any (g.bases) then 'emergency' else c19 end, g.bases,
    array(select v from unnest(c20) v where v = any (g.volets)) from line join ground g on g.person_ids = c15 order by c1`

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

const software: Actor = {
  kind: 'job',
  userId: '00000000-0000-0000-0000-000000000000' as UserId,
  displayName: '',
  serviceId: null,
  serviceKind: null,
  serviceName: '',
  functions: [],
  category: 'administrative',
  professionalId: null,
  parties: [],
  volets: [],
}

/** What the software did by itself, in the audit like everything else. */
export async function auditOfJob(
  tx: Tx,
  name: string,
  persons: readonly PersonId[],
  details: Readonly<Record<string, unknown>>,
  purpose: AuditPurpose = 'automation',
): Promise<void> {
  await writeAudit(tx, { name, kind: 'action', actor: software, outcome: 'done', persons, purpose, details, requestId: undefined })
}

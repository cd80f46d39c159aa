import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { AnyContract, InputOf, OutputOf } from '../contract/action.ts'
import type { Actor, Volet } from '../contract/actor.ts'
import type { AuditManner } from '../contract/audit.ts'
import { DomainError, forbidden } from '../contract/errors.ts'
import { newId, type PersonId } from '../contract/ids.ts'
import { french } from '../contract/typography.ts'
import { type AuditLine, writeAudit } from './audit.ts'
import { asActor, type Database, type Tx } from './db.ts'
import { writeEvents } from './events.ts'
import { claimKey, keepResult } from './idempotency.ts'
import type { Context, DomainEvent, Implementation } from './implement.ts'
import { addJob } from './jobs.ts'
import type { Log } from './log.ts'
import { isCrossing } from './problem.ts'
import { unstorableText } from './storable.ts'

/** What the gate needs from the process: the database, the clock, the zone, and someone to wake after a commit. */
export interface Gate {
  readonly db: Database
  readonly clock: () => Date
  readonly timeZone: string
  /** Wakes the sequencer: something was committed. */
  readonly committed: () => void
  /** Looks at how many files each user opens; absent in tests of a capability. */
  readonly openings?: OpeningWatch
  /** Hears of what was tried again and never reached whoever asked; absent in tests of a capability. */
  readonly log?: Log
}

/** Whoever counts the files that a user opens (CNIL: a legitimate account that harvests). */
export interface OpeningWatch {
  /** Throws where this user may open no further file. Called before the answer leaves, with whom it shows. */
  readonly check: (actor: Actor, persons: readonly PersonId[]) => void
  /** Counts an answer that was given. */
  readonly opened: (actor: Actor, persons: readonly PersonId[]) => void
}

export interface Call {
  readonly actor: Actor
  /** As received; parsed by the contract's schema. */
  readonly input: unknown
  /** Required for actions: one effect per (actor, action, key). */
  readonly idempotencyKey?: string | undefined
  /** When the session last proved who she is. Without it, what asks for a recent proof is refused. */
  readonly authenticatedAt?: Date | null | undefined
  /** Names the session that calls, for what concerns sessions themselves. */
  readonly sessionHandle?: string | undefined
  readonly requestId?: string | undefined
  /** Network address of the workstation, for the audit. */
  readonly address?: string | undefined
  /** How the answer leaves; on a screen unless said. */
  readonly manner?: AuditManner | undefined
}

/** How far a call went, for the audit of a refusal: what was loaded before it was refused says whom it was about. */
export interface Progress {
  target?: unknown
}

/**
 * The one road: parse → transaction { actor → idempotency → load → access → run → audit, events } → commit.
 *
 * Throws DomainError only for what the caller can understand. A refusal, an absence or a failure is audited in a transaction of its
 * own, since the first was rolled back. A replay re-runs load and access, then gives the first answer.
 */
export async function execute<C extends AnyContract>(gate: Gate, implementation: Implementation, call: Call): Promise<OutputOf<C>> {
  const { contract } = implementation
  const input = parseInput(contract, call.input)
  const scope = { actor: call.actor, clock: gate.clock(), timeZone: gate.timeZone, sharedPlans: implementation.handler.sharedPlans }
  const progress: Progress = {}
  try {
    const output = await againWhenCrossed(() => asActor(gate.db, scope, (tx) => runInside(tx, gate, implementation, call, input, scope.clock, progress)))
    gate.committed()
    return output as OutputOf<C>
  } catch (error) {
    await auditFailure(gate, contract, call, input, progress, error)
    throw error
  }
}

const crossings = 3

/** Two transactions that wait for each other: PostgreSQL ends one, which left nothing behind and may run again (40P01, 40001). */
async function againWhenCrossed<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (attempt >= crossings || !isCrossing(error)) throw error
    }
  }
}

/** The part of the gate that stands inside the transaction; tests call it in a transaction that they roll back. */
export async function runInside(
  tx: Tx,
  gate: Gate,
  implementation: Implementation,
  call: Call,
  input: unknown,
  now: Date,
  progress: Progress = {},
): Promise<unknown> {
  const { output, line } = await answerInside(tx, gate, implementation, call, input, now, progress)
  await writeAudit(tx, line)
  if (line.outcome === 'done') gate.openings?.opened(call.actor, line.persons)
  return output
}

/** An answer, and the line that must be written before it leaves. */
export interface Answered {
  readonly output: unknown
  readonly line: AuditLine
}

/** All that stands inside the transaction but the audit line, which the caller owes. */
export async function answerInside(
  tx: Tx,
  gate: Gate,
  { contract, handler }: Implementation,
  call: Call,
  input: unknown,
  now: Date,
  progress: Progress,
): Promise<Answered> {
  const events: DomainEvent[] = []
  const details: Record<string, unknown> = {}
  const context: Context = {
    tx,
    actor: call.actor,
    now,
    timeZone: gate.timeZone,
    sessionHandle: call.sessionHandle ?? null,
    newId: () => newId() as never,
    emit: (event) => void events.push(event),
    note: (more) => void Object.assign(details, more),
    enqueue: (task, payload, options) => addJob(tx, task, payload, options),
  }
  const keyed = contract.kind === 'action' && call.idempotencyKey !== undefined
  const earlier = keyed ? await claimKey(tx, call.actor, contract.name, String(call.idempotencyKey), hashOf(input), now) : undefined
  const target = await handler.load(context, input as InputOf<AnyContract>)
  progress.target = target
  const verdict = contract.access(call.actor, target, input)
  if (!verdict.allowed) throw forbidden(verdict.reason)
  if (contract.reauthentication !== undefined) requireRecentProof(call, contract.reauthentication, now)
  if (earlier !== undefined) {
    const again: unknown = contract.output.parse(earlier.result)
    return { output: again, line: { ...auditBase(contract, call), ...shown(contract, input, target, again), outcome: 'replayed', details: {} } }
  }
  const output: unknown = (contract.output as z.ZodType).parse(await handler.run(context, input as InputOf<AnyContract>, target).catch(refusedByPolicy))
  if (keyed) await keepResult(tx, call.actor, contract.name, String(call.idempotencyKey), output)
  await writeEvents(tx, call.actor, events)
  const subject = shown(contract, input, target, output)
  gate.openings?.check(call.actor, subject.persons)
  return { output, line: { ...auditBase(contract, call), ...subject, outcome: 'done', details } }
}

/** A row that the policies of the database refuse (a volet that the person withholds, most often) is a right that is missing: said in words. */
function refusedByPolicy(error: unknown): never {
  const { code, message } = error as { readonly code?: string; readonly message?: string }
  if (code === '42501' && message?.startsWith('new row violates row-level security policy')) throw forbidden(closedVolet)
  throw error
}

const closedVolet = french('Ce volet de la personne ne vous est pas ouvert : vous ne pouvez pas y écrire. Votre saisie est gardée.')

/** Whom an answer shows or touches, each once, and which volets it can show: all that are open to her unless the contract says less. */
function shown({ audit }: AnyContract, input: unknown, target: unknown, output: unknown): { persons: readonly PersonId[]; volets?: readonly Volet[] } {
  if ('none' in audit) return { persons: [] }
  const persons = [...new Set(audit.persons(input, target, output))]
  if (audit.volets === undefined) return { persons }
  return { persons, volets: typeof audit.volets === 'function' ? audit.volets(input, target, output) : audit.volets }
}

/** Refuses a user whose last proof of identity is older than `minutes`; jobs have none to give. */
export function requireRecentProof({ actor, authenticatedAt }: Pick<Call, 'actor' | 'authenticatedAt'>, minutes: number, now: Date): void {
  if (actor.kind === 'job') return
  if (authenticatedAt instanceof Date && now.getTime() - authenticatedAt.getTime() <= minutes * 60_000) return
  throw new DomainError('forbidden', 'reauthentication_required', { minutes })
}

/** The input as the contract's schema makes it; refuses, field by field, what does not fit and what PostgreSQL could not keep. */
export function parseInput(contract: AnyContract, raw: unknown): unknown {
  const unstorable = unstorableText(raw)
  if (unstorable !== null) throw new DomainError('invalid', 'input_invalid', { count: 1 }, { fields: { [unstorable]: 'Caractère invisible à retirer.' } })
  const parsed = (contract.input as z.ZodType).safeParse(raw)
  if (parsed.success) return parsed.data
  const fields: Record<string, string> = {}
  for (const issue of parsed.error.issues) fields[issue.path.join('.')] ??= issue.message
  throw new DomainError('invalid', 'input_invalid', { count: parsed.error.issues.length }, { fields })
}

function auditBase({ name, kind, audit }: AnyContract, { actor, requestId, address, manner }: Call): Omit<AuditLine, 'outcome' | 'persons' | 'details'> {
  return {
    name,
    kind,
    actor,
    requestId,
    ...(audit.purpose === undefined ? {} : { purpose: audit.purpose }),
    ...(address === undefined ? {} : { address }),
    ...(audit.manner === undefined && manner === undefined ? {} : { manner: audit.manner ?? (manner as AuditManner) }),
  }
}

async function auditFailure(gate: Gate, contract: AnyContract, call: Call, input: unknown, progress: Progress, error: unknown): Promise<void> {
  const scope = { actor: call.actor, clock: gate.clock(), timeZone: gate.timeZone }
  await asActor(gate.db, scope, (tx) => writeAudit(tx, failureLine(contract, call, input, progress, error)))
  gate.committed()
}

/** What the audit says of a call that was refused, found nothing or failed. */
export function failureLine(contract: AnyContract, call: Call, input: unknown, { target }: Progress, error: unknown): AuditLine {
  const known = error instanceof DomainError
  const reason = known ? (error.details as { readonly reason?: unknown } | undefined)?.reason : undefined
  return {
    ...auditBase(contract, call),
    outcome: known && (error.kind === 'forbidden' || error.kind === 'not_found') ? 'refused' : 'failed',
    code: known ? error.code : 'unexpected',
    ...(typeof reason === 'string' ? { reason } : {}),
    persons: askedFor(contract, input, target),
    volets: [],
    details: { asked: idsOf(input, 'none' in contract.audit ? contract.audit.redact : undefined) },
  }
}

/** Whom a call that gave nothing was about: by the contract's own rule where it needs no answer, else by the person named in what was asked. */
function askedFor(contract: AnyContract, input: unknown, target: unknown): readonly PersonId[] {
  try {
    return shown(contract, input, target, undefined).persons.filter((id) => uuid.test(id))
  } catch {
    const named = 'none' in contract.audit ? undefined : idsOf(input)['personId']
    return named === undefined ? [] : [named as PersonId]
  }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The identifiers in what was asked, by field: what an inquiry starts from when nothing was found. */
function idsOf(input: unknown, redacted: readonly string[] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries((input ?? {}) as Readonly<Record<string, unknown>>).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && uuid.test(entry[1]) && !redacted.includes(entry[0]),
    ),
  )
}

function hashOf(input: unknown): Buffer {
  return createHash('sha256').update(stableJson(input)).digest()
}

/** JSON with sorted keys: the same content gives the same text. */
function stableJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

import type { AnyAction, AnyContract, AnyQuery, InputOf, OutputOf, TargetOf } from '../contract/action.ts'
import type { Actor } from '../contract/actor.ts'
import type { PersonId } from '../contract/ids.ts'
import type { Tx } from './db.ts'

/** Something that happened, as others may react to it. ids only: it is stored and streamed. */
export interface DomainEvent {
  /** 'intake.sollicitation.received': the capability, the thing, the past participle. */
  readonly type: string
  /** Present when it concerns a person: those with sight of her (and of the volet) at that moment are told. */
  readonly personId?: PersonId
  readonly volet?: 'administrative' | 'social' | 'health'
  /** Parties told besides (a service's queue, a user's tasks). */
  readonly audience?: readonly string[]
  readonly payload?: Readonly<Record<string, string | number | boolean | null>>
}

/** What a handler receives: the transaction, who acts, the business clock, and what it may leave behind. */
export interface Context {
  readonly tx: Tx
  readonly actor: Actor
  /** The business clock: one instant for the whole transaction. */
  readonly now: Date
  readonly timeZone: string
  /** Names the session that calls; null for what calls without one. */
  readonly sessionHandle?: string | null
  /** Makes an id for a row that the client did not name. */
  readonly newId: <Id extends string>() => Id
  /** Leaves an event, kept only if the transaction commits. */
  readonly emit: (event: DomainEvent) => void
  /** Adds codes, counts and changed field names to the audit line; never a trait. */
  readonly note: (details: Readonly<Record<string, unknown>>) => void
  /** Adds a background job, kept only if the transaction commits; payloads hold ids only. */
  readonly enqueue: (task: string, payload: Readonly<Record<string, unknown>>, options?: { queue?: string; at?: Date; jobKey?: string }) => Promise<void>
}

export interface Handler<C extends AnyContract> {
  /** Loads the target as the actor sees it; throws `notFound()` for what is absent or invisible. */
  readonly load: (context: Context, input: InputOf<C>) => Promise<TargetOf<C>>
  /** Runs once access is allowed. State rules (already closed…) belong here, not in `access`: a replay re-runs access. */
  readonly run: (context: Context, input: InputOf<C>, target: TargetOf<C>) => Promise<OutputOf<C>>
  /**
   * Its statements keep one plan for all values (see prepared-statements.ts). For what begins with a person or a party and is asked all day;
   * never for lists whose best plan depends on a period or on a word.
   */
  readonly sharedPlans?: boolean
}

export interface Implementation {
  readonly contract: AnyContract
  readonly handler: Handler<AnyContract>
}

/** Ties a contract to its `{ load, run }`. The types of both sides must agree. */
export function implement<C extends AnyAction | AnyQuery>(contract: C, handler: Handler<C>): Implementation {
  return { contract, handler: handler as unknown as Handler<AnyContract> }
}

/** For what has no target of its own: nothing to load. */
export const noTarget = async (): Promise<null> => null

/** The registry that routes, documentation and the access-matrix test are made from. A name said twice is a mistake of ours. */
export function registryOf(implementations: readonly Implementation[]): ReadonlyMap<string, Implementation> {
  const registry = new Map<string, Implementation>()
  for (const implementation of implementations) {
    const { name, kind } = implementation.contract
    const key = `${kind}:${name}`
    if (registry.has(key)) throw new Error(`declared twice: ${key}`)
    registry.set(key, implementation)
  }
  return registry
}

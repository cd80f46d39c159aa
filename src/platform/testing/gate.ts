import type { AnyContract, InputOf, OutputOf, RawInputOf } from '../contract/action.ts'
import type { Actor } from '../contract/actor.ts'
import { newId } from '../contract/ids.ts'
import type { Database } from '../server/db.ts'
import { execute, type Gate } from '../server/execute.ts'
import type { Implementation } from '../server/implement.ts'

/** A clock that a test moves by hand. */
export interface TestClock {
  (): Date
  set(iso: string): void
  advance(milliseconds: number): void
}

export function testClock(iso = '2026-10-15T07:42:00Z'): TestClock {
  let at = new Date(iso)
  return Object.assign(() => new Date(at), {
    set: (next: string) => {
      at = new Date(next)
    },
    advance: (milliseconds: number) => {
      at = new Date(at.getTime() + milliseconds)
    },
  })
}

export function testGate(db: Database, clock: () => Date = testClock()): Gate {
  return { db, clock, timeZone: process.env.TZ_UNDER_TEST ?? 'Europe/Paris', committed: () => undefined }
}

/** Calls an action or a query through the gate as `actor`, who has just logged in; a fresh idempotency key unless one is given. */
export async function call<C extends AnyContract>(
  gate: Gate,
  registry: ReadonlyMap<string, Implementation>,
  contract: C,
  actor: Actor,
  input: RawInputOf<C>,
  idempotencyKey: string = newId(),
): Promise<OutputOf<C>> {
  const implementation = registry.get(`${contract.kind}:${contract.name}`)
  if (implementation === undefined) throw new Error(`no implementation of ${contract.name}`)
  return (await execute(gate, implementation, {
    actor,
    input: input as InputOf<C>,
    idempotencyKey: contract.kind === 'action' ? idempotencyKey : undefined,
    authenticatedAt: gate.clock(),
  })) as OutputOf<C>
}

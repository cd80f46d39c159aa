import { registry } from '../../src/app/server/registry.ts'
import type { AnyContract, RawInputOf } from '../../src/platform/contract/action.ts'
import type { Actor } from '../../src/platform/contract/actor.ts'
import { dayOf } from '../../src/platform/contract/dates.ts'
import { DomainError } from '../../src/platform/contract/errors.ts'
import { newId } from '../../src/platform/contract/ids.ts'
import { execute } from '../../src/platform/server/execute.ts'
import type { Implementation } from '../../src/platform/server/implement.ts'
import { problemOf } from '../../src/platform/server/problem.ts'
import { openSession } from '../../src/platform/server/sessions.ts'
import { sessionCaller } from '../../src/territory/server/actor.sql.ts'
import type { Someone, World } from './world.ts'

/** What came back: the answer or the problem, as the browser receives it. */
export interface Answered {
  readonly outcome: 'ok' | 'signed_out' | 'not_found' | 'forbidden' | 'invalid' | 'conflict' | 'unavailable' | 'unexpected'
  readonly body: string
  /** The code of a refusal, or the message of a fault. */
  readonly because: string
}

const signedOut: Answered = { outcome: 'signed_out', body: '', because: 'signed_out' }

/** Who she is for the gate at this instant: a session of her own, read as every request reads it. Null without a post or an account. */
export async function signedIn(world: World, someone: Someone): Promise<{ actor: Actor; authenticatedAt: Date } | null> {
  const now = world.clock()
  const today = dayOf(now, world.gate.timeZone)
  if (someone.token !== null) {
    const caller = await sessionCaller(world.db, { token: someone.token }, { now, today })
    if (caller !== null) return { actor: caller.actor, authenticatedAt: now }
  }
  const { token } = await openSession(world.db, { userId: someone.user.id, membershipId: someone.user.membershipId, now, absoluteMinutes: 1440 })
  someone.token = token
  const caller = await sessionCaller(world.db, { token }, { now, today })
  return caller === null ? null : { actor: caller.actor, authenticatedAt: now }
}

/** Asks through the gate, as she is now. */
export async function ask<C extends AnyContract>(world: World, someone: Someone, contract: C, input: RawInputOf<C>): Promise<Answered> {
  const implementation = registry.get(`${contract.kind}:${contract.name}`)
  if (implementation === undefined) throw new Error(`no implementation of ${contract.name}`)
  return askFor(world, someone, implementation, input)
}

export async function askFor(world: World, someone: Someone, implementation: Implementation, input: unknown): Promise<Answered> {
  const caller = await signedIn(world, someone)
  if (caller === null) return signedOut
  return answered(async () =>
    execute(world.gate, implementation, {
      ...caller,
      input,
      idempotencyKey: implementation.contract.kind === 'action' ? newId() : undefined,
    }),
  )
}

async function answered(work: () => Promise<unknown>): Promise<Answered> {
  try {
    return { outcome: 'ok', body: JSON.stringify(await work()), because: '' }
  } catch (error) {
    const body = JSON.stringify(problemOf(error, 'request'))
    if (error instanceof DomainError) return { outcome: error.kind, body, because: error.code }
    return { outcome: 'unexpected', body, because: error instanceof Error ? error.message : String(error) }
  }
}

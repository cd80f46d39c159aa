import { CompiledQuery } from 'kysely'
import { DomainError } from '../contract/errors.ts'
import { type Answers, shareReadings } from './asked-once.ts'
import { type AuditLine, writeAuditTogether } from './audit.ts'
import { asActor, type Database, keepPlans, type Tx } from './db.ts'
import { answerInside, type Call, execute, failureLine, type Gate, type Progress, parseInput } from './execute.ts'
import type { Implementation } from './implement.ts'
import { ahead } from './prepared-statements.ts'
import { isCrossing } from './problem.ts'

/** One query of a screen, with what it asks. */
export interface Reading {
  readonly implementation: Implementation
  readonly input: unknown
}

/** What became of one reading; the others do not depend on it. */
export type ReadingOutcome = { readonly output: unknown } | { readonly error: unknown }

/**
 * The queries of a screen through the gate, in one transaction with one flush: each keeps its own verdict, its own audit line and its own failure (undone to
 * a savepoint). Nothing is given before the lines of all are on the disk; where the transaction as a whole fails, each passes the gate alone. While the
 * server has connections to spare, a second one reads beside it (`secondRoad`); the lines of both are written in the first.
 */
export async function executeTogether(
  gate: Gate,
  readings: readonly Reading[],
  call: Omit<Call, 'input' | 'idempotencyKey'>,
): Promise<readonly ReadingOutcome[]> {
  for (const { implementation } of readings) if (implementation.contract.kind !== 'query') throw new Error('only queries are read together')
  const clock = gate.clock()
  const scope = { actor: call.actor, clock, timeZone: gate.timeZone }
  try {
    const outcomes = await asActor(gate.db, scope, async (tx) => {
      const round = {
        gate,
        call,
        now: clock,
        left: readings.entries(),
        known: new Map(),
        outcomes: new Array<ReadingOutcome>(readings.length),
        lines: new Array<AuditLine>(readings.length),
      }
      const aside = readings.length < worthTwoRoads ? undefined : secondRoad(gate.db, () => asActor(gate.db, scope, (beside) => readWhatIsLeft(beside, round)))
      // Both are waited for, whatever becomes of one: nothing may still read for a screen that was given up.
      for (const road of await Promise.allSettled([readWhatIsLeft(tx, round), aside])) if (road.status === 'rejected') throw road.reason
      const lines = round.lines.filter((line) => line !== undefined)
      await writeAuditTogether(tx, lines)
      for (const { outcome, persons } of lines) if (outcome === 'done') gate.openings?.opened(call.actor, persons)
      return round.outcomes
    })
    gate.committed()
    return outcomes
  } catch (error) {
    gate.log?.warn({ err: error, readings: readings.length }, 'the readings of a screen failed together: each is asked alone')
    // One after the other: what made them fail together is often a server that has too much to do. Whatever still fails says so in its own answer.
    const outcomes: ReadingOutcome[] = []
    for (const { implementation, input } of readings)
      outcomes.push(
        await execute(gate, implementation, { ...call, input }).then(
          (output): ReadingOutcome => ({ output }),
          (error: unknown): ReadingOutcome => ({ error }),
        ),
      )
    return outcomes
  }
}

const cancelled = '57014'

/** Below this a second transaction costs more than it saves. */
const worthTwoRoads = 3
/** More transactions than this at work, and every core has something to do already. */
const quiet = 2
const asides = new WeakMap<Database, number>()

/**
 * Runs `work`, which takes a connection of its own, if the pool is quiet; does nothing otherwise. At most a third of the connections go to second roads: a
 * transaction that waits for its second connection can then never be one of a whole pool of them that wait for each other.
 */
function secondRoad(db: Database, work: () => Promise<void>): Promise<void> | undefined {
  const { totalCount, idleCount, waitingCount, options } = db.pool
  const taken = asides.get(db) ?? 0
  if (waitingCount > 0 || totalCount - idleCount > quiet || taken >= Math.floor(options.max / 3)) return undefined
  asides.set(db, taken + 1)
  return work().finally(() => asides.set(db, (asides.get(db) ?? 1) - 1))
}

/** What the roads of a screen share: each takes the next reading that is left. */
interface Round {
  readonly gate: Gate
  readonly call: Omit<Call, 'input'>
  readonly now: Date
  readonly left: Iterator<[number, Reading]>
  readonly known: Answers
  readonly outcomes: ReadingOutcome[]
  readonly lines: (AuditLine | undefined)[]
}

async function readWhatIsLeft(tx: Tx, { gate, call: shared, now, left, known, outcomes, lines }: Round): Promise<void> {
  shareReadings(tx, known)
  for (let next = left.next(); next.done !== true; next = left.next()) {
    const [place, { implementation, input: raw }] = next.value
    const { contract, handler } = implementation
    const call: Call = { ...shared, input: raw }
    const progress: Progress = {}
    let input: unknown
    try {
      input = parseInput(contract, raw)
    } catch (error) {
      outcomes[place] = { error }
      continue
    }
    await keepPlans(tx, handler.sharedPlans)
    await leaveAhead(tx, 'savepoint reading')
    try {
      const { output, line } = await answerInside(tx, gate, implementation, call, input, now, progress)
      lines[place] = line
      outcomes[place] = { output }
    } catch (error) {
      if (concernsAll(error)) throw error
      await leaveAhead(tx, 'rollback to savepoint reading')
      lines[place] = failureLine(contract, call, input, progress, error)
      outcomes[place] = { error }
    }
    await leaveAhead(tx, 'release savepoint reading')
  }
}

const leaveAhead = (tx: Tx, text: string): Promise<unknown> => tx.executeQuery(CompiledQuery.raw(`${ahead}${text}`))

/**
 * A connection that is lost, a server that stops, transactions that cross: nothing of the transaction is left to go on with. One statement that was cancelled
 * because it took too long (57014) is the failure of its reading alone: the others would be read twice for nothing.
 */
function concernsAll(error: unknown): boolean {
  if (error instanceof DomainError) return false
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown }
  if (isCrossing(error) || /Connection terminated|not queryable/.test(String(message))) return true
  return typeof code === 'string' && code !== cancelled && /^(08|53|57|58|XX|E[A-Z]+$)/.test(code)
}

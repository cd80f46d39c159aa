import { CompiledQuery } from 'kysely'
import { DomainError } from '../contract/errors.ts'
import { shareReadings } from './asked-once.ts'
import { type AuditLine, writeAudit } from './audit.ts'
import { asActor, keepPlans, type Tx } from './db.ts'
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
 * a savepoint). Nothing is given before the lines of all are on the disk; where the transaction as a whole fails, each passes the gate alone.
 */
export async function executeTogether(
  gate: Gate,
  readings: readonly Reading[],
  call: Omit<Call, 'input' | 'idempotencyKey'>,
): Promise<readonly ReadingOutcome[]> {
  for (const { implementation } of readings) if (implementation.contract.kind !== 'query') throw new Error('only queries are read together')
  const clock = gate.clock()
  try {
    const outcomes = await asActor(gate.db, { actor: call.actor, clock, timeZone: gate.timeZone }, (tx) => readAll(tx, gate, readings, call, clock))
    gate.committed()
    return outcomes
  } catch {
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

async function readAll(tx: Tx, gate: Gate, readings: readonly Reading[], shared: Omit<Call, 'input'>, now: Date): Promise<readonly ReadingOutcome[]> {
  const outcomes: ReadingOutcome[] = []
  const lines: AuditLine[] = []
  shareReadings(tx)
  for (const { implementation, input: raw } of readings) {
    const { contract, handler } = implementation
    const call: Call = { ...shared, input: raw }
    const progress: Progress = {}
    let input: unknown
    try {
      input = parseInput(contract, raw)
    } catch (error) {
      outcomes.push({ error })
      continue
    }
    await keepPlans(tx, handler.sharedPlans)
    await leaveAhead(tx, 'savepoint reading')
    try {
      const { output, line } = await answerInside(tx, gate, implementation, call, input, now, progress)
      lines.push(line)
      outcomes.push({ output })
    } catch (error) {
      if (concernsAll(error)) throw error
      await leaveAhead(tx, 'rollback to savepoint reading')
      lines.push(failureLine(contract, call, input, progress, error))
      outcomes.push({ error })
    }
    await leaveAhead(tx, 'release savepoint reading')
  }
  for (const line of lines) await writeAudit(tx, line)
  for (const { outcome, persons } of lines) if (outcome === 'done') gate.openings?.opened(shared.actor, persons)
  return outcomes
}

const leaveAhead = (tx: Tx, text: string): Promise<unknown> => tx.executeQuery(CompiledQuery.raw(`${ahead}${text}`))

/** A connection that is lost, a server that stops, transactions that cross: nothing of the transaction is left to go on with. */
function concernsAll(error: unknown): boolean {
  if (error instanceof DomainError) return false
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown }
  if (isCrossing(error) || /Connection terminated|not queryable/.test(String(message))) return true
  return typeof code === 'string' && /^(08|53|57|58|XX|E[A-Z]+$)/.test(code)
}

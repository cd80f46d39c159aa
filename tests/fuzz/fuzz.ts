import { sql } from 'kysely'
import { type Random, randomOf } from '../../src/app/seed/region/random.ts'
import { registry } from '../../src/app/server/registry.ts'
import { newId } from '../../src/platform/contract/ids.ts'
import { setActor, type Tx } from '../../src/platform/server/db.ts'
import { parseInput, runInside } from '../../src/platform/server/execute.ts'
import type { Implementation } from '../../src/platform/server/implement.ts'
import { problemOf } from '../../src/platform/server/problem.ts'
import { type MatrixRow, type MatrixWorld, relations } from '../../src/platform/testing/matrix-model.ts'
import { rolledBack } from '../../src/platform/testing/test-database.ts'
import { type Board, keyOf, matrixRows } from '../matrix-play.ts'
import { mutated } from './mutations.ts'

export interface Finding {
  readonly contract: string
  readonly relation: string
  readonly input: string
  readonly error: string
}

export interface FuzzReport {
  readonly inputs: number
  /** Stopped by the schema of the contract. */
  readonly atTheDoor: number
  /** Refused inside, with words: a right, an absence, a state. */
  readonly refused: number
  readonly done: number
  /** Answers that would have been 5xx. */
  readonly findings: readonly Finding[]
}

/** How many mutated inputs share one arrangement: each in a savepoint of its own, taken back. */
const batch = 25

/**
 * Tries every declared action and query with `inputs` damaged inputs, as everyone of the matrix in turn, for real, and takes everything back.
 * The same seed gives the same inputs. `wrap` lets a test break a handler on purpose.
 */
export async function fuzz(
  board: Board,
  { inputs, seed, wrap = (implementation) => implementation }: { inputs: number; seed: number; wrap?: (implementation: Implementation) => Implementation },
): Promise<FuzzReport> {
  const random = randomOf(seed)
  const report = { inputs: 0, atTheDoor: 0, refused: 0, done: 0, findings: [] as Finding[] }
  const implemented = matrixRows.flatMap((row) => {
    const implementation = registry.get(keyOf(row))
    return implementation === undefined ? [] : [[row, wrap(implementation)] as const]
  })
  while (report.inputs < inputs)
    for (const [row, implementation] of implemented) {
      if (report.inputs >= inputs) break
      await playBatch(board, row, implementation, random, Math.min(batch, inputs - report.inputs), report)
    }
  return report
}

async function playBatch(
  { db, gate, world }: Board,
  row: MatrixRow,
  implementation: Implementation,
  random: Random,
  size: number,
  report: { inputs: number; atTheDoor: number; refused: number; done: number; findings: Finding[] },
): Promise<void> {
  await rolledBack(db, async (tx) => {
    await sql`set local role jalon_system`.execute(tx)
    const arranged = (await row.arrange?.(world, tx)) ?? {}
    await sql`set local role none`.execute(tx)
    const ids = idsOf(world, arranged)
    for (let index = 0; index < size; index += 1) {
      const relation = random.chance(0.5) ? (relations.find((one) => row.expected[one] === 'ok') ?? 'referent') : random.pick(relations)
      const actor = world.actors[relation]
      // As it would arrive: what JSON cannot carry cannot be sent.
      const input = JSON.parse(JSON.stringify(mutated(row.input(world, arranged, actor), random, ids) ?? null)) as unknown
      report.inputs += 1
      const found = (error: unknown): void =>
        void report.findings.push({
          contract: row.contract.name,
          relation,
          input: JSON.stringify(input).slice(0, 600),
          error: error instanceof Error ? `${(error as { code?: string }).code ?? ''} ${error.message}`.slice(0, 300) : String(error),
        })
      let parsed: unknown
      try {
        parsed = parseInput(row.contract, input)
      } catch (error) {
        if (problemOf(error, '').status >= 500) found(error)
        else report.atTheDoor += 1
        continue
      }
      await sql`savepoint before_input`.execute(tx)
      try {
        await setActor(tx, { actor, clock: gate.clock(), timeZone: gate.timeZone })
        const call = { actor, input: parsed, idempotencyKey: row.contract.kind === 'action' ? newId() : undefined, authenticatedAt: gate.clock() }
        await runInside(tx, gate, implementation, call, parsed, gate.clock())
        await settled(tx)
        report.done += 1
      } catch (error) {
        if (problemOf(error, '').status >= 500) found(error)
        else report.refused += 1
      }
      await sql`rollback to savepoint before_input`.execute(tx)
    }
  })
}

/** What is checked at the commit only (deferred constraints) is checked here. */
async function settled(tx: Tx): Promise<void> {
  await sql`set constraints all immediate`.execute(tx)
  await sql`set constraints all deferred`.execute(tx)
}

const idsOf = (world: MatrixWorld, arranged: Readonly<Record<string, string>>): readonly string[] => [
  ...new Set([
    ...Object.values(arranged).filter((value) => /^[0-9a-f-]{36}$/.test(value)),
    world.personId,
    world.episodeId,
    world.dacA,
    world.dacB,
    world.cpts,
    world.referentId,
    world.colleagueId,
    ...relations.map((relation) => world.actors[relation].userId),
    newId(),
  ]),
]

/** Findings by contract and error, the most frequent first: what is read before the inputs. */
export function summaryOf(findings: readonly Finding[]): readonly string[] {
  const groups = new Map<string, { count: number; example: Finding }>()
  for (const finding of findings) {
    const key = `${finding.contract} · ${finding.error.replace(/"[^"]*"/g, '"…"').slice(0, 120)}`
    const group = groups.get(key)
    groups.set(key, { count: (group?.count ?? 0) + 1, example: group?.example ?? finding })
  }
  return [...groups]
    .sort((a, b) => b[1].count - a[1].count)
    .map(([key, { count, example }]) => `${count} × ${key} · as ${example.relation} · ${example.input.slice(0, 200)}`)
}

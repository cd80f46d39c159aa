import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { registry } from '../src/app/server/registry.ts'
import { assessmentsMatrix } from '../src/assessments/testing/matrix.ts'
import { carePlansMatrix } from '../src/care-plans/testing/matrix.ts'
import { careTeamMatrix } from '../src/care-team/testing/matrix.ts'
import { directoryMatrix } from '../src/directory/testing/matrix.ts'
import { episodesMatrix } from '../src/episodes/testing/matrix.ts'
import { intakeMatrix } from '../src/intake/testing/matrix.ts'
import { liaisonMatrix } from '../src/liaison/testing/matrix.ts'
import { personsMatrix } from '../src/persons/testing/matrix.ts'
import type { Actor } from '../src/platform/contract/actor.ts'
import { DomainError } from '../src/platform/contract/errors.ts'
import { newId } from '../src/platform/contract/ids.ts'
import { setActor } from '../src/platform/server/db.ts'
import { runInside } from '../src/platform/server/execute.ts'
import { anonymous } from '../src/platform/server/http.ts'
import { testClock, testGate } from '../src/platform/testing/gate.ts'
import { type Expected, type MatrixRow, relations } from '../src/platform/testing/matrix-model.ts'
import { rolledBack, testDatabase } from '../src/platform/testing/test-database.ts'
import { safeguardingMatrix } from '../src/safeguarding/testing/matrix.ts'
import { privacyMatrix } from '../src/privacy/testing/matrix.ts'
import { steeringMatrix } from '../src/steering/testing/matrix.ts'
import { territoryMatrix } from '../src/territory/testing/matrix.ts'
import { buildMatrixWorld } from './matrix-world.ts'

const { db } = await testDatabase()
const clock = testClock()
const gate = testGate(db, clock)
const world = await buildMatrixWorld(db, clock())
const rows: readonly MatrixRow[] = [
  ...territoryMatrix,
  ...directoryMatrix,
  ...personsMatrix,
  ...careTeamMatrix,
  ...episodesMatrix,
  ...intakeMatrix,
  ...assessmentsMatrix,
  ...carePlansMatrix,
  ...liaisonMatrix,
  ...safeguardingMatrix,
  ...steeringMatrix,
  ...privacyMatrix,
]
const keyOf = ({ contract }: MatrixRow): string => `${contract.kind}:${contract.name}`

/** Plays one cell for real, then takes everything back: what the gate answers to this actor. */
async function play(row: MatrixRow, actor: Actor): Promise<Expected | string> {
  const implementation = registry.get(keyOf(row))
  if (implementation === undefined) return 'not implemented'
  return rolledBack(db, async (tx) => {
    await sql`set local role jalon_system`.execute(tx)
    const arranged = (await row.arrange?.(world, tx)) ?? {}
    await sql`set local role none`.execute(tx)
    await setActor(tx, { actor, clock: clock(), timeZone: gate.timeZone })
    const parsed = row.contract.input.safeParse(row.input(world, arranged, actor))
    if (!parsed.success)
      return `input refused: ${JSON.stringify(parsed.error.issues.map((issue: { path: unknown[]; message: string }) => [issue.path.join('.'), issue.message]))}`
    try {
      await runInside(
        tx,
        gate,
        implementation,
        { actor, input: parsed.data, idempotencyKey: row.contract.kind === 'action' ? newId() : undefined, authenticatedAt: clock() },
        parsed.data,
        clock(),
      )
      return 'ok'
    } catch (error) {
      if (error instanceof DomainError && (error.kind === 'forbidden' || error.kind === 'not_found')) return error.kind
      return error instanceof Error ? `${error.message} ${(error as { detail?: string }).detail ?? ''}` : 'unknown error'
    }
  })
}

describe('the access matrix', () => {
  it('has a row for every action and query that is not open to everyone or to all who are signed in', () => {
    const known = new Set(rows.map(keyOf))
    const missing = [...registry.values()]
      .filter(({ contract }) => contract.access.openTo === undefined && !known.has(`${contract.kind}:${contract.name}`))
      .map(({ contract }) => contract.name)
    expect(missing).toEqual([])
  })

  it('lists what is open, and says why', () => {
    const open = [...registry.values()].flatMap(({ contract }) => (contract.access.openTo ? [contract.access.openTo] : []))
    expect(open.filter(({ because }) => because.length < 10)).toEqual([])
  })

  it('opens nothing to whoever is not signed in, but what is declared open to everyone', async () => {
    for (const row of rows) {
      if (row.contract.access.openTo?.whom === 'everyone') continue
      expect([row.contract.name, await play(row, anonymous)]).not.toEqual([row.contract.name, 'ok'])
    }
  })

  it.each(rows.map((row) => [row.contract.name, row] as const))('%s', async (_name, row) => {
    const answers: Record<string, string> = {}
    for (const relation of relations) answers[relation] = await play(row, world.actors[relation])
    expect(answers).toEqual(row.expected)
  })
})

import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { testClock, testGate } from '../src/platform/testing/gate.ts'
import { relations } from '../src/platform/testing/matrix-model.ts'
import { testDatabase } from '../src/platform/testing/test-database.ts'
import { matrixRows, playCell } from './matrix-play.ts'
import { buildMatrixWorld } from './matrix-world.ts'

const { db } = await testDatabase()
const clock = testClock()
const world = await buildMatrixWorld(db, clock())
const board = { db, gate: testGate(db, clock), world }

/** Every right on the person is left with the administrative volet: what the widest wishes of hers would leave. */
const onlyAdministrative = (tx: Parameters<NonNullable<Parameters<typeof playCell>[3]>>[0]) =>
  sql`update persons.sight set entrusted = volets, volets = '{administrative}' where person_id = ${world.personId}`.execute(tx)

it.each(matrixRows.map((row) => [row.contract.name, row] as const))('%s answers in words when the volets of a person are closed', async (_name, row) => {
  for (const relation of relations.filter((one) => row.expected[one] === 'ok')) {
    const answer = await playCell(board, row, world.actors[relation], onlyAdministrative)
    expect([relation, answer]).toEqual([relation, expect.stringMatching(/^(ok|forbidden|not_found|(invalid|conflict): [\w.]+ )$/)])
  }
})

it('is tried for real: who may write in a closed volet is refused, not broken', async () => {
  const row = matrixRows.find(({ contract }) => contract.name === 'carePlans.problem.add')
  if (row === undefined) throw new Error('no row to try')
  expect(await playCell(board, row, world.actors.referent)).toBe('ok')
  expect(await playCell(board, row, world.actors.referent, onlyAdministrative)).toBe('forbidden')
})

import { describe, expect, it } from 'vitest'
import { registry } from '../src/app/server/registry.ts'
import { anonymous } from '../src/platform/server/http.ts'
import { testClock, testGate } from '../src/platform/testing/gate.ts'
import { relations } from '../src/platform/testing/matrix-model.ts'
import { testDatabase } from '../src/platform/testing/test-database.ts'
import { keyOf, matrixRows, playCell } from './matrix-play.ts'
import { buildMatrixWorld } from './matrix-world.ts'

const { db } = await testDatabase()
const clock = testClock()
const world = await buildMatrixWorld(db, clock())
const board = { db, gate: testGate(db, clock), world }

describe('the access matrix', () => {
  it('has a row for every action and query that is not open to everyone or to all who are signed in', () => {
    const known = new Set(matrixRows.map(keyOf))
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
    for (const row of matrixRows) {
      if (row.contract.access.openTo?.whom === 'everyone') continue
      expect([row.contract.name, await playCell(board, row, anonymous)]).not.toEqual([row.contract.name, 'ok'])
    }
  })

  it.each(matrixRows.map((row) => [row.contract.name, row] as const))('%s', async (_name, row) => {
    const answers: Record<string, string> = {}
    for (const relation of relations) answers[relation] = await playCell(board, row, world.actors[relation])
    expect(answers).toEqual(row.expected)
  })
})

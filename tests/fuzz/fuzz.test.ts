import { describe, expect, it } from 'vitest'
import { testClock, testGate } from '../../src/platform/testing/gate.ts'
import { testDatabase } from '../../src/platform/testing/test-database.ts'
import { buildMatrixWorld } from '../matrix-world.ts'
import { fuzz, summaryOf } from './fuzz.ts'

const { db } = await testDatabase()
const clock = testClock()
const board = { db, gate: testGate(db, clock), world: await buildMatrixWorld(db, clock()) }

describe('every action and query, under inputs damaged on purpose', () => {
  it('answers 20,000 of them without one unexpected error', { timeout: 300_000 }, async () => {
    const report = await fuzz(board, { inputs: 20_000, seed: 20_261_122 })
    expect(summaryOf(report.findings)).toEqual([])
    expect(report.inputs).toBe(20_000)
    // The inputs must reach the rooms behind the door, and some must pass: else nothing was tried.
    expect(report.done).toBeGreaterThan(1_000)
    expect(report.refused).toBeGreaterThan(1_000)
    expect(report.atTheDoor).toBeGreaterThan(1_000)
  })

  it('would see a handler that lets a fault through', { timeout: 60_000 }, async () => {
    const report = await fuzz(board, {
      inputs: 1_500,
      seed: 1,
      wrap: (implementation) => ({
        ...implementation,
        handler: {
          ...implementation.handler,
          run: async (context, input, target) => {
            if (JSON.stringify(input).includes('%')) throw new TypeError('a fault planted by the test')
            return implementation.handler.run(context, input, target)
          },
        },
      }),
    })
    expect(report.findings.length).toBeGreaterThan(0)
    expect(new Set(report.findings.map(({ error }) => error.trim()))).toEqual(new Set(['a fault planted by the test']))
  })
})

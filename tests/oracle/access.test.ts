import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canariesInEvents, readTables, rolesAbovePolicies } from './backstop.ts'
import { policyBreakages } from './breakages.ts'
import { emptyTally, lookAround } from './decisions.ts'
import { seedOfToday } from './random.ts'
import { decisionReport } from './report.ts'
import { livedIn, openStage, type Stage } from './stage.ts'

/** One twentieth of `npm run bench -- access`: the product against the oracle, row by row. ACCESS_SEED plays a run again. */
const print = (text: string): void => void process.stdout.write(`${text}\n`)
let stage: Stage

beforeAll(async () => {
  stage = await openStage({ persons: 16 })
}, 120_000)
afterAll(() => stage?.close())

describe('who sees what', () => {
  test('the product and the law agree on every row, both ways, while people live, refuse, leave and come back', { timeout: 120_000 }, async () => {
    const tally = await livedIn(stage, 5_000)
    print(decisionReport(tally, stage.random.seed))
    expect(tally.disagreements).toEqual([])
    expect(tally.decisions).toBeGreaterThanOrEqual(5_000)
    expect(tally.seen).toBeGreaterThan(500)
  })

  test('the database alone, asked without any filter of the application, opens no row of anybody else', { timeout: 120_000 }, async () => {
    const { world, superuser, random } = stage
    const backstop = await readTables(world, superuser, random.some(world.people, 6))
    print(
      `${backstop.decisions} rows of ${backstop.tables} tables asked of the database: ${backstop.foreign.length} foreign; closed to the application: ${backstop.refused.join(', ') || 'none'}; ` +
        `narrower than the rule: ${[...backstop.narrower].map(([table, rows]) => `${table} ${rows}`).join(', ') || 'none'}`,
    )
    expect(backstop.foreign).toEqual([])
    expect(backstop.tables).toBeGreaterThan(60)
    expect(await rolesAbovePolicies(superuser)).toEqual([])
    const { events, found } = await canariesInEvents(world, superuser)
    print(`${events} events written meanwhile, ${found.length} canaries in them`)
    expect(events).toBeGreaterThan(0)
    expect(found).toEqual([])
  })

  test.each(policyBreakages.map((breakage) => [breakage.name, breakage] as const))(
    'a broken build is caught: %s',
    { timeout: 60_000 },
    async (name, breakage) => {
      const { world, superuser, random } = stage
      const restore = await breakage.apply(superuser)
      try {
        const tally = emptyTally()
        let foreign = 0
        let rows = 0
        for (let round = 0; round < 10 && tally.disagreements.length + foreign === 0; round++) {
          // The gate is a lock of its own: what it still refuses is looked for in the tables themselves.
          const backstop = await readTables(world, superuser, random.some(world.people, 3))
          foreign += backstop.foreign.length
          rows += backstop.decisions
          if (foreign === 0) await lookAround(world, random.some(world.persons, 3), random.some(world.people, 3), random, tally)
        }
        print(
          `${name}: ${foreign > 0 ? `${foreign} foreign rows, of ${rows} read in the tables` : `${tally.disagreements.length} answers, of ${tally.decisions} rows asked of the product`}`,
        )
        expect(tally.disagreements.length + foreign).toBeGreaterThan(0)
      } finally {
        await restore()
      }
    },
  )

  test('and whole again, it agrees', { timeout: 60_000 }, async () => {
    const { world, random } = stage
    const tally = emptyTally()
    await lookAround(world, random.some(world.persons, 3), random.some(world.people, 4), random, tally)
    expect(tally.disagreements).toEqual([])
    expect(stage.random.seed).toBe(seedOfToday())
  })
})

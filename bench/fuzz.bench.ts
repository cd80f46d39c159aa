import { openDatabase } from '../src/platform/server/db.ts'
import { testClock, testGate } from '../src/platform/testing/gate.ts'
import { createTestDatabase, dropTestDatabase } from '../src/platform/testing/test-server.ts'
import { type FuzzReport, fuzz, summaryOf } from '../tests/fuzz/fuzz.ts'
import { buildMatrixWorld } from '../tests/matrix-world.ts'

/**
 * `npm run bench -- fuzz [--inputs 1000000] [--seed 1] [--lanes 4]`: damaged inputs for every declared action and query (tests/fuzz), each tried for real and taken
 * back. Prints the figures; ends with an error when one of them would have been an answer 5xx. `lanes` run side by side, each with a seed and a database of its own.
 */
const option = (name: string, otherwise: number): number =>
  process.argv.includes(`--${name}`) ? Number(process.argv[process.argv.indexOf(`--${name}`) + 1]) : otherwise
const [inputs, seed, lanes] = [option('inputs', 1_000_000), option('seed', 1), option('lanes', 4)]

const started = performance.now()
const lane = async (number: number): Promise<FuzzReport> => {
  const urls = await createTestDatabase()
  const db = openDatabase(urls.appUrl, { max: 3, name: `jalon-fuzz-${number}` })
  try {
    const clock = testClock()
    const board = { db, gate: testGate(db, clock), world: await buildMatrixWorld(db, clock()) }
    return await fuzz(board, { inputs: Math.ceil(inputs / lanes), seed: seed * 1_000 + number })
  } finally {
    await db.close()
    await dropTestDatabase(urls.name)
  }
}

const reports = await Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)))
const sum = (key: 'inputs' | 'atTheDoor' | 'refused' | 'done'): number => reports.reduce((total, report) => total + report[key], 0)
const findings = reports.flatMap((report) => report.findings)
process.stdout.write(
  `${JSON.stringify({ bench: 'fuzz', inputs: sum('inputs'), at_the_door: sum('atTheDoor'), refused: sum('refused'), done: sum('done'), findings: findings.length, seed, seconds: Math.round((performance.now() - started) / 1000) })}\n`,
)
for (const line of summaryOf(findings).slice(0, 60)) process.stdout.write(`${line}\n`)
if (findings.length > 0) process.exitCode = 1

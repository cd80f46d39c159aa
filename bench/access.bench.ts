import { joinTestServer } from '../src/platform/testing/test-server.ts'
import { readTables } from '../tests/oracle/backstop.ts'
import { emptyTally, type Tally } from '../tests/oracle/decisions.ts'
import { seedOfToday } from '../tests/oracle/random.ts'
import { decisionReport, leakReport, ruleOfThree } from '../tests/oracle/report.ts'
import { compareAbsent, emptyLeakTally, openSite, sendRequests } from '../tests/oracle/requests.ts'
import { livedIn, openStage, type Stage } from '../tests/oracle/stage.ts'

/**
 * `npm run bench -- access [--decisions 100000] [--requests 100000] [--pairs 2000] [--seed N]`: the long run of tests/oracle. Worlds of persons follow
 * one another until the product was compared with the oracle that many times; then as many generated requests look for strings of others. Prints what
 * was covered and one line of JSON for each part; ends with 1 at the first disagreement or leak.
 */
const option = (name: string, otherwise: number): number =>
  process.argv.includes(`--${name}`) ? Number(process.argv[process.argv.indexOf(`--${name}`) + 1]) : otherwise
const decisions = option('decisions', 100_000)
const requests = option('requests', 100_000)
const pairs = option('pairs', 2_000)
const seed = option('seed', seedOfToday())
const say = (line: string): void => void process.stderr.write(`${line}\n`)
const print = (line: Readonly<Record<string, unknown>>): void => void process.stdout.write(`${JSON.stringify(line)}\n`)
const seconds = (since: number): number => Math.round((performance.now() - since) / 100) / 10

const server = await joinTestServer()
try {
  const agreed = decisions === 0 || (await compareDecisions())
  const tight = requests === 0 || (await searchLeaks())
  if (!agreed || !tight) process.exitCode = 1
} finally {
  await server.leave()
}

async function onStage<T>(persons: number, its: number, work: (stage: Stage) => Promise<T>): Promise<T> {
  const stage = await openStage({ persons, seed: its })
  try {
    return await work(stage)
  } finally {
    await stage.close()
  }
}

async function compareDecisions(): Promise<boolean> {
  const started = performance.now()
  const total: Tally = emptyTally()
  const perWorld = Math.min(decisions, 20_000)
  let rows = 0
  let foreign = 0
  for (let world = 0; total.decisions < decisions; world++) {
    await onStage(40, seed + world, async (stage) => {
      add(total, await livedIn(stage, Math.min(perWorld, decisions - total.decisions)))
      const backstop = await readTables(stage.world, stage.superuser, stage.random.some(stage.world.people, 8))
      rows += backstop.decisions
      foreign += backstop.foreign.length
    })
    say(`world ${world + 1}: ${total.decisions} decisions, ${total.disagreements.length} disagreements, ${seconds(started)} s`)
  }
  say(decisionReport(total, seed))
  const count = total.disagreements.length
  print({
    bench: 'access',
    part: 'oracle',
    seed,
    decisions: total.decisions,
    open: total.seen,
    disagreements: count,
    bound95: count === 0 ? ruleOfThree(total.decisions) : null,
    tableRows: rows,
    foreignRows: foreign,
    seconds: seconds(started),
  })
  return count === 0 && foreign === 0
}

function add(total: Tally, part: Tally): void {
  total.decisions += part.decisions
  total.seen += part.seen
  total.disagreements.push(...part.disagreements)
  for (const [key, value] of part.coverage) total.coverage.set(key, (total.coverage.get(key) ?? 0) + value)
}

async function searchLeaks(): Promise<boolean> {
  const started = performance.now()
  const total = emptyLeakTally()
  const twins = { pairs: 0, different: 0, invisible: [] as number[], absent: [] as number[] }
  const perWorld = 20_000
  for (let world = 0; total.requests < requests; world++) {
    await onStage(24, seed + 1_000 + world, async (stage) => {
      // Some gestures first: suspended, narrowed and exceptional rights are part of what may leak.
      await livedIn(stage, 1_500)
      const site = await openSite(stage.world)
      try {
        await sendRequests(stage.world, site, stage.random, Math.min(perWorld, requests - total.requests), total)
        const twin = await compareAbsent(stage.world, site, stage.random, Math.ceil((pairs * Math.min(perWorld, requests)) / requests))
        twins.pairs += twin.pairs
        twins.different += twin.different.length
        twins.invisible.push(twin.invisible)
        twins.absent.push(twin.absent)
        for (const one of twin.different.slice(0, 5)) say(`told apart: ${JSON.stringify(one)}`)
      } finally {
        await site.close()
      }
    })
    say(`world ${world + 1}: ${total.requests} requests, ${total.leaks.length} leaks, ${seconds(started)} s`)
  }
  say(leakReport(total, seed))
  const middle = (values: readonly number[]): number => Math.round(([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0) * 100) / 100
  print({
    bench: 'access',
    part: 'leaks',
    seed,
    requests: total.requests,
    leaks: total.leaks.length,
    bound95: total.leaks.length === 0 ? ruleOfThree(total.requests) : null,
    faults: [...total.faults.values()].reduce((sum, times) => sum + times, 0),
    pairs: twins.pairs,
    toldApart: twins.different,
    closedMs: middle(twins.invisible),
    absentMs: middle(twins.absent),
    seconds: seconds(started),
  })
  return total.leaks.length === 0 && twins.different === 0
}

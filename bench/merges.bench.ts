import { sql } from 'kysely'
import { randomOf } from '../src/app/seed/region/random.ts'
import { asSystem, openDatabase } from '../src/platform/server/db.ts'
import { createTestDatabase, dropTestDatabase, joinTestServer } from '../src/platform/testing/test-server.ts'
import { aMergeWorld, aRandomPair, differences } from '../tests/merge-world.ts'

/**
 * `npm run bench -- merges [--merges N] [--seed N]`: N random merges of persons of a demo region, each undone. After each, every row of every table that bears a
 * person is compared with what it was (the fingerprint of the whole database), through the gate, audit included. The first undoing that gives not everything back
 * ends the run: it prints whose merge it was and which rows differ.
 */
const option = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(name)
  return at === -1 ? otherwise : Number(process.argv[at + 1])
}
const wanted = option('--merges', 1000)
const seed = option('--seed', 20261)
const user = await joinTestServer()
const urls = await createTestDatabase()
const db = openDatabase(urls.appUrl, { max: 4 })
try {
  const world = await aMergeWorld(db, urls, 60)
  const random = randomOf(seed)
  const before = await world.fingerprint()
  const rowsBefore = await world.rowsOf()
  const [merging, undoing]: [number[], number[]] = [[], []]
  let [identical, refused, rows, differed] = [0, 0, 0, false]
  while (merging.length < wanted && !differed) {
    const pair = aRandomPair(random, world)
    const obstacle = await asSystem(
      db,
      'bench of merges',
      async (tx) =>
        (await sql<{ obstacle: string | null }>`select duplicates.obstacle(${pair.kept}, ${pair.absorbed}) as obstacle`.execute(tx)).rows[0]?.obstacle,
    )
    if (obstacle !== null) {
      refused += 1
      continue
    }
    // Whoever validates is of a service that keeps the other file.
    const validator = world.validator.get(world.persons.find(({ id }) => id === pair.absorbed)?.dac as never) as never
    const { id } = await world.propose(pair.kept, pair.absorbed, world.proposer.get(pair.dac) as never, pair.choices)
    const started = performance.now()
    await world.validate(id, validator)
    const merged = performance.now()
    await world.undo(id, validator)
    merging.push(merged - started)
    undoing.push(performance.now() - merged)
    rows += await asSystem(db, 'bench of merges', async (tx) =>
      Number((await sql<{ n: number }>`select count(*)::int as n from duplicates.step where merge_id = ${id}`.execute(tx)).rows[0]?.n),
    )
    const after = await world.fingerprint()
    const changed = Object.keys(before).filter((table) => before[table] !== after[table])
    if (changed.length === 0) identical += 1
    else {
      differed = true
      process.stderr.write(`merge ${merging.length}, kept ${pair.kept}, absorbed ${pair.absorbed}, ${JSON.stringify(pair.choices)}\n`)
      for (const line of await differences(world, rowsBefore, changed)) process.stderr.write(`  ${line}\n`)
    }
    if (merging.length % 100 === 0) process.stderr.write(`${merging.length}: ${identical} identical\n`)
  }
  const times = (all: readonly number[]): Record<string, number> => {
    const sorted = [...all].sort((a, b) => a - b)
    const at = (share: number): number => Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1))
    return { p50: at(0.5), p95: at(0.95) }
  }
  process.stdout.write(
    `${JSON.stringify({ bench: 'merges', seed, merges: merging.length, identical, refused, stepsByMerge: Math.round(rows / merging.length), mergeMs: times(merging), undoMs: times(undoing) })}\n`,
  )
} finally {
  await db.close()
  await dropTestDatabase(urls.name)
  await user.leave()
}

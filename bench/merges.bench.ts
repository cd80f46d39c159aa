import { sql } from 'kysely'
import { randomOf } from '../src/app/seed/region/random.ts'
import { asSystem, openDatabase } from '../src/platform/server/db.ts'
import { createTestDatabase, dropTestDatabase, joinTestServer } from '../src/platform/testing/test-server.ts'
import { aMergeWorld, aRandomPair } from '../tests/merge-world.ts'

/**
 * `npm run bench -- merges [--merges N]`: N random merges of persons of a demo region, each undone. After each, every row of every table that bears a person is
 * compared with what it was (the fingerprint of the whole database), through the gate, audit included.
 */
const wanted = Number(process.argv[process.argv.indexOf('--merges') + 1]) || 1000
const user = await joinTestServer()
const urls = await createTestDatabase()
const db = openDatabase(urls.appUrl, { max: 4 })
try {
  const world = await aMergeWorld(db, urls, 60)
  const random = randomOf(20261)
  const before = JSON.stringify(await world.fingerprint())
  const [merging, undoing]: [number[], number[]] = [[], []]
  let [identical, refused, rows] = [0, 0, 0]
  while (merging.length < wanted) {
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
    if (JSON.stringify(await world.fingerprint()) === before) identical += 1
    if (merging.length % 100 === 0) process.stderr.write(`${merging.length}: ${identical} identical\n`)
  }
  const times = (all: readonly number[]): Record<string, number> => {
    const sorted = [...all].sort((a, b) => a - b)
    const at = (share: number): number => Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1))
    return { p50: at(0.5), p95: at(0.95) }
  }
  process.stdout.write(
    `${JSON.stringify({ bench: 'merges', merges: merging.length, identical, refused, stepsByMerge: Math.round(rows / merging.length), mergeMs: times(merging), undoMs: times(undoing) })}\n`,
  )
} finally {
  await db.close()
  await dropTestDatabase(urls.name)
  await user.leave()
}

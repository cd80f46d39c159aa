import { createReadStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { loadReferenceData } from '../src/app/seed/reference/load.ts'
import { importFile } from '../src/directory/server/api.ts'
import { openDatabase } from '../src/platform/server/db.ts'
import { createTestDatabase, dropTestDatabase, joinTestServer } from '../src/platform/testing/test-server.ts'
import { writeSyntheticRpps } from './synthetic-rpps.ts'

/**
 * `npm run bench -- import [--rows N]`: an RPPS extract of N lines brought into an empty directory, again the same day, and the day after (1 % of the
 * lines changed, 0.2 % gone), against a bare COPY of the file into a table without index or log, in the same run.
 */
const rows = Number(process.argv[process.argv.indexOf('--rows') + 1]) || 200_000
const user = await joinTestServer()
const urls = await createTestDatabase()
const folder = await mkdtemp(join(tmpdir(), 'jalon-bench-'))
const db = openDatabase(urls.appUrl, { max: 4 })
try {
  const [today, tomorrow] = [join(folder, 'today.txt'), join(folder, 'tomorrow.txt')]
  await writeSyntheticRpps(today, rows)
  await writeSyntheticRpps(tomorrow, rows, { changed: 0.01, left: 0.002 })
  await loadReferenceData({ db })
  const floor = await timed(() => bareCopy(urls.ownerUrl, today))
  const first = await timed(() => run(today))
  const again = await timed(() => run(today))
  const nextDay = await timed(() => run(tomorrow))
  const { size } = await stat(today)
  process.stdout.write(
    `${JSON.stringify({
      bench: 'import',
      rows,
      megabytes: Math.round(size / 1e6),
      floorMs: floor,
      firstMs: first,
      againMs: again,
      nextDayMs: nextDay,
      rowsPerSecond: Math.round((rows / first) * 1000),
      firstToFloor: ratio(first, floor),
      againToFirst: ratio(again, first),
      nextDayToFirst: ratio(nextDay, first),
      maxMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    })}\n`,
  )
} finally {
  await db.close()
  await dropTestDatabase(urls.name)
  await rm(folder, { recursive: true })
  await user.leave()
}

async function run(path: string): Promise<void> {
  const { outcome } = await importFile(db, { source: 'rpps', path })
  if (outcome.state !== 'done') throw new Error(`import ${outcome.state}: ${outcome.code}`)
}

async function bareCopy(url: string, path: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const columns = Array.from({ length: 57 }, (_, at) => `c${at} text`).join(', ')
  await client.query(`create unlogged table public.bench_floor (${columns})`)
  await pipeline(
    createReadStream(path, { highWaterMark: 262_144 }),
    client.query(copyFrom(`copy public.bench_floor from stdin (format csv, delimiter '|', quote E'\\x01', header true)`)),
  )
  await client.query('drop table public.bench_floor')
  await client.end()
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now()
  await work()
  return Math.round(performance.now() - started)
}

function ratio(one: number, other: number): number {
  return Number((one / other).toFixed(2))
}

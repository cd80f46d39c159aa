import { execFileSync } from 'node:child_process'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { loadReferenceData } from '../src/app/seed/reference/load.ts'
import { importFile } from '../src/directory/server/api.ts'
import { openDatabase } from '../src/platform/server/db.ts'
import { createTestDatabase, dropTestDatabase, joinTestServer } from '../src/platform/testing/test-server.ts'
import { peakMegabytes } from './peak-memory.ts'

/**
 * `npm run bench -- import [--rows N]`: an RPPS extract of N lines (2.3 million: the country) brought into an empty directory, again the same day, and the
 * day after (1 % of the lines changed, 0.2 % gone), against what cannot be spared, measured in the same run with the server's own settings: COPY of the
 * file into an unlogged table, its distinct persons, their trigram index. `firstNodeMs` is the processor time of the process that imports: on a machine
 * shared with others it says more than the durations. The files are kept from one run to the next.
 */
const rows = Number(process.argv[process.argv.indexOf('--rows') + 1]) || 200_000
const folder = fileURLToPath(new URL('../node_modules/.cache/jalon/bench-files/', import.meta.url))
const [today, tomorrow] = [join(folder, `rpps-v2-${rows}.txt`), join(folder, `rpps-v2-${rows}-next.txt`)]

if (process.argv.includes('--write')) await writeFiles()
else if (process.argv.includes('--file')) await importOne(process.argv[process.argv.indexOf('--file') + 1] ?? '', process.argv.at(-1) ?? '')
else {
  if (!existsSync(today)) execFileSync(process.execPath, [fileURLToPath(import.meta.url), '--write', '--rows', String(rows)])
  await measure()
}

async function writeFiles(): Promise<void> {
  const { writeSyntheticRpps } = await import('./synthetic-rpps.ts')
  await mkdir(folder, { recursive: true })
  await writeSyntheticRpps(`${today}.part`, rows, { path: tomorrow, changed: 0.01, left: 0.002 })
  await rename(`${today}.part`, today)
}

async function measure(): Promise<void> {
  const user = await joinTestServer()
  const urls = await createTestDatabase()
  try {
    const db = openDatabase(urls.appUrl, { max: 4 })
    await loadReferenceData({ db })
    await db.close()
    const floor = await measureFloor(urls.ownerUrl, today)
    const told = (step: string, result: { readonly ms: number }): void => void process.stderr.write(`${step}: ${result.ms} ms\n`)
    told('floor', { ms: floor.whole })
    const measured = (step: string, path: string): ReturnType<typeof inItsProcess> => {
      const result = inItsProcess(path, urls.appUrl)
      told(step, result)
      return result
    }
    const [first, again, nextDay] = [measured('first', today), measured('again', today), measured('next day', tomorrow)]
    process.stdout.write(
      `${JSON.stringify({
        bench: 'import',
        rows,
        megabytes: Math.round((await stat(today)).size / 1e6),
        floorMs: floor,
        firstMs: first.ms,
        firstNodeMs: first.nodeMs,
        againMs: again.ms,
        nextDayMs: nextDay.ms,
        rowsPerSecond: Math.round((rows / first.ms) * 1000),
        firstToFloor: ratio(first.ms, floor.whole),
        againToFirst: ratio(again.ms, first.ms),
        nextDayToFirst: ratio(nextDay.ms, first.ms),
        maxMegabytes: Math.max(first.megabytes, again.megabytes, nextDay.megabytes),
      })}\n`,
    )
  } finally {
    await dropTestDatabase(urls.name)
    await user.leave()
  }
}

/** As the command line does it: the memory that counts is that of a process that imports. */
function inItsProcess(path: string, appUrl: string): { readonly ms: number; readonly nodeMs: number; readonly megabytes: number } {
  return JSON.parse(execFileSync(process.execPath, [fileURLToPath(import.meta.url), '--file', path, appUrl], { encoding: 'utf8' }))
}

async function importOne(path: string, appUrl: string): Promise<void> {
  const db = openDatabase(appUrl, { max: 4 })
  const started = performance.now()
  const usedBefore = process.cpuUsage()
  const { outcome } = await importFile(db, { source: 'rpps', path })
  if (outcome.state !== 'done') throw new Error(`import ${outcome.state}: ${outcome.code}`)
  const { user, system } = process.cpuUsage(usedBefore)
  process.stdout.write(JSON.stringify({ ms: Math.round(performance.now() - started), nodeMs: Math.round((user + system) / 1000), megabytes: peakMegabytes() }))
  await db.close()
}

async function measureFloor(url: string, path: string): Promise<{ copy: number; persons: number; trigrams: number; whole: number }> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const columns = Array.from({ length: 57 }, (_, at) => `c${at + 1} text`).join(', ')
  const copy = await timed(async () => {
    await client.query(`create unlogged table public.floor_lines (${columns})`)
    await pipeline(
      createReadStream(path, { highWaterMark: 262_144 }),
      client.query(copyFrom(`copy public.floor_lines from stdin (format csv, delimiter '|', quote E'\\x01', header true)`)),
    )
  })
  const persons = await timed(() =>
    client.query(`create unlogged table public.floor_persons as select distinct c2 as rpps, lower(c8 || ' ' || c9) as name from public.floor_lines`),
  )
  const trigrams = await timed(() => client.query(`create index on public.floor_persons using gin (name gin_trgm_ops)`))
  await client.query('drop table public.floor_lines, public.floor_persons')
  await client.end()
  return { copy, persons, trigrams, whole: copy + persons + trigrams }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return Math.round(performance.now() - started)
}

function ratio(one: number, other: number): number {
  return Number((one / other).toFixed(2))
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { loadReferenceData } from '../src/app/seed/reference/load.ts'
import { importFile, importStream } from '../src/directory/server/api.ts'
import { errorText } from '../src/platform/contract/errors.ts'
import { type Database, openDatabase } from '../src/platform/server/db.ts'
import { createTestDatabase, dropTestDatabase, joinTestServer } from '../src/platform/testing/test-server.ts'

/**
 * `npm run bench -- damaged-files [--rows N] [--small-disk FOLDER]`: an extract of the RPPS (that `bench -- import` writes) damaged in its middle in each of
 * the ways of the issue, into an empty directory, then into one that holds the extract of the day before. After each, the directory and its indexes must be
 * what they were, and the report must say what and where. FOLDER: an empty folder of PostgreSQL on a file system of some megabytes, to fill for good;
 * without it PostgreSQL is made to answer as it does then.
 */
const rows = Number(process.argv[process.argv.indexOf('--rows') + 1]) || 200_000
const smallDisk = process.argv.includes('--small-disk') ? process.argv[process.argv.indexOf('--small-disk') + 1] : undefined
const folder = fileURLToPath(new URL('../node_modules/.cache/jalon/bench-files/', import.meta.url))
const [today, tomorrow] = [join(folder, `rpps-v2-${rows}.txt`), join(folder, `rpps-v2-${rows}-next.txt`)]

type Chunks = AsyncIterable<Buffer>
const damages: Readonly<Record<string, (chunks: Chunks, middle: number) => Chunks>> = {
  truncated: (chunks, middle) => cut(chunks, middle + 20),
  'wrong columns': (chunks) => edited(chunks, 0, (text) => text.replace('Nom d', 'Alias d').replace('Code commune', 'Lieu')),
  'duplicated header': (chunks) => edited(chunks, 0, (text) => text.replace('Code section tableau pharmaciens', 'Code profession')),
  'latin-1': (chunks, middle) => inserted(chunks, middle, Buffer.from('8|19900000001|NOËL|', 'latin1')),
  'NUL bytes': (chunks, middle) => inserted(chunks, middle, Buffer.from('8|199\u0000\u0000|\n')),
  '10 MB line': (chunks, middle) => inserted(chunks, middle, Buffer.alloc(10_000_000, 'x')),
}

if (process.argv.includes('--file')) {
  const db = openDatabase(process.argv.at(-1) ?? '', { max: 4 })
  await importFile(db, { source: 'rpps', path: tomorrow })
  await db.close()
} else {
  if (!existsSync(today)) throw new Error(`npm run bench -- import --rows ${rows} writes the extract first`)
  await measure()
}

async function measure(): Promise<void> {
  const user = await joinTestServer()
  const urls = await createTestDatabase()
  const db = openDatabase(urls.appUrl, { max: 4 })
  const owner = new pg.Client({ connectionString: urls.ownerUrl })
  await owner.connect()
  try {
    await loadReferenceData({ db })
    const told: Record<string, unknown> = { bench: 'damaged-files', rows, emptyDirectory: await each(db, owner, urls.appUrl) }
    const { outcome } = await importFile(db, { source: 'rpps', path: today })
    if (outcome.state !== 'done') throw new Error(`import ${outcome.state}`)
    told['heldDirectory'] = await each(db, owner, urls.appUrl)
    const last = await importFile(db, { source: 'rpps', path: tomorrow })
    told['thenTheNextDay'] = last.outcome.state
    process.stdout.write(`${JSON.stringify(told, null, 1)}\n`)
  } finally {
    await owner.end()
    await db.close()
    await dropTestDatabase(urls.name)
    await user.leave()
  }
}

async function each(db: Database, owner: pg.Client, appUrl: string): Promise<Record<string, unknown>> {
  const { size } = await stat(tomorrow)
  const before = await digest(owner)
  const told: Record<string, unknown> = {}
  const judged = async (name: string, work: () => Promise<Record<string, unknown>>): Promise<void> => {
    const started = performance.now()
    const said = await work()
    const after = await digest(owner)
    told[name] = { intact: JSON.stringify(after) === JSON.stringify(before), ms: Math.round(performance.now() - started), ...said }
    process.stderr.write(`${name}: ${JSON.stringify(told[name])}\n`)
  }
  for (const [name, damage] of Object.entries(damages)) {
    await judged(name, () => bring(db, damage(createReadStream(tomorrow, { highWaterMark: 262_144 }), Math.floor(size * 0.6)), size))
  }
  await judged('kill -9', async () => {
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), '--rows', String(rows), '--file', appUrl], { stdio: 'ignore' })
    await halfway(owner, child)
    child.kill('SIGKILL')
    await once(child, 'exit')
    // PostgreSQL sees it at the next thing that it wants to tell; the next import takes away what was left, here one that is damaged too.
    await new Promise((resolve) => setTimeout(resolve, 1500))
    return bring(db, cut(createReadStream(tomorrow), 100_000), size)
  })
  await judged('disk full', async () => {
    const said = await whenFull(owner, () => bring(db, createReadStream(tomorrow, { highWaterMark: 262_144 }), size))
    // What a first import could not take away for want of room, the next one does, even a damaged one.
    await bring(db, cut(createReadStream(tomorrow), 100_000), size)
    return said
  })
  return told
}

async function bring(db: Database, raw: Chunks, byteLength: number): Promise<Record<string, unknown>> {
  const { outcome } = await importStream(db, { source: 'rpps', fileName: 'PS_LibreAcces_Personne_activite_202610150904.txt', byteLength, raw })
  if (outcome.state === 'done') return { state: 'done', counts: outcome.counts }
  return { code: outcome.code, said: errorText(outcome.code, outcome.params).slice(0, 110) }
}

async function halfway(owner: pg.Client, child: ChildProcess): Promise<void> {
  for (;;) {
    const { rows: going } = await owner.query(`select from directory.import where state = 'running' and done > total * 0.4`)
    if (going.length > 0 || child.exitCode !== null) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function whenFull(owner: pg.Client, work: () => Promise<Record<string, unknown>>): Promise<Record<string, unknown>> {
  const table = 'directory.practice, directory.staged_practice'.split(', ')
  if (smallDisk !== undefined) {
    const admin = new pg.Client({ connectionString: process.env['JALON_TEST_DATABASE_URL'] })
    await admin.connect()
    await admin.query(`create tablespace jalon_small location '${smallDisk.replaceAll("'", "''")}'`)
    await admin.query('grant create on tablespace jalon_small to public')
    try {
      await owner.query('alter table directory.staged_practice set tablespace jalon_small')
      const { rows: held } = await owner.query<{ n: number }>('select count(*)::int as n from directory.practice')
      if (held[0]?.n === 0) await owner.query('alter table directory.practice set tablespace jalon_small')
      return { disk: 'full for good', ...(await work()) }
    } finally {
      for (const one of table) await owner.query(`alter table ${one} set tablespace pg_default`)
      await admin.query('drop tablespace jalon_small')
      await admin.end()
    }
  }
  await owner.query(
    `create function public.no_room() returns trigger language plpgsql as $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`,
  )
  for (const one of table) await owner.query(`create trigger no_room before insert on ${one} for each row execute function public.no_room()`)
  try {
    return await work()
  } finally {
    for (const one of table) await owner.query(`drop trigger no_room on ${one}`)
    await owner.query('drop function public.no_room')
  }
}

async function digest(owner: pg.Client): Promise<{ readonly practices: number }> {
  const { rows: found } =
    await owner.query(`select (select count(*)::int from directory.practice) as practices, (select sum(line_hash::numeric)::text from directory.practice) as lines,
    (select count(*)::int from directory.professional) as professionals, (select sum(hashtextextended(e::text, 0)::numeric)::text from directory.entry e) as entries,
    (select string_agg(indexrelid::regclass::text, ',' order by indexrelid::regclass::text) from pg_index where indrelid in ('directory.practice'::regclass, 'directory.professional'::regclass, 'directory.entry'::regclass)) as indexes,
    (select count(*)::int from directory.postponed_index) as postponed, to_regclass('directory.entry_next_low') is null as clean`)
  return found[0]
}

async function* cut(chunks: Chunks, length: number): Chunks {
  let left = length
  for await (const chunk of chunks) {
    if (chunk.length >= left) {
      yield chunk.subarray(0, left)
      return
    }
    left -= chunk.length
    yield chunk
  }
}

async function* inserted(chunks: Chunks, place: number, piece: Buffer): Chunks {
  let at = 0
  for await (const chunk of chunks) {
    const begins = at
    // Before the import has it: a chunk is emptied once it is read.
    at += chunk.length
    yield begins <= place && place < at ? Buffer.concat([chunk.subarray(0, place - begins), piece, chunk.subarray(place - begins)]) : chunk
  }
}

async function* edited(chunks: Chunks, which: number, edit: (text: string) => string): Chunks {
  let number = 0
  for await (const chunk of chunks) {
    yield number === which ? Buffer.from(edit(chunk.toString('latin1')), 'latin1') : chunk
    number += 1
  }
}

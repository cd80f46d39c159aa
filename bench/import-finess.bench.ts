import { execFileSync } from 'node:child_process'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadReferenceData } from '../src/app/seed/reference/load.ts'
import { importFile } from '../src/directory/server/api.ts'
import { openDatabase } from '../src/platform/server/db.ts'
import { createTestDatabase, dropTestDatabase, joinTestServer } from '../src/platform/testing/test-server.ts'
import { peakMegabytes } from './peak-memory.ts'
import { writeSyntheticFiness } from './synthetic-finess.ts'

/** `npm run bench -- import-finess`: a FINESS+ file of the country (175,000 sites) into an empty directory, and again; against reading the file alone. */
const folder = fileURLToPath(new URL('../node_modules/.cache/jalon/bench-files/', import.meta.url))
const path = join(folder, 'finess-v2.json')
if (process.argv.includes('--file')) await importOne(process.argv.at(-1) ?? '')
else await measure()

async function measure(): Promise<void> {
  if (!existsSync(path)) {
    await mkdir(folder, { recursive: true })
    await writeSyntheticFiness(`${path}.part`)
    await rename(`${path}.part`, path)
  }
  const user = await joinTestServer()
  const urls = await createTestDatabase()
  try {
    const db = openDatabase(urls.appUrl, { max: 4 })
    await loadReferenceData({ db })
    await db.close()
    const started = performance.now()
    for await (const chunk of createReadStream(path, { highWaterMark: 262_144 })) if (chunk.length === 0) break
    const readMs = Math.round(performance.now() - started)
    const [first, again] = [inItsProcess(urls.appUrl), inItsProcess(urls.appUrl)]
    const megabytes = Math.round((await stat(path)).size / 1e6)
    process.stdout.write(
      `${JSON.stringify({ bench: 'import-finess', megabytes, readMs, firstMs: first.ms, againMs: again.ms, maxMegabytes: Math.max(first.megabytes, again.megabytes) })}\n`,
    )
  } finally {
    await dropTestDatabase(urls.name)
    await user.leave()
  }
}

/** As the command line does it: the memory that counts is that of a process that imports. */
function inItsProcess(appUrl: string): { readonly ms: number; readonly megabytes: number } {
  return JSON.parse(execFileSync(process.execPath, [fileURLToPath(import.meta.url), '--file', appUrl], { encoding: 'utf8' }))
}

async function importOne(appUrl: string): Promise<void> {
  const db = openDatabase(appUrl, { max: 4 })
  const started = performance.now()
  const { outcome } = await importFile(db, { source: 'finess', path })
  if (outcome.state !== 'done') throw new Error(`import ${outcome.state}: ${outcome.code}`)
  process.stdout.write(JSON.stringify({ ms: Math.round(performance.now() - started), megabytes: peakMegabytes() }))
  await db.close()
}

import { createReadStream, existsSync } from 'node:fs'
import { mkdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadReferenceData } from '../src/app/seed/reference/load.ts'
import { importFile } from '../src/directory/server/api.ts'
import { openDatabase } from '../src/platform/server/db.ts'
import { createTestDatabase, dropTestDatabase, joinTestServer } from '../src/platform/testing/test-server.ts'
import { writeSyntheticFiness } from './synthetic-finess.ts'

/** `npm run bench -- import-finess`: a FINESS+ file of the country (175,000 sites) into an empty directory, and again; against reading the file alone. */
const folder = fileURLToPath(new URL('../node_modules/.cache/jalon/bench-files/', import.meta.url))
const path = join(folder, 'finess-v1.json')
if (!existsSync(path)) {
  await mkdir(folder, { recursive: true })
  await writeSyntheticFiness(`${path}.part`)
  await rename(`${path}.part`, path)
}
const user = await joinTestServer()
const urls = await createTestDatabase()
const db = openDatabase(urls.appUrl, { max: 4 })
const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now()
  await work()
  return Math.round(performance.now() - started)
}
const bring = async (): Promise<void> => {
  const { outcome } = await importFile(db, { source: 'finess', path })
  if (outcome.state !== 'done') throw new Error(`import ${outcome.state}: ${outcome.code}`)
}
try {
  await loadReferenceData({ db })
  const read = await timed(async () => {
    for await (const chunk of createReadStream(path, { highWaterMark: 262_144 })) if (chunk.length === 0) break
  })
  const first = await timed(bring)
  const again = await timed(bring)
  process.stdout.write(
    `${JSON.stringify({ bench: 'import-finess', megabytes: Math.round((await stat(path)).size / 1e6), readMs: read, firstMs: first, againMs: again, maxMegabytes: Math.round(process.resourceUsage().maxRSS / 1024) })}\n`,
  )
} finally {
  await db.close()
  await dropTestDatabase(urls.name)
  await user.leave()
}

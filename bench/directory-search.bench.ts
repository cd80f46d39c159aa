import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { loadReferenceData } from '../src/app/seed/reference/load.ts'
import { registry } from '../src/app/server/registry.ts'
import { searchDirectory } from '../src/directory/contract/queries.ts'
import { importFile } from '../src/directory/server/api.ts'
import { openDatabase } from '../src/platform/server/db.ts'
import { call, testGate } from '../src/platform/testing/gate.ts'
import { createTestDatabase, dropTestDatabase, joinTestServer } from '../src/platform/testing/test-server.ts'
import { anActor } from '../src/territory/testing/builders.ts'
import { plantOffers } from './synthetic-offers.ts'
import { writeSyntheticRpps } from './synthetic-rpps.ts'

/**
 * `npm run bench -- directory-search [--rows N]`: server time of the one box over N lines of RPPS (2.3 million: 1.4 million professionals), 175,000 structures and
 * 100,000 services in proportion, through the gate, audit included; beside its floor: the same words asked of the index alone, in the same run.
 */
const rows = Number(process.argv[process.argv.indexOf('--rows') + 1]) || 200_000
const asked = [
  { text: 'dr martin' },
  { text: 'mar' },
  { text: 'martin jean' },
  { text: 'infirmier' },
  { text: 'infirmier 88200' },
  { text: 'kiné vosges' },
  { text: 'cardiologue nancy' },
  { text: 'dubois med' },
  { text: 'infirmier', near: '88383' },
  { text: 'ma', near: '88383' },
  { text: 'généraliste', near: '54395', withFacets: true },
  { text: 'bernard', near: '88383', withFacets: true },
  { text: '01 99 00 12' },
  { text: '19900001' },
  { text: '', near: '88383', within: 'department' as const, withFacets: true },
  { text: 'ssiad pontarlier' },
  { text: 'dr martin kiné 25300' },
  { text: 'répit aidant', withFacets: true },
  { text: 'aidants', near: '88383', within: 'km20' as const, withFacets: true },
  { text: '', near: '88383', within: 'km20' as const, themes: ['famille' as const], withFacets: true },
  { text: 'seniors', near: '54395', publics: ['seniors' as const] },
  { text: '0199012345' },
  { text: 'zzzz' },
  { text: 'marttin' },
]
const user = await joinTestServer()
const urls = await createTestDatabase()
const folder = await mkdtemp(join(tmpdir(), 'jalon-bench-'))
const db = openDatabase(urls.appUrl, { max: 4 })
try {
  // The file of `npm run bench -- import` serves again, when there is one of this size.
  const kept = fileURLToPath(new URL(`../node_modules/.cache/jalon/bench-files/rpps-v2-${rows}.txt`, import.meta.url))
  const path = existsSync(kept) ? kept : join(folder, 'rpps.txt')
  if (path !== kept) await writeSyntheticRpps(path, rows)
  await loadReferenceData({ db })
  await importFile(db, { source: 'rpps', path })
  await plantOffers(db, Math.round((rows * 175) / 2300), Math.round((rows * 100) / 2300))
  const gate = testGate(db)
  const julie = await anActor(db)
  const ask = async (input: (typeof asked)[number]): Promise<number> => {
    const started = performance.now()
    await call(gate, registry, searchDirectory, julie, input)
    return performance.now() - started
  }
  const floor: number[] = []
  for (const words of ["'martin':*", "'k:nurse' & 'd:88'", "'aidants':* & 'repit':*", "'k:gp' & 'c:54395'"]) {
    for (let turn = 0; turn < 10; turn += 1) {
      const started = performance.now()
      await sql`select count(*) from (select 1 from directory.entry where words @@ ${words}::tsquery limit 300) found`.execute(db.kysely)
      floor.push(performance.now() - started)
    }
  }
  const byQuery: Record<string, number> = {}
  const all: number[] = []
  for (const input of asked) {
    await ask(input)
    const times: number[] = []
    for (let turn = 0; turn < 10; turn += 1) times.push(await ask(input))
    all.push(...times)
    byQuery[[input.text, input.near, input.within, input.withFacets ? 'facets' : undefined].filter(Boolean).join(' ')] = percentile(times, 0.5)
  }
  process.stdout.write(
    `${JSON.stringify({ bench: 'directory-search', rows, p50Ms: percentile(all, 0.5), p95Ms: percentile(all, 0.95), floorP95Ms: percentile(floor, 0.95), p95ToFloor: Number((percentile(all, 0.95) / Math.max(0.1, percentile(floor, 0.95))).toFixed(1)), medians: byQuery })}\n`,
  )
} finally {
  await db.close()
  await dropTestDatabase(urls.name)
  await rm(folder, { recursive: true })
  await user.leave()
}

function percentile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1))
}

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadReferenceData } from '../src/app/seed/reference/load.ts'
import { registry } from '../src/app/server/registry.ts'
import { searchDirectory } from '../src/directory/contract/queries.ts'
import { importFile } from '../src/directory/server/api.ts'
import { openDatabase } from '../src/platform/server/db.ts'
import { call, testGate } from '../src/platform/testing/gate.ts'
import { createTestDatabase, dropTestDatabase, joinTestServer } from '../src/platform/testing/test-server.ts'
import { anActor } from '../src/territory/testing/builders.ts'
import { writeSyntheticRpps } from './synthetic-rpps.ts'

/** `npm run bench -- directory-search [--rows N]`: server time of the directory's one box over N lines of RPPS, through the gate, audit included. */
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
  { text: 'zzzz' },
  { text: 'marttin' },
]
const user = await joinTestServer()
const urls = await createTestDatabase()
const folder = await mkdtemp(join(tmpdir(), 'jalon-bench-'))
const db = openDatabase(urls.appUrl, { max: 4 })
try {
  const path = join(folder, 'rpps.txt')
  await writeSyntheticRpps(path, rows)
  await loadReferenceData({ db })
  await importFile(db, { source: 'rpps', path })
  const gate = testGate(db)
  const julie = await anActor(db)
  const ask = async (input: (typeof asked)[number]): Promise<number> => {
    const started = performance.now()
    await call(gate, registry, searchDirectory, julie, input)
    return performance.now() - started
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
  process.stdout.write(`${JSON.stringify({ bench: 'directory-search', rows, p50Ms: percentile(all, 0.5), p95Ms: percentile(all, 0.95), medians: byQuery })}\n`)
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

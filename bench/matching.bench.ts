import { sql } from 'kysely'
import pg from 'pg'
import { openBulk, type Row } from '../src/app/seed/region/bulk.ts'
import { randomOf } from '../src/app/seed/region/random.ts'
import { registry } from '../src/app/server/registry.ts'
import type { ComparableIdentity } from '../src/persons/contract/agreement.ts'
import { compareIdentities, type FileFacts, proposedAmong } from '../src/persons/contract/matching.ts'
import { compactKey, nameKeys } from '../src/persons/contract/names.ts'
import { personCandidates } from '../src/persons/contract/queries.ts'
import { countNames, readFileFacts } from '../src/persons/server/file-facts.sql.ts'
import { newId } from '../src/platform/contract/ids.ts'
import { asSystem, openDatabase, type Tx } from '../src/platform/server/db.ts'
import { renameDatabase } from '../src/platform/server/embedded/prepare-database.ts'
import { call, testGate } from '../src/platform/testing/gate.ts'
import { createTestDatabase, type DatabaseUrls, dropTestDatabase, joinTestServer, testServer } from '../src/platform/testing/test-server.ts'
import { anActor } from '../src/territory/testing/builders.ts'
import { cachedKeys } from './matching/cached-keys.ts'
import { aFile, aStranger, familyNameStock, type Known, type Typed, typedOf } from './matching/truth.ts'

/**
 * `npm run bench -- matching [--persons N] [--asked N]`: look-alikes among N identities (200,000 unless said; the target is
 * two million, which take ten minutes to load and index on an idle machine). Recall and precision of what is proposed on a
 * truth of another seed than the one of the weights; time of the candidates while typing, through the gate, audit included; beside two floors of the same run:
 * an exact key, and a bare trigram search.
 */
const option = (name: string, otherwise: number): number =>
  Number(process.argv[process.argv.indexOf(name) + 1]) * Number(process.argv.includes(name)) || otherwise
const size = option('--persons', 200_000)
const howMany = option('--asked', 3000)
/** Which of the three measures to make: « quality », « floors », « typing »; all of them unless one is named. */
const only = process.argv[process.argv.indexOf('--only') + 1]
const wanted = (measure: string): boolean => !process.argv.includes('--only') || only === measure
const testSeed = 20262
const names = familyNameStock(randomOf(7))
const log = (line: string): void => void process.stderr.write(`${(performance.now() / 1000).toFixed(0)} s · ${line}\n`)

/** The ids are made of their place in the file: the truth finds them again. */
const idOf = (n: number): string => `0198f000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`
const numberOf = (id: string): number => Number.parseInt(id.slice(-12), 16)
const dac = '0198f000-0000-7000-9000-000000000001'

function* personRows(file: Iterable<Known>): Generator<Row> {
  let n = 0
  for (const one of file) {
    const keys = cachedKeys([one.birthName, one.usedName, ...one.givenNames])
    yield {
      person_id: idOf(n),
      birth_name: one.birthName,
      used_name: one.usedName,
      birth_given_names: one.givenNames,
      birth_date: one.birthDate,
      sex: one.sex,
      birth_place_code: one.birthPlaceCode,
      search_key: keys.searchKey,
      sound_key: keys.soundKey,
      identity_status: 'PROV',
      holder_org: dac,
    }
    n += 1
  }
}

async function fill(file: readonly Known[], { ownerUrl, appUrl }: DatabaseUrls): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  // Loaded without its indexes, then indexed at once.
  for (const index of ['person_search', 'person_near', 'person_match']) await owner.query(`drop index persons.${index}`)
  const bulk = await openBulk(appUrl)
  try {
    await bulk.write('persons.person', personRows(file))
    log('persons')
    await bulk.write(
      'persons.contact_point',
      (function* (): Generator<Row> {
        for (const [n, one] of file.entries()) for (const value of one.phones) yield { id: newId(), person_id: idOf(n), kind: 'mobile', value, holder_org: dac }
      })(),
    )
    log('telephones')
    await bulk.write(
      'persons.sight',
      (function* (): Generator<Row> {
        for (let n = 0; n < file.length; n += 100)
          yield {
            id: newId(),
            person_id: idOf(n),
            party_id: dac,
            basis: 'dac_in_charge',
            volets: ['administrative', 'social', 'health'],
            reason: 'Accompagnement',
            source_id: newId(),
            starts_at: '2026-01-01T00:00:00Z',
          }
      })(),
    )
  } finally {
    await bulk.end()
  }
  await owner.query(`set maintenance_work_mem = '2GB'`)
  const started = performance.now()
  await owner.query('create index person_match on persons.person using gin (persons.match_vector(sound_key, birth_date)) with (fastupdate = off)')
  log(`index of blocks ${Math.round((performance.now() - started) / 1000)} s`)
  await owner.query('create index person_search on persons.person using gin (persons.search_vector(search_key, sound_key)) with (fastupdate = off)')
  await owner.query('create index person_near on persons.person using gin (persons.near_vector(search_key)) with (fastupdate = off)')
  // The floor of a bare trigram search, which Jalon does not have.
  if (wanted('floors')) await owner.query('create index person_trigram on persons.person using gin (search_key public.gin_trgm_ops)')
  log('indexes')
  await owner.query('vacuum (analyze, parallel 0) persons.person')
  await owner.query('analyze persons.contact_point')
  await owner.query('analyze persons.sight')
  await owner.end()
}

const user = await joinTestServer()
const file = aFile(randomOf(testSeed), names, size)
log(`${file.length} identities`)
/** Measured again without loading it again: a database that an interrupted run left behind. */
const kept = process.env['JALON_BENCH_MATCHING_URL']
const made = kept === undefined ? await createTestDatabase() : null
if (made !== null) await fill(file, made)
const db = openDatabase(made?.appUrl ?? String(kept), { max: 2 })
log('ready')
try {
  const random = randomOf(testSeed + 1)
  const asked = Array.from({ length: howMany }, () => {
    const of = random.chance(0.5) ? random.below(file.length) : null
    return typedOf(random, of, of === null ? aStranger(random, file, names).who : (file[of] as Known))
  })
  if (!process.argv.includes('--counted')) await asSystem(db, 'bench of matching', countNames)
  log('names counted')
  const facts = await asSystem(db, 'bench of matching', readFileFacts)
  const quality = !wanted('quality') ? {} : await asSystem(db, 'bench of matching', (tx) => judged(tx, asked, facts))
  const floors = !wanted('floors') ? {} : await asSystem(db, 'floors of matching', (tx) => floorsOf(tx, asked.slice(0, 60)))
  const typing = !wanted('typing') ? {} : await whileTyping(asked.slice(0, 500))
  process.stdout.write(`${JSON.stringify({ bench: 'matching', persons: file.length, asked: asked.length, ...quality, typing, floors })}\n`)
} finally {
  await db.close()
  if (made !== null && process.argv.includes('--keep')) {
    // Under its first name the next run of the tests would take it for a leftover and drop it.
    const kept = `jalon_kept_${Date.now()}`
    await renameDatabase((await testServer()).superUrl, made.name, kept)
    log(`kept, to be dropped by hand: JALON_BENCH_MATCHING_URL=${made.appUrl.replace(made.name, kept)}`)
  } else if (made !== null) await dropTestDatabase(made.name)
  await user.leave()
}

/** What the work list would propose for each of these, were it one more identity of the file. */
async function judged(tx: Tx, asked: readonly Typed[], facts: FileFacts): Promise<Record<string, unknown>> {
  const times: number[] = []
  const missed = new Map<string, number>()
  let [known, found, proposed, lost, right] = [0, 0, 0, 0, 0]
  for (const { of, what, errors } of asked) {
    const keys = nameKeys([what.birthName, what.usedName, ...what.givenNames])
    const started = performance.now()
    const { rows } = await sql<{
      id: string
      rank: number
    }>`select person_id as id, rank from persons.look_alikes(${keys.searchKey}, ${keys.soundKey}, ${what.birthDate}::date,
      ${[...(what.phones ?? [])]}::text[], null, null, 40)`.execute(tx)
    const near = rows.map(({ id }) => numberOf(id))
    const matches = proposedAmong(near.map((n) => ({ n, match: compareIdentities(what, file[n] as ComparableIdentity, facts) }))).map(({ n }) => n)
    times.push(performance.now() - started)
    proposed += matches.length
    if (of === null) continue
    known += 1
    right += matches.includes(of) ? 1 : 0
    if (!near.includes(of)) lost += 1
    if (matches.includes(of)) found += 1
    else for (const error of errors) missed.set(error, (missed.get(error) ?? 0) + 1)
  }
  const worst = [...missed].sort((a, b) => b[1] - a[1]).slice(0, 8)
  return {
    recall: round(found / known, 4),
    precision: round(right / proposed, 4),
    notAmongForty: lost,
    known,
    proposed,
    missedWith: Object.fromEntries(worst),
    lookAlikesMs: { p50: percentile(times, 0.5), p95: percentile(times, 0.95), max: percentile(times, 1) },
  }
}

async function floorsOf(tx: Tx, asked: readonly Typed[]): Promise<Record<string, unknown>> {
  const [exact, trigram]: [number[], number[]] = [[], []]
  let [exactFound, trigramFound, known] = [0, 0, 0]
  for (const { of, what } of asked) {
    const keys = nameKeys([what.birthName, what.usedName, ...what.givenNames])
    const began = performance.now()
    const byKey = await sql<{ id: string }>`select person_id as id from persons.person where birth_date = ${what.birthDate}::date
      and replace(birth_name, '-', '') = ${compactKey(what.birthName ?? '')} and birth_given_names[1] = ${what.givenNames[0] ?? ''}`.execute(tx)
    exact.push(performance.now() - began)
    const started = performance.now()
    const byTrigram = await sql<{
      id: string
    }>`select person_id as id from persons.person where search_key % ${keys.searchKey} order by similarity(search_key, ${keys.searchKey}) desc limit 40`.execute(
      tx,
    )
    trigram.push(performance.now() - started)
    if (of === null) continue
    known += 1
    exactFound += byKey.rows.some(({ id }) => numberOf(id) === of) ? 1 : 0
    trigramFound += byTrigram.rows.some(({ id }) => numberOf(id) === of) ? 1 : 0
  }
  return {
    exactKey: { recall: round(exactFound / known, 3), p50: percentile(exact, 0.5), p95: percentile(exact, 0.95) },
    trigram: { recallAmongForty: round(trigramFound / known, 3), p50: percentile(trigram, 0.5), p95: percentile(trigram, 0.95) },
  }
}

/** The free line of the desk and the fields of the form, as they fill: each settled stage is a query through the gate. */
async function whileTyping(asked: readonly Typed[]): Promise<Record<string, unknown>> {
  const actor = await anActor(db)
  const julie = { ...actor, parties: [...actor.parties, dac] }
  const gate = testGate(db)
  const stages: Record<string, number[]> = { 'nom seul': [], 'nom et prénom': [], 'ligne avec date': [], 'champs avec date': [], téléphone: [] }
  const ask = async (stage: string, input: Record<string, unknown>): Promise<void> => {
    const started = performance.now()
    await call(gate, registry, personCandidates, julie as never, input as never)
    stages[stage]?.push(performance.now() - started)
  }
  for (const { what } of asked) {
    const family = what.birthName ?? what.usedName ?? ''
    const given = what.givenNames[0] ?? ''
    await ask('nom seul', { usedName: family })
    await ask('nom et prénom', { usedName: family, firstNames: given })
    if (what.birthDate !== null) {
      await ask('ligne avec date', { text: `${given} ${family} ${what.birthDate.split('-').reverse().join('/')}` })
      await ask('champs avec date', { birthName: what.birthName, usedName: what.usedName, firstNames: given, birthDate: what.birthDate, sex: what.sex })
    }
    if (what.phones?.[0]) await ask('téléphone', { usedName: family, phone: '06 39 98 14 52' })
  }
  const all = Object.values(stages).flat()
  return {
    p50: percentile(all, 0.5),
    p95: percentile(all, 0.95),
    byStage: Object.fromEntries(
      Object.entries(stages).map(([stage, times]) => [stage, { p50: percentile(times, 0.5), p95: percentile(times, 0.95), max: percentile(times, 1) }]),
    ),
  }
}

function percentile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0, 1)
}
function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}

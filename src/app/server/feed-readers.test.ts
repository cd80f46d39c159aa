import { afterAll, beforeEach, expect, test } from 'vitest'
import { startAnnuaireSimulator } from '../../../simulators/annuaire/main.ts'
import { startExtractServer } from '../../../simulators/extracts/main.ts'
import { startRorSimulator } from '../../../simulators/ror/main.ts'
import { directoryFeeds, type FeedKey, planFeed, runFeedNow, stopFeedRun } from '../../directory/contract/feeds.ts'
import { configureFeeds, type FeedReaders } from '../../directory/server/api.ts'
import { directoryHandlers } from '../../directory/server/handlers.ts'
import { directoryFeedJobs } from '../../directory/server/jobs.ts'
import { anRpps, anRppsFile, anRppsLine } from '../../directory/testing/rpps-file.ts'
import { asSystem } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { createLog } from '../../platform/server/log.ts'
import type { Settings } from '../../platform/server/settings.ts'
import { call, testClock, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { aCommune, actorFor, aUser } from '../../territory/testing/builders.ts'
import { feedReaders } from './feed-readers.ts'

const { db, owner, ownerUrl } = await testDatabase()
await aCommune(db, { code: '88408', name: 'Rupt-sur-Moselle', postalCodes: ['88360'] })
const clock = testClock('2026-10-15T00:30:00Z')
const gate = testGate(db, clock)
const registry = registryOf(directoryHandlers)
const bruno = await actorFor(db, await aUser(db, { functions: ['regional_admin'], givenName: 'Bruno', familyName: 'Henry' }))
const files = await startExtractServer()
const resources: Parameters<typeof startAnnuaireSimulator>[0][number][] = []
const annuaire = await startAnnuaireSimulator(resources)
afterAll(async () => {
  await files.close()
  await annuaire.close()
})
const settings = {
  RPPS_URL: `${files.url}/r/rpps`,
  ANNUAIRE_URL: `${annuaire.url}/fhir/v2`,
  ANNUAIRE_API_KEY: 'cle-d-essai',
  DATA_INCLUSION_DEPARTMENTS: [],
} as unknown as Settings
const readers = feedReaders(settings)
const tick = (by: FeedReaders = readers, timeZone = 'Europe/Paris') =>
  directoryFeedJobs(by, timeZone)['directory:feeds']?.({}, { db, ownerUrl, log: createLog('silent'), clock })
const feed = async (code: FeedKey) => {
  const { rows } = await call(gate, registry, directoryFeeds, bruno, {})
  const row = rows.find((one) => one.code === code)
  if (row === undefined) throw new Error(code)
  return row
}
const people = async () => (await owner.query(`select count(*)::int as n from directory.entry where kind = 'professional'`)).rows[0]?.n
const rpps = (...serials: readonly number[]) => anRppsFile(serials.map((serial) => anRppsLine(anRpps(serial))))

beforeEach(async () => {
  clock.set('2026-10-15T00:30:00Z')
  resources.splice(0)
  await owner.query(
    `truncate directory.feed, directory.practice, directory.professional, directory.entry, directory.vanished, directory.source, directory.rejected_line, directory.import, platform.event_inbox cascade`,
  )
  await owner.query(`update directory.feed_plan set configured = false, state = 'idle', next_run_at = null, started_at = null, ended_at = null, succeeded_at = null, import_id = null, failure = null, edition_mark = null, late_since = null,
    frequency = 'daily', hour = 3, late_after_hours = 72 where code in ('rpps', 'annuaire')`)
  await asSystem(db, 'start', (tx) => configureFeeds(tx, Object.keys(readers) as FeedKey[], clock(), 'Europe/Paris'))
  files.publish('/rpps', { content: rpps(1, 2), etag: '"a"', name: 'PS_LibreAcces_202610150904.zip' })
})

test('a feed without its settings waits for them, and says which', async () => {
  expect(await feed('ror')).toMatchObject({ configured: false, nextRunAt: null })
  await expect(call(gate, registry, runFeedNow, bruno, { code: 'ror' })).rejects.toMatchObject({ code: 'feed_not_configured' })
})

test('an extract is read at its hour of the region, with its report; the same edition is not read twice', async () => {
  expect(await feed('rpps')).toMatchObject({ configured: true, nextRunAt: '2026-10-15T01:00:00.000Z', succeededAt: null })
  await tick()
  expect(await people()).toBe(0)
  clock.set('2026-10-15T01:02:00Z')
  await tick()
  expect(await people()).toBe(2)
  const done = await feed('rpps')
  expect(done).toMatchObject({ state: 'idle', failure: null, succeededAt: '2026-10-15T01:02:00.000Z', nextRunAt: '2026-10-16T01:00:00.000Z', rejected: 0 })
  expect((await owner.query('select file_name, state, requested_by_name from directory.import where id = $1', [done.importId])).rows).toEqual([
    { file_name: 'PS_LibreAcces_202610150904.zip', state: 'done', requested_by_name: 'Mise à jour automatique' },
  ])
  clock.set('2026-10-16T01:02:00Z')
  await tick()
  expect(await feed('rpps')).toMatchObject({ succeededAt: '2026-10-16T01:02:00.000Z', importId: done.importId })
})

test('a connection cut in the middle changes nothing, and is tried again soon', async () => {
  clock.set('2026-10-15T01:02:00Z')
  await tick()
  files.publish('/rpps', { content: rpps(...Array.from({ length: 400 }, (_, at) => at + 1)), etag: '"b"', name: 'PS_LibreAcces_202610160904.zip', cut: true })
  clock.set('2026-10-16T01:02:00Z')
  await tick()
  expect(await people()).toBe(2)
  expect(await feed('rpps')).toMatchObject({ state: 'idle', nextRunAt: '2026-10-16T01:32:00.000Z' })
  expect((await feed('rpps')).failure).toContain('ne répond pas')
  files.publish('/rpps', { content: rpps(1, 2, 3), etag: '"b"', name: 'PS_LibreAcces_202610160904.zip' })
  clock.set('2026-10-16T01:35:00Z')
  await tick()
  expect(await people()).toBe(3)
})

test('a feed that is late is told once to those who keep the directories, until it succeeds', async () => {
  clock.set('2026-10-15T01:02:00Z')
  await tick()
  files.publish('/rpps', { content: 'du html', etag: '"c"', name: 'x.zip' })
  const told = async () =>
    (await owner.query(`select payload, audience from platform.event_inbox where type = 'directory.feed.late' order by payload ->> 'code'`)).rows
  clock.set('2026-10-18T02:00:00Z')
  await tick()
  await tick()
  expect(await told()).toEqual([
    { payload: { code: 'annuaire' }, audience: [bruno.userId] },
    { payload: { code: 'rpps' }, audience: [bruno.userId] },
  ])
  expect(await feed('rpps')).toMatchObject({ lateSince: '2026-10-18T02:00:00.000Z' })
  files.publish('/rpps', { content: rpps(1, 2), etag: '"d"', name: 'x.zip' })
  clock.set('2026-10-19T02:00:00Z')
  await tick()
  expect(await feed('rpps')).toMatchObject({ lateSince: null, failure: null })
})

test('an administrator stops a feed and resumes it; another plan moves its next hour', async () => {
  await call(gate, registry, stopFeedRun, bruno, { code: 'rpps' })
  clock.set('2026-10-16T01:02:00Z')
  await tick()
  expect(await people()).toBe(0)
  expect(await feed('rpps')).toMatchObject({ state: 'stopped' })
  await call(gate, registry, runFeedNow, bruno, { code: 'rpps' })
  await tick()
  expect(await people()).toBe(2)
  const { version } = await feed('rpps')
  await call(gate, registry, planFeed, bruno, { code: 'rpps', baseVersion: version, frequency: 'weekly', hour: 22, lateAfterHours: 336 })
  // Friday 16 October: the Sunday that follows, in the hour of Paris.
  expect(await feed('rpps')).toMatchObject({ nextRunAt: '2026-10-18T20:00:00.000Z', version: version + 1 })
  await expect(
    call(gate, registry, planFeed, bruno, { code: 'rpps', baseVersion: version, frequency: 'never', hour: 3, lateAfterHours: 48 }),
  ).rejects.toMatchObject({ code: 'feed_changed' })
})

test('while an import runs, a feed waits for its end', async () => {
  const importing = await db.pool.connect()
  await importing.query(`select pg_advisory_lock(hashtext('jalon.directory.import'))`)
  try {
    clock.set('2026-10-15T03:30:00Z')
    await tick()
    expect(await feed('annuaire')).toMatchObject({ state: 'idle', nextRunAt: '2026-10-15T03:35:00.000Z' })
  } finally {
    await importing.query(`select pg_advisory_unlock(hashtext('jalon.directory.import'))`)
    importing.release()
  }
  clock.set('2026-10-15T03:36:00Z')
  await tick()
  expect(await feed('annuaire')).toMatchObject({ failure: null, succeededAt: '2026-10-15T03:36:00.000Z' })
})

test('a feed that this server cannot read leaves the others their turn, and waits for a server that can', async () => {
  await owner.query(`update directory.feed_plan set configured = true, next_run_at = '2026-10-14T01:00:00Z' where code = 'ror'`)
  clock.set('2026-10-15T01:02:00Z')
  await tick()
  expect(await people()).toBe(2)
  expect(await feed('ror')).toMatchObject({ state: 'idle', startedAt: null, nextRunAt: '2026-10-14T01:00:00.000Z' })
})

test('a feed stopped in its first seconds, before it has a report, brings nothing in', async () => {
  clock.set('2026-10-15T01:02:00Z')
  await tick()
  const { importId } = await feed('rpps')
  files.publish('/rpps', { content: rpps(1, 2, 3), etag: '"b"', name: 'PS_LibreAcces_202610160904.zip' })
  clock.set('2026-10-16T01:02:00Z')
  await tick({
    rpps: async (reading) => {
      await call(gate, registry, stopFeedRun, bruno, { code: 'rpps' })
      return (await readers.rpps?.(reading)) ?? { state: 'done' }
    },
  })
  expect(await people()).toBe(2)
  const stopped = await feed('rpps')
  expect(stopped.state).toBe('stopped')
  expect(stopped.importId).not.toBe(importId)
  expect((await owner.query(`select id, state from directory.import where source = 'rpps' order by id`)).rows).toEqual([
    { id: importId, state: 'done' },
    { id: stopped.importId, state: 'cancelled' },
  ])
})

test('a feed that never began is late too', async () => {
  clock.set('2026-10-18T02:00:00Z')
  await tick({})
  expect((await owner.query(`select payload ->> 'code' as code from platform.event_inbox where type = 'directory.feed.late' order by 1`)).rows).toEqual([
    { code: 'annuaire' },
    { code: 'rpps' },
  ])
})

test('a feed is read at its hour where the installation is: in La Réunion, not in Paris', async () => {
  await owner.query(`update directory.feed_plan set configured = false, next_run_at = null where code = 'rpps'`)
  await asSystem(db, 'start', (tx) => configureFeeds(tx, ['rpps'], clock(), 'Indian/Reunion'))
  expect(await feed('rpps')).toMatchObject({ nextRunAt: '2026-10-15T23:00:00.000Z' })
  clock.set('2026-10-15T23:02:00Z')
  await tick(readers, 'Indian/Reunion')
  expect(await feed('rpps')).toMatchObject({ succeededAt: '2026-10-15T23:02:00.000Z', nextRunAt: '2026-10-16T23:00:00.000Z' })
})

test('a fall of the ROR is said with its figures; accepted by an administrator, it is brought in, once', async () => {
  const offers = Array.from({ length: 90 }, (_, at) => ({
    resourceType: 'HealthcareService',
    id: String(at + 1),
    name: `Offre ${at + 1}`,
    extension: [{ url: 'https://interop.esante.gouv.fr/ig/fhir/ror/StructureDefinition/ror-healthcareservice-sensitive-unit', valueBoolean: false }],
  }))
  const ror = await startRorSimulator(offers)
  try {
    const its = feedReaders({ ...settings, ROR_URL: `${ror.url}/fhir`, ROR_API_KEY: 'cle-d-essai' } as Settings)
    await asSystem(db, 'start', (tx) => configureFeeds(tx, Object.keys(its) as FeedKey[], clock(), 'Europe/Paris'))
    const held = async () => (await owner.query(`select count(*)::int as n from directory.service where source = 'ror'`)).rows[0]?.n
    const readAt = async (instant: string, acceptFall?: boolean) => {
      clock.set(instant)
      await call(gate, registry, runFeedNow, bruno, { code: 'ror', ...(acceptFall === undefined ? {} : { acceptFall }) })
      await tick(its.ror === undefined ? {} : { ror: its.ror })
    }
    await readAt('2026-10-15T10:00:00Z')
    expect(await held()).toBe(90)
    offers.splice(60)
    await readAt('2026-10-25T10:00:00Z')
    expect(await held()).toBe(90)
    expect(await feed('ror')).toMatchObject({ fall: true, failure: expect.stringMatching(/que 60 fiches, contre 90/) })
    await readAt('2026-10-25T11:00:00Z', true)
    expect(await held()).toBe(60)
    expect(await feed('ror')).toMatchObject({ fall: false, failure: null })
    offers.splice(10)
    await readAt('2026-11-05T10:00:00Z')
    expect([await held(), (await feed('ror')).fall]).toEqual([60, true])
  } finally {
    await ror.close()
  }
})

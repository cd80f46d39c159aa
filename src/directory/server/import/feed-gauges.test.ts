import { expect, test } from 'vitest'
import { createMetrics } from '../../../platform/server/metrics.ts'
import { testDatabase } from '../../../platform/testing/test-database.ts'
import { watchFeeds } from './feed-gauges.ts'

const { db, owner } = await testDatabase()
const now = new Date('2026-11-22T12:00:00Z')

const told = async (): Promise<readonly string[]> => {
  const metrics = createMetrics()
  watchFeeds(db, metrics, () => now)
  return (await metrics.text()).split('\n').filter((line) => line.startsWith('jalon_directory_'))
}

test('the watch of the server sees which feed goes on, which is late, which failed, and how old each is', async () => {
  await owner.query(`update directory.feed_plan set configured = code in ('rpps', 'finess', 'ror', 'social')`)
  await owner.query(`update directory.feed_plan set succeeded_at = '2026-11-22T10:00:00Z' where code = 'rpps'`)
  await owner.query(
    `insert into directory.source (code, edition, imported_at, import_id, reading) values ('rpps', '2026-11-19', now(), gen_random_uuid(), 1) on conflict (code) do update set edition = excluded.edition`,
  )
  await owner.query(
    `update directory.feed_plan set succeeded_at = '2026-11-12T12:00:00Z', late_since = '2026-11-15T00:00:00Z', failure = '{"code": "feed_down"}' where code = 'finess'`,
  )
  await owner.query(`update directory.feed_plan set state = 'running' where code = 'ror'`)
  await owner.query(`update directory.feed_plan set failure = '{"code": "feed_down"}' where code = 'social'`)
  const lines = await told()
  expect(lines.filter((line) => line.endsWith(' 1')).sort()).toEqual([
    'jalon_directory_feed_state{feed="finess",state="late"} 1',
    'jalon_directory_feed_state{feed="ror",state="running"} 1',
    'jalon_directory_feed_state{feed="rpps",state="idle"} 1',
    'jalon_directory_feed_state{feed="social",state="failed"} 1',
  ])
  expect(lines).toContain('jalon_directory_feed_age_seconds{feed="rpps"} 7200')
  expect(lines).toContain('jalon_directory_feed_age_seconds{feed="finess"} 864000')
  expect(lines.some((line) => line.startsWith('jalon_directory_feed_age_seconds{feed="ror"}'))).toBe(false)
  expect(lines).toContain('jalon_directory_edition_age_days{feed="rpps"} 3')
  // what the settings do not open is not watched
  expect(lines.some((line) => line.includes('annuaire'))).toBe(false)
})

test('a database that is down leaves the other figures of the server', async () => {
  const metrics = createMetrics()
  metrics.gauges('jalon_directory_feed_state', 'x', ['feed'], () => Promise.reject(new Error('down')))
  expect(await metrics.text()).toContain('process_cpu_seconds_total')
})

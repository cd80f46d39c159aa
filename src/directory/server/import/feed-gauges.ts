import { asSystem, type Database } from '../../../platform/server/db.ts'
import type { Metrics } from '../../../platform/server/metrics.ts'
import { feedsHealth } from './feed-plan.sql.ts'

const states = ['idle', 'running', 'failed', 'late', 'stopped'] as const

/** Shows on /metrics how each feed of the directory is doing: eight codes at most, five states, no name of anybody. */
export function watchFeeds(db: Database, metrics: Metrics, clock: () => Date): void {
  const health = () => asSystem(db, 'how the feeds are doing', (tx) => feedsHealth(tx, clock()))
  metrics.gauges('jalon_directory_feed_state', 'State of each feed of the directory: 1 for the one it is in', ['feed', 'state'], async () =>
    (await health()).flatMap((feed) => states.map((state) => ({ labels: { feed: feed.code, state }, value: feed.state === state ? 1 : 0 }))),
  )
  metrics.gauges('jalon_directory_feed_age_seconds', 'Seconds since the last success of each feed; absent before the first', ['feed'], async () =>
    (await health()).flatMap(({ code, age }) => (age === null ? [] : [{ labels: { feed: code }, value: Math.round(age) }])),
  )
  metrics.gauges(
    'jalon_directory_edition_age_days',
    'Days since the day of the file that the directory holds, for each feed whose file tells it',
    ['feed'],
    async () => (await health()).flatMap(({ code, editionDays }) => (editionDays === null ? [] : [{ labels: { feed: code }, value: editionDays }])),
  )
}

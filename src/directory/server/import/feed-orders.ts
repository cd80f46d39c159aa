import { conflict, errorText } from '../../../platform/contract/errors.ts'
import { type Implementation, implement, noTarget } from '../../../platform/server/implement.ts'
import { directoryFeeds, feedCodes, planFeed, runFeedNow, stopFeedRun } from '../../contract/feeds.ts'
import { askForRun, holdFeed, keepPlan, lockFeed, plannedFeeds } from './feed-plan.sql.ts'

export const feedsJob = 'directory:feeds'

/** What administrators do with the feeds: plan them, read one at once, stop one. The reading itself is a job. */
export const feedOrders: readonly Implementation[] = [
  implement(directoryFeeds, {
    load: noTarget,
    run: async ({ tx }) => {
      const rows = await plannedFeeds(tx)
      return {
        rows: feedCodes.flatMap((code) => {
          const row = rows.find((one) => one.code === code)
          return row === undefined ? [] : [{ ...row, failure: row.failure === null ? null : errorText(row.failure.code, row.failure.params) }]
        }),
      }
    },
  }),
  implement(planFeed, {
    load: noTarget,
    run: async ({ tx, now, timeZone }, { code, baseVersion, ...plan }) => {
      if ((await lockFeed(tx, code)).version !== baseVersion) throw conflict('feed_changed')
      return { code, version: await keepPlan(tx, code, plan, now, timeZone) }
    },
  }),
  implement(runFeedNow, {
    load: noTarget,
    run: async ({ tx, now, enqueue }, { code, acceptFall }) => {
      const { configured, state } = await lockFeed(tx, code)
      if (!configured) throw conflict('feed_not_configured')
      if (state === 'running') throw conflict('feed_running')
      await askForRun(tx, code, now, acceptFall === true)
      await enqueue(feedsJob, {})
      return { code }
    },
  }),
  implement(stopFeedRun, {
    load: noTarget,
    run: async ({ tx }, { code }) => {
      if ((await lockFeed(tx, code)).state === 'stopped') throw conflict('feed_stopped_already')
      await holdFeed(tx, code)
      return { code }
    },
  }),
]

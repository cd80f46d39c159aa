import type { ServiceId } from '../../platform/contract/ids.ts'
import type { Context } from '../../platform/server/implement.ts'
import { workingCalendar } from '../../territory/server/api.ts'
import { noticeWays, sendAfter } from '../contract/notice.ts'
import { insertNotice, waysOf } from './notice.sql.ts'

export const sendNoticesJob = 'liaison:send-notices'

export interface NoticeOf {
  /** What it is about, for whoever gathers: 'liaison.alert', 'liaison.opinion'… and its row. Never shown. */
  readonly cause: string
  readonly causeId: string
  /** Told again at each rank, once. */
  readonly rank: number
  readonly to: readonly string[]
  /** The DAC in whose opening hours it is told; null for those who work elsewhere. */
  readonly service: ServiceId | null
}

/** Leaves « un événement vous attend » to users, each by the ways and at the pace she chose, in the caller's transaction. */
export async function leaveNotices(context: Pick<Context, 'tx' | 'now' | 'timeZone' | 'enqueue'>, notice: NoticeOf): Promise<void> {
  const { tx, now, timeZone } = context
  if (notice.to.length === 0) return
  const wishes = await waysOf(tx, notice.to)
  const calendar = notice.service === null ? null : await workingCalendar(tx, timeZone, notice.service)
  let atOnce = false
  for (const wish of wishes) {
    for (const way of noticeWays.filter((one) => wish[one])) {
      const after = sendAfter(now, way, wish, timeZone, calendar)
      atOnce ||= after <= now
      await insertNotice(tx, { userId: wish.userId, way, cause: notice.cause, causeId: notice.causeId, rank: notice.rank, createdAt: now, sendAfter: after })
    }
  }
  // What waits is looked for every minute; what goes at once does not wait for that minute.
  if (atOnce) await context.enqueue(sendNoticesJob, {}, { jobKey: sendNoticesJob })
}

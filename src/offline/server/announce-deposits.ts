import { leaveNotices } from '../../liaison/server/api.ts'
import { addDays, addMonths, dayOf } from '../../platform/contract/dates.ts'
import type { UserId } from '../../platform/contract/ids.ts'
import { asJob, type JobTime } from '../../platform/server/as-job.ts'
import type { Database } from '../../platform/server/db.ts'
import type { Job } from '../../platform/server/worker.ts'
import { announcedDays } from '../contract/deposit-term.ts'
import { announceDeposits, depositMonths, supervisorsOf } from './offline.sql.ts'

/**
 * Tells those who answer for a team that sealed writings of one of theirs reach their term: somebody may still call her. Nothing is announced while nobody has
 * fixed the duration. Gives how many authors were named to their supervisors.
 */
export async function tellOfDeposits(db: Database, time: JobTime): Promise<number> {
  return asJob(db, 'envelopes that nobody came back for', time, async (context) => {
    const { tx, now, timeZone } = context
    const months = await depositMonths(tx)
    if (months === null) return 0
    const today = dayOf(now, timeZone)
    const authors = await announceDeposits(tx, addDays(addMonths(today, -months), announcedDays), now, timeZone)
    for (const { userId, firstId } of authors) {
      const { serviceId, users } = await supervisorsOf(tx, userId, today)
      await leaveNotices(context, { cause: 'offline.deposit', causeId: firstId, rank: 0, to: users, service: serviceId })
      context.emit({ type: 'offline.deposit.announced', audience: users as readonly UserId[], payload: { userId } })
    }
    return authors.length
  })
}

export const offlineJobs = (timeZone: string): Readonly<Record<string, Job>> => ({
  'offline:tell-of-deposits': async (_payload, { db, clock }) => void (await tellOfDeposits(db, { now: clock(), timeZone })),
})

/** In the morning: whoever is told has the day to call. */
export const offlineCrontab: readonly string[] = ['10 7 * * * offline:tell-of-deposits']

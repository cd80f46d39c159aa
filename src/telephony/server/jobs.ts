import { asSystem } from '../../platform/server/db.ts'
import type { Job } from '../../platform/server/worker.ts'
import { forgetOldCalls } from './telephony.sql.ts'

/** Numbers of yesterday, of every service: a line that no longer rings forgets them too. */
const forgetCalls: Job = async (_payload, { db, clock }) => asSystem(db, 'calls of a day ago are forgotten', (tx) => forgetOldCalls(tx, clock()))

export const telephonyJobs: Readonly<Record<string, Job>> = { 'telephony:forget': forgetCalls }

/** Every hour: « a day » is then a day, and not nearly two. */
export const telephonyCrontab: readonly string[] = ['23 * * * * telephony:forget']

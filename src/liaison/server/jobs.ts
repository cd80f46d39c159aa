import { asSystem } from '../../platform/server/db.ts'
import type { Job } from '../../platform/server/worker.ts'
import type { NoticePort } from '../contract/notice.ts'
import { climbAlerts } from './climb.ts'
import { forgetOpened } from './marks.sql.ts'
import { destroyWaitingFiles } from './note-file.sql.ts'
import { forgetNotices } from './notice.sql.ts'
import { sendNoticesJob } from './notices.ts'
import { sendNotices } from './send-notices.ts'
import { alertOnSilence } from './silence.ts'

const climbJob = 'liaison:climb'
const silenceJob = 'liaison:silence'
const forgetJob = 'liaison:forget-notices'

/** Alerts that nobody took and notices that are due are looked for every minute; silent files each morning. */
export const liaisonCrontab: readonly string[] = [`* * * * * ${climbJob}`, `* * * * * ${sendNoticesJob}`, `40 6 * * * ${silenceJob}`, `50 3 * * * ${forgetJob}`]

/** Without a port (nothing carries notices here) they wait, and are forgotten after three days: the screen tells all. */
export function liaisonJobs(port: NoticePort | null, timeZone: string): Readonly<Record<string, Job>> {
  return {
    [climbJob]: async (_payload, { db, clock }) => {
      while ((await climbAlerts(db, { now: clock(), timeZone })) > 0);
    },
    [silenceJob]: async (_payload, { db, clock }) => void (await alertOnSilence(db, { now: clock(), timeZone })),
    [sendNoticesJob]: async (_payload, { db, clock, log }) => {
      if (port !== null) await sendNotices({ db, port, clock, log })
    },
    [forgetJob]: async (_payload, { db, clock }) =>
      asSystem(db, 'notices of long ago, files of notes never written', async (tx) => {
        await forgetNotices(tx, clock())
        await forgetOpened(tx, clock())
        await destroyWaitingFiles(tx, clock())
      }),
  }
}

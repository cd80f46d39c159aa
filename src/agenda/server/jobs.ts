import { asSystem } from '../../platform/server/db.ts'
import type { Job } from '../../platform/server/worker.ts'
import type { HealthSpacePort } from '../contract/health-space.ts'
import { forgetPastTitles } from './calendar-link.sql.ts'
import type { CalendarSync } from './link-at-work.ts'
import { sendToHealthSpace } from './send-to-health-space.ts'
import { syncCalendars } from './sync-calendars.ts'

const healthSpaceJob = 'agenda:health-space'
const calendarsJob = 'agenda:calendars'
const forgetJob = 'agenda:forget-titles'

/** Days after which a private moment that is over loses the title that came with it. */
const titleDays = 30

/** What changed is looked for every minute; titles of private moments are forgotten each night. */
export const agendaCrontab: readonly string[] = [`* * * * * ${healthSpaceJob}`, `* * * * * ${calendarsJob}`, `23 3 * * * ${forgetJob}`]

/** Without a port (Mon espace santé is not connected, no calendar can be linked) nothing leaves, and what was decided is kept. */
export function agendaJobs(port: HealthSpacePort | null, calendars: Pick<CalendarSync, 'ports' | 'seal' | 'timeZone'> | null): Readonly<Record<string, Job>> {
  return {
    [healthSpaceJob]: async (_payload, { db, clock, log }) => {
      if (port !== null) await sendToHealthSpace({ db, port, clock, log })
    },
    [calendarsJob]: async (_payload, { db, clock, log }) => {
      if (calendars !== null && calendars.ports.length > 0) await syncCalendars({ ...calendars, db, clock, log })
    },
    [forgetJob]: async (_payload, { db, clock }) => {
      const before = new Date(clock().getTime() - titleDays * 86_400_000)
      await asSystem(db, 'titles of private moments that are over', (tx) => forgetPastTitles(tx, before))
    },
  }
}

import type { Job } from '../../platform/server/worker.ts'
import type { HealthSpacePort } from '../contract/health-space.ts'
import type { CalendarSync } from './link-at-work.ts'
import { sendToHealthSpace } from './send-to-health-space.ts'
import { syncCalendars } from './sync-calendars.ts'

const healthSpaceJob = 'agenda:health-space'
const calendarsJob = 'agenda:calendars'

/** What changed is looked for every minute. */
export const agendaCrontab: readonly string[] = [`* * * * * ${healthSpaceJob}`, `* * * * * ${calendarsJob}`]

/** Without a port (Mon espace santé is not connected, no calendar can be linked) nothing leaves, and what was decided is kept. */
export function agendaJobs(port: HealthSpacePort | null, calendars: Pick<CalendarSync, 'ports' | 'seal' | 'timeZone'> | null): Readonly<Record<string, Job>> {
  return {
    [healthSpaceJob]: async (_payload, { db, clock, log }) => {
      if (port !== null) await sendToHealthSpace({ db, port, clock, log })
    },
    [calendarsJob]: async (_payload, { db, clock, log }) => {
      if (calendars !== null && calendars.ports.length > 0) await syncCalendars({ ...calendars, db, clock, log })
    },
  }
}

import type { Job } from '../../platform/server/worker.ts'
import type { HealthSpacePort } from '../contract/health-space.ts'
import { sendToHealthSpace } from './send-to-health-space.ts'

const healthSpaceJob = 'agenda:health-space'

/** What changed is looked for every minute. */
export const agendaCrontab: readonly string[] = [`* * * * * ${healthSpaceJob}`]

/** Without a port (Mon espace santé is not connected) nothing leaves, and what was decided is kept. */
export function agendaJobs(port: HealthSpacePort | null): Readonly<Record<string, Job>> {
  return {
    [healthSpaceJob]: async (_payload, { db, clock, log }) => {
      if (port !== null) await sendToHealthSpace({ db, port, clock, log })
    },
  }
}

import type { PersonTable } from '../../platform/server/person-data.ts'
import type { Job } from '../../platform/server/worker.ts'
import { eraseJob, eraseTask } from './erasure.ts'
import { retentionCrontab, retentionJob, retentionTask } from './retention.ts'

/** The background work of privacy: what was asked to be erased, and every night what is due. */
export const privacyJobs = (tables: readonly PersonTable[], timeZone: string): Readonly<Record<string, Job>> => ({
  [eraseTask]: eraseJob(tables),
  [retentionTask]: retentionJob(tables, timeZone),
})

export const privacyCrontab: readonly string[] = [retentionCrontab]

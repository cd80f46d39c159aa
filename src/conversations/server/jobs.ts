import { asSystem } from '../../platform/server/db.ts'
import type { Job } from '../../platform/server/worker.ts'
import { destroyUnsentFiles } from './circle.sql.ts'

const forgetUnsent: Job = async (_payload, { db, clock }) => {
  await asSystem(db, 'files uploaded a day ago and never sent are destroyed', (tx) => destroyUnsentFiles(tx, clock()))
}

export const conversationsJobs: Readonly<Record<string, Job>> = { 'conversations:forget-unsent': forgetUnsent }

export const conversationsCrontab: readonly string[] = ['37 * * * * conversations:forget-unsent']

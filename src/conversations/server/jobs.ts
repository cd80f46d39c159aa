import { asSystem } from '../../platform/server/db.ts'
import type { Job } from '../../platform/server/worker.ts'
import { destroyUnsentFiles } from './circle.sql.ts'
import { endPartsOfThoseWhoLeft } from './events.ts'

const forgetUnsent: Job = async (_payload, { db, clock }) => {
  await asSystem(db, 'files uploaded a day ago and never sent are destroyed', (tx) => destroyUnsentFiles(tx, clock()))
}

const endParts: Job = async (_payload, { db, clock }) => {
  await endPartsOfThoseWhoLeft(db, clock())
}

export const conversationsJobs: Readonly<Record<string, Job>> = { 'conversations:forget-unsent': forgetUnsent, 'conversations:end-parts': endParts }

// A minute past the hour: a membership ends at midnight.
export const conversationsCrontab: readonly string[] = ['37 * * * * conversations:forget-unsent', '1 * * * * conversations:end-parts']

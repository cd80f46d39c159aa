import { asSystem, type Database } from '../../platform/server/db.ts'
import type { Job } from '../../platform/server/worker.ts'
import { forgetVanished } from './forget-vanished.sql.ts'
import { feedsJob } from './import/feed-orders.ts'
import { type FeedReaders, feedsJobOf } from './import/feeds-job.ts'
import { importJob } from './import/import-orders.ts'
import { concludeUnexpectedly, type ImportOrder, runImport } from './import/run-import.ts'
import { importPart, waitingImport } from './import/waiting-import.sql.ts'

/** Runs an import whose file was received in parts. Interrupted by the death of its process, it is run again from the start: nothing of it had shown. */
const importDirectory: Job = async (payload, { db, clock, log }) => {
  const importId = String(payload['importId'])
  const waiting = await asSystem(db, 'an import begins', (tx) => waitingImport(tx, importId))
  if (waiting === undefined) return
  const order: ImportOrder = { importId, ...waiting, raw: parts(db, importId) }
  try {
    await runImport(db, order, clock)
  } catch (error) {
    log.error({ err: error, importId }, 'import stopped')
    await concludeUnexpectedly(db, order, clock())
  }
}

async function* parts(db: Database, importId: string): AsyncGenerator<Buffer> {
  for (let position = 0; ; position += 1) {
    const content = await asSystem(db, 'read a part of an import', (tx) => importPart(tx, importId, position))
    if (content === undefined) return
    yield content
  }
}

/** Each night: what was said of whoever left a national directory long ago. */
const forget: Job = async (_payload, { db, clock }) => {
  await asSystem(db, 'words about parties that left', (tx) => forgetVanished(tx, clock()))
}

export const directoryJobs: Readonly<Record<string, Job>> = { [importJob]: importDirectory, 'directory:forget-vanished': forget }
/** The feeds that are due, by the readers that the settings of the server open, at their hours where the installation is. */
export function directoryFeedJobs(readers: FeedReaders, timeZone: string): Readonly<Record<string, Job>> {
  return { [feedsJob]: feedsJobOf(readers, timeZone) }
}
export const directoryCrontab: readonly string[] = ['25 3 * * * directory:forget-vanished', `*/5 * * * * ${feedsJob}`]

import { newId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import type { Job } from '../../platform/server/worker.ts'
import { noticeOver, tellOver } from './exceptional-access.sql.ts'
import { overJob } from './exceptional-access.ts'
import { countNames } from './file-facts.sql.ts'

/** Exceptional accesses whose hour has come: their authors are told, so that an open page closes. The right itself had ended by its date. */
const exceptionalAccessOver: Job = async (_payload, { db, clock }) => {
  await asSystem(db, 'exceptional accesses that are over', async (tx) => {
    for (const over of await noticeOver(tx, clock())) await tellOver(tx, newId(), over)
  })
}

const countNamesJob: Job = async (_payload, { db }) => {
  await asSystem(db, 'names of the file are counted', (tx) => countNames(tx))
}

export const personsJobs: Readonly<Record<string, Job>> = { [overJob]: exceptionalAccessOver, 'persons:countNames': countNamesJob }

import { asSystem, type Database } from '../../platform/server/db.ts'
import type { Job } from '../../platform/server/worker.ts'
import { dropOldMessages, forgetVisits, visitsToLookAtAgain } from './forget.sql.ts'
import { lookAtVisit } from './look.ts'
import { lookJob } from './receive-message.ts'
import { keepingNow } from './sender.sql.ts'

export interface Forgotten {
  readonly unknown: number
  readonly closed: number
}

/**
 * Destroys what hospitals told of those whom nobody here accompanies once the hours of the region are over, and the traits of the others once their days are.
 * What stays of a message is that it came: its number and its print, so that it is answered alike if it comes again. Gives how many.
 */
export async function forgetWhatIsOver(db: Database, now: Date): Promise<Forgotten> {
  return asSystem(db, 'what hospitals told and nobody needs', async (tx) => {
    const forgotten = await forgetVisits(tx, await keepingNow(tx), now)
    await dropOldMessages(tx, now)
    return forgotten
  })
}

/** `timeZone` dates what is written in files. */
export function hospitalEventsJobs(timeZone: string): Readonly<Record<string, Job>> {
  return {
    [lookJob]: async ({ visitId }, { db, clock }) => {
      if (typeof visitId === 'string') await lookAtVisit(db, visitId, { now: clock(), timeZone })
    },
    'hospitalEvents:forget': async (_payload, { db, clock }) => void (await forgetWhatIsOver(db, clock())),
    // Somebody accompanied since, an identity corrected, an opposition lifted: looked at again while it is kept.
    'hospitalEvents:lookAgain': async (_payload, { db, clock }) => {
      for (const id of await asSystem(db, 'stays of nobody yet', (tx) => visitsToLookAtAgain(tx))) await lookAtVisit(db, id, { now: clock(), timeZone })
    },
  }
}

/** Every hour what is over goes; each night what is left is looked at again. */
export const hospitalEventsCrontab: readonly string[] = ['8 * * * * hospitalEvents:forget', '20 5 * * * hospitalEvents:lookAgain']

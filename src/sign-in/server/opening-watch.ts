import { dayOf } from '../../platform/contract/dates.ts'
import { DomainError } from '../../platform/contract/errors.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { asSystem, type Database } from '../../platform/server/db.ts'
import { writeEvents } from '../../platform/server/events.ts'
import type { OpeningWatch } from '../../platform/server/execute.ts'
import { anonymous } from '../../platform/server/http.ts'
import type { Log } from '../../platform/server/log.ts'
import { settingValue } from '../../platform/server/region-settings.sql.ts'
import { type BulkOpening, settingKeys } from './handlers.ts'
import { countOpenings, insertAlert, supervisorsOf } from './openings.sql.ts'

/** How long files stay closed after an alert, in minutes, where the region suspends. */
const closedMinutes = 60
/** The audit is asked once in so many new files: it alone knows what several processes served. */
const step = 20

interface Recent {
  readonly persons: Map<string, number>
  asked: number
}

export interface Watching extends OpeningWatch {
  /** Tells what the database says of a user at each of her requests: until when files are closed to her. */
  readonly seen: (userId: string, closedUntil: Date | null) => void
  /** Waits for what is being looked at; used by tests and at a clean stop. */
  readonly settled: () => Promise<void>
}

/**
 * Counts the different files that each user opens: in memory, for nothing; every twenty new ones it asks the audit, which knows those served by
 * other processes. Beyond what the region allows it raises an alert, once per stretch of time, and closes files to her if the region wants so.
 * A list of several persons is not an opening.
 */
export function watchOpenings(db: Database, { clock, timeZone, log }: { clock: () => Date; timeZone: string; log: Log }): Watching {
  const users = new Map<string, Recent>()
  const closed = new Map<string, number>()
  let looking: Promise<void> = Promise.resolve()

  const look = async (userId: string, serviceId: string | null): Promise<void> => {
    const now = clock()
    await asSystem(db, 'how many files did this user open', async (tx) => {
      const setting = await settingValue<BulkOpening>(tx, settingKeys.bulkOpening)
      if (setting === null) return
      const files = await countOpenings(tx, userId, setting.minutes)
      if (files < setting.files) return
      const until = setting.block ? new Date(now.getTime() + closedMinutes * 60_000) : null
      const alert = { id: newId<never>() as string, userId, serviceId, files, minutes: setting.minutes, now, closedUntil: until }
      if (!(await insertAlert(tx, alert))) return
      if (until !== null) closed.set(userId, until.getTime())
      log.warn({ userId, files, minutes: setting.minutes, closed: until !== null }, 'bulk opening of files')
      const audience = await supervisorsOf(tx, serviceId, userId, dayOf(now, timeZone))
      await writeEvents(tx, anonymous, [{ type: 'signIn.openingAlert.raised', audience, payload: { id: alert.id, files, minutes: setting.minutes } }])
    })
  }

  return {
    seen: (userId, closedUntil) => {
      if (closedUntil === null) closed.delete(userId)
      else closed.set(userId, closedUntil.getTime())
    },
    check: (actor, persons) => {
      if (persons.length === 0 || actor.kind !== 'user') return
      const until = closed.get(actor.userId)
      if (until !== undefined && until > clock().getTime()) throw new DomainError('forbidden', 'too_many_files')
    },
    opened: (actor, persons) => {
      const [person, ...others] = persons as readonly (PersonId | undefined)[]
      if (person === undefined || others.length > 0 || actor.kind !== 'user') return
      const at = clock().getTime()
      const recent = users.get(actor.userId) ?? { persons: new Map(), asked: 0 }
      users.set(actor.userId, recent)
      const known = recent.persons.get(person)
      recent.persons.set(person, at)
      if (known !== undefined) return
      for (const [id, seenAt] of recent.persons) if (seenAt < at - 3_600_000) recent.persons.delete(id)
      recent.asked += 1
      if (recent.asked % step !== 0) return
      // After the answer: the audit line of this opening is being committed.
      looking = looking
        .then(() => new Promise<void>((resolve) => setTimeout(resolve, 50)))
        .then(() => look(actor.userId, actor.serviceId))
        .catch((error: unknown) => log.error({ err: error }, 'openings not counted'))
    },
    settled: () => looking,
  }
}

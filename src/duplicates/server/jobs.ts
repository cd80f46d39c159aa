import { asSystem } from '../../platform/server/db.ts'
import type { Subscriber } from '../../platform/server/subscribers.ts'
import type { Job } from '../../platform/server/worker.ts'
import { findPairsOf, nextToLookAt } from './find.sql.ts'

const batch = 50
/** A night is over after four hours; the next one goes on from there. */
const longest = 4 * 3600_000

/** Each night, all identities once: what changed by imports and by jobs is seen too, and a better comparison finds what an older one missed. */
const nightlyLook: Job = async (_payload, { db, clock }) => {
  const until = Date.now() + longest
  for (;;) {
    const looked = await asSystem(db, 'duplicates by night', async (tx) => {
      const ids = await nextToLookAt(tx, batch)
      await findPairsOf(tx, ids, clock())
      return ids.length
    })
    if (looked === 0 || Date.now() > until) return
  }
}

export const duplicatesJobs: Readonly<Record<string, Job>> = { 'duplicates:night': nightlyLook }
export const duplicatesCrontab: readonly string[] = ['40 1 * * * duplicates:night']

/** Each identity that is created or corrected, or given back by an undoing, is compared at once. */
export const lookAtChangedIdentities: Subscriber = {
  name: 'duplicates.lookAtChangedIdentities',
  types: ['persons.person.created', 'persons.identity.changed', 'persons.contact.changed', 'duplicates.merge.undone'],
  react: async (tx, event) => {
    if (event.personId !== null) await findPairsOf(tx, [event.personId as never], new Date(event.at))
  },
}

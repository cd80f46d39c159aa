import { sql } from 'kysely'
import { asSystem } from './db.ts'
import type { Job } from './worker.ts'

/** Days after which an idempotency key may be forgotten (never less than 30). */
const keyDays = 40
/** Days during which the trace of an ended session is kept; its identity is emptied at once. */
const sessionDays = 400

/** Every night: ended or expired sessions lose the identity they held, old ones and old idempotency keys go away. */
export const purge: Job = async (_payload, { db, clock }) => {
  const now = clock()
  await asSystem(db, 'nightly purge', async (tx) => {
    await sql`update platform.session set identity = '{}' where (ended_at is not null or expires_at < ${now}) and identity <> '{}'`.execute(tx)
    await sql`delete from platform.session where expires_at < ${now}::timestamptz - make_interval(days => ${sessionDays})`.execute(tx)
    await sql`delete from platform.idempotency where created_at < ${now}::timestamptz - make_interval(days => ${keyDays})`.execute(tx)
  })
}

/** When the platform's own jobs run, in the time zone of the server: minute, hour, day, month, weekday, job (graphile-worker takes no dot here). */
export const platformCrontab = '17 3 * * * platform:purge'

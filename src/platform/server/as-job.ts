import { sql } from 'kysely'
import type { Actor } from '../contract/actor.ts'
import { newId, type UserId } from '../contract/ids.ts'
import { asSystem, type Database, type Tx } from './db.ts'
import { writeEvents } from './events.ts'
import type { Context, DomainEvent } from './implement.ts'
import { addJob } from './jobs.ts'

/** Who acts when nobody did: an alert that no one wrote, a mandate that is over. */
export const jalon: Actor = {
  kind: 'job',
  userId: '00000000-0000-0000-0000-000000000000' as UserId,
  displayName: 'Jalon',
  serviceId: null,
  serviceKind: null,
  serviceName: '',
  functions: [],
  category: 'administrative',
  professionalId: null,
  parties: [],
  volets: ['administrative', 'social', 'health'],
}

export interface JobTime {
  readonly now: Date
  readonly timeZone: string
}

/** Runs `work` as the system in one transaction, with what an action has: a clock, events kept if it commits, further jobs. */
export async function asJob<T>(db: Database, reason: string, time: JobTime, work: (context: Context) => Promise<T>): Promise<T> {
  return asSystem(db, reason, async (tx) => {
    await sql`select set_config('jalon.clock', ${time.now.toISOString()}, true), set_config('jalon.time_zone', ${time.timeZone}, true)`.execute(tx)
    return withJobContext(tx, time, work)
  })
}

/** The same inside a transaction of the system that is open already, as a subscriber's is. */
export async function withJobContext<T>(tx: Tx, { now, timeZone }: JobTime, work: (context: Context) => Promise<T>): Promise<T> {
  const events: DomainEvent[] = []
  const done = await work({
    tx,
    actor: jalon,
    now,
    timeZone,
    newId: () => newId() as never,
    emit: (event) => void events.push(event),
    note: () => undefined,
    enqueue: (task, payload, options) => addJob(tx, task, payload, options),
  })
  // An actor of no account: the feed names nobody.
  await writeEvents(tx, { ...jalon, kind: 'anonymous' }, events)
  return done
}

/** The clock of the installation, under which a subscriber is run. */
export async function installationZone(tx: Tx): Promise<string> {
  const { rows } = await sql<{ zone: string }>`select current_setting('jalon.time_zone') as zone`.execute(tx)
  return (rows[0] as { zone: string }).zone
}

import { sql } from 'kysely'
import type { PersonId } from '../contract/ids.ts'
import { asSystem, type Database, type Tx } from './db.ts'
import type { Feed, FeedEvent } from './feed.ts'
import type { Log } from './log.ts'

/** A capability's reaction to what happened elsewhere: the only way to react upward. */
export interface Subscriber {
  /** Unique and stable: its place in the feed is kept under it. */
  readonly name: string
  readonly types: readonly string[]
  /** Runs as the system in the transaction that also moves the subscriber's place: each event has its effect once. */
  readonly react: (tx: Tx, event: FeedEvent) => Promise<void>
}

/** Under which id those are kept now who were merged into somebody else; the others are left out. The platform knows no person: the application says it. */
export type PresentIds = (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>

/**
 * Keeps every subscriber up with the feed; several processes share the work without doing it twice. `timeZone` is the installation's: what a
 * subscriber dates, it dates by that clock. An event older than a merge is handed over under the id that the person has now (`presentIds`).
 */
export function startSubscribers(
  db: Database,
  feed: Feed,
  subscribers: readonly Subscriber[],
  log: Log,
  timeZone: string,
  presentIds: PresentIds = async () => new Map(),
): { stop(): Promise<void>; catchUp(): Promise<void> } {
  let turn: Promise<void> = Promise.resolve()
  const catchUp = (which: readonly Subscriber[] = subscribers): Promise<void> => {
    turn = turn.then(async () => {
      for (const subscriber of which) {
        while (
          await advance(db, subscriber, timeZone, presentIds).catch((error: unknown) => {
            log.error({ err: error, subscriber: subscriber.name }, 'subscriber stopped at an event')
            return false
          })
        );
      }
    })
    return turn
  }
  // Whom an event does not concern stays where it is until the next turn of all: each place moved is a transaction, while browsers wait to be told.
  const stopListening = feed.listen((events) => {
    const types = new Set(events.map(({ type }) => type))
    const concerned = subscribers.filter((subscriber) => subscriber.types.some((type) => types.has(type)))
    if (concerned.length > 0) void catchUp(concerned)
  })
  const timer = setInterval(() => void catchUp(), 15_000)
  void catchUp()
  return {
    catchUp: () => catchUp(),
    stop: async () => {
      clearInterval(timer)
      stopListening()
      await turn
    },
  }
}

/** Handles the next events of one subscriber; true while there may be more. */
async function advance(db: Database, subscriber: Subscriber, timeZone: string, presentIds: PresentIds): Promise<boolean> {
  return asSystem(db, `subscriber ${subscriber.name}`, async (tx) => {
    await sql`select set_config('jalon.time_zone', ${timeZone}, true)`.execute(tx)
    await sql`insert into platform.subscription (name) values (${subscriber.name}) on conflict do nothing`.execute(tx)
    const held = (
      await sql<{ lastSeq: number }>`select last_seq as "lastSeq" from platform.subscription where name = ${subscriber.name} for update skip locked`.execute(tx)
    ).rows[0]
    if (held === undefined) return false
    const { rows } = await sql<FeedEvent>`select seq, type, person_id as "personId", volet, audience, payload, actor_id as "actorId", at
      from platform.event where seq > ${held.lastSeq} order by seq limit 100`.execute(tx)
    const last = rows[rows.length - 1]
    if (last === undefined) return false
    const its = rows.filter((event) => subscriber.types.includes(event.type))
    const present = its.length === 0 ? new Map<string, string>() : await presentIds(tx, [...new Set(its.flatMap(({ personId }) => personId ?? []))])
    for (const event of its) {
      const personId = event.personId === null ? null : ((present.get(event.personId) as PersonId | undefined) ?? event.personId)
      await subscriber.react(tx, { ...event, personId })
    }
    await sql`update platform.subscription set last_seq = ${last.seq} where name = ${subscriber.name}`.execute(tx)
    return rows.length === 100
  })
}

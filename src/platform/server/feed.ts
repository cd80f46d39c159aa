import { sql } from 'kysely'
import pg from 'pg'
import type { PersonId } from '../contract/ids.ts'
import { asSystem, type Database } from './db.ts'
import type { Log } from './log.ts'

/** One line of the feed, as streams and subscribers receive it. */
export interface FeedEvent {
  readonly seq: number
  readonly type: string
  readonly personId: PersonId | null
  readonly volet: 'administrative' | 'social' | 'health' | null
  readonly audience: readonly string[]
  /** Parties to whom nothing of the person is said now, whoever else the event is for: a professional whom she refuses hears nothing through her service. */
  readonly barred?: readonly string[]
  readonly payload: Readonly<Record<string, string | number | boolean | null>>
  readonly actorId: string | null
  readonly at: string
}

export interface Feed {
  /** Calls back when the sessions of a user may have changed ('*': of anyone), told by the database on a channel of its own. */
  onSessions(callback: (userId: string) => void): () => void
  /** The last seq that this process has announced. */
  readonly lastSeq: () => number
  /** Calls back with each new event, in order, once per process; gives the way to stop. */
  listen(callback: (events: readonly FeedEvent[]) => void): () => void
  /** What came after `seq` for these parties, oldest first, 500 at most. Rights are those of now: a person lost from sight is not replayed. */
  since(seq: number, parties: readonly string[]): Promise<readonly FeedEvent[]>
  stop(): Promise<void>
}

const sessionChannel = 'jalon_sessions'
const columns = sql`e.seq, e.type, e.person_id as "personId", e.volet, e.audience, e.payload, e.actor_id as "actorId", e.at,
  case when about.person is null then '{}'::uuid[] else platform.barred_from(about.person) || persons.kept_by_name_from(about.person, e.volet) end as barred`
/**
 * Of whom an event speaks: what is for a team alone names the person in its payload only. Whoever loses sight of her is told so by her own account, refused
 * or not: that is how her open page closes.
 */
const withWhom = sql`platform.event e cross join lateral (select coalesce(e.person_id, case when e.type <> 'persons.sight.changed'
  and e.payload ->> 'personId' ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' then (e.payload ->> 'personId')::uuid end) as person) about`

/** Follows the feed with one listening connection per process; reconnects by itself, and reads what was missed meanwhile. */
export async function openFeed(db: Database, listenUrl: string, log: Log): Promise<Feed> {
  const callbacks = new Set<(events: readonly FeedEvent[]) => void>()
  const sessionCallbacks = new Set<(userId: string) => void>()
  const tellSessions = (userId: string): void => {
    for (const callback of sessionCallbacks) callback(userId)
  }
  let last = await asSystem(
    db,
    'where the feed stands',
    async (tx) => (await sql<{ seq: number }>`select coalesce(max(seq), 0) as seq from platform.event`.execute(tx)).rows[0]?.seq ?? 0,
  )
  let client: pg.Client | undefined
  let stopped = false
  let reading: Promise<void> = Promise.resolve()

  const readNew = (): void => {
    reading = reading
      .then(async () => {
        for (;;) {
          const events = await asSystem(
            db,
            'announce what is new in the feed',
            async (tx) => (await sql<FeedEvent>`select ${columns} from ${withWhom} where e.seq > ${last} order by e.seq limit 500`.execute(tx)).rows,
          )
          if (events.length === 0) return
          last = events[events.length - 1]?.seq ?? last
          for (const callback of callbacks) callback(events)
        }
      })
      .catch((error: unknown) => log.warn({ err: error }, 'feed not readable for now'))
  }

  const connect = async (): Promise<void> => {
    if (stopped) return
    const next = new pg.Client({ connectionString: listenUrl, application_name: 'jalon-feed', keepAlive: true })
    next.on('notification', ({ channel, payload }) => (channel === sessionChannel ? tellSessions(payload ?? '*') : readNew()))
    next.on('error', () => undefined)
    next.on('end', () => {
      if (client === next) client = undefined
      if (!stopped) setTimeout(() => void connect(), 500)
    })
    try {
      await next.connect()
      await next.query(`listen jalon_feed; listen ${sessionChannel}`)
      client = next
      readNew()
      // What was said while nobody listened is asked again of everyone.
      tellSessions('*')
    } catch (error) {
      log.warn({ err: error }, 'feed not listening for now')
      await next.end().catch(() => undefined)
    }
  }
  await connect()

  return {
    onSessions: (callback) => {
      sessionCallbacks.add(callback)
      return () => void sessionCallbacks.delete(callback)
    },
    lastSeq: () => last,
    listen: (callback) => {
      callbacks.add(callback)
      return () => void callbacks.delete(callback)
    },
    since: (seq, parties) =>
      asSystem(
        db,
        'replay the feed to a returning browser',
        async (tx) =>
          (
            await sql<FeedEvent>`
        select ${columns} from ${withWhom}
        where e.seq > ${seq} and e.audience && ${`{${parties.join(',')}}`}::uuid[]
          and (e.person_id is null or platform.audience_of(e.person_id, e.volet) && ${`{${parties.join(',')}}`}::uuid[])
        order by e.seq limit 500`.execute(tx)
          ).rows,
      ),
    stop: async () => {
      stopped = true
      await client?.end()
      await reading
    },
  }
}

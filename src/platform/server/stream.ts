import type { FastifyInstance, FastifyRequest } from 'fastify'
import { DomainError } from '../contract/errors.ts'
import type { Feed, FeedEvent } from './feed.ts'
import { type Caller, requireSameUser } from './http.ts'
import type { Log } from './log.ts'
import type { Standing } from './standing.ts'

const recheckMs = 10_000
/** A page leads one stream for all the tabs of its browser; some more are reconnections not yet noticed. */
const streamsPerSession = 10
/** Bytes that may wait for a browser that does not read. Beyond, it is cut and resumes where it was. */
const mostWaiting = 512 * 1024

interface StreamOptions {
  readonly feed: Feed
  readonly standing: Standing
  /** Finds the caller without prolonging her session: a stream is no gesture. */
  readonly identify: (request: FastifyRequest) => Promise<Caller | null>
  /** Looks at a caller's session anew, whatever its identifier has become; null once it is over. */
  readonly again: (caller: Caller) => Promise<Caller | null>
  readonly log: Log
}

/**
 * GET /api/stream: server-sent events of what concerns the caller, ids only. `Last-Event-ID` (or `?after=`) resumes exactly where the browser was;
 * `?user=` says whose page it is. The session is looked at again every ten seconds, and at once when the database says that something changed for
 * it: an ended session closes the stream, and a change of functions or services changes what comes through. Whatever goes wrong closes the
 * connection, and the browser resumes.
 */
export function addStream(http: FastifyInstance, { feed, standing, identify, again, log }: StreamOptions): { count: () => number; close: () => void } {
  const open = new Set<() => void>()
  const bySession = new Map<string, Set<() => void>>()
  http.get('/api/stream', async (request, reply) => {
    const query = request.query as { after?: string; user?: string }
    const first = await identify(request)
    if (first === null) throw new DomainError('forbidden', 'signed_out')
    requireSameUser(query.user, first)
    let caller: Caller = first
    reply.hijack()
    const { raw } = reply
    const resume = Number(request.headers['last-event-id'] ?? query.after)
    let sent = Number.isFinite(resume) ? resume : feed.lastSeq()
    let waiting: FeedEvent[] | undefined = []

    const write = (text: string): void => {
      if (!open.has(close)) return
      raw.write(text)
      if (raw.writableLength > mostWaiting) drop()
    }
    const send = (event: FeedEvent): void => {
      if (event.seq <= sent) return
      sent = event.seq
      if (!concerns(event, caller)) return
      write(textOf(event))
    }
    const stopListening = feed.listen((events) => {
      if (waiting) waiting.push(...events)
      else for (const event of events) send(event)
    })
    const close = (): void => {
      clearInterval(timer)
      stopWatching()
      stopListening()
      open.delete(close)
      forget(first.sessionHandle, close)
      if (!raw.destroyed) raw.end()
    }
    /** Nothing more is written, not even what waits: the browser asks again from the last event that it received. */
    const drop = (): void => {
      close()
      raw.destroy()
    }
    const look = async (): Promise<void> => {
      const still = await again(caller).catch(() => caller)
      if (still === null) {
        write('event: signed_out\ndata: {}\n\n')
        close()
      } else {
        caller = still
        write(`: ${sent}\n\n`)
      }
    }
    const timer = setInterval(() => void look(), recheckMs)
    const stopWatching = standing.watch(caller.actor.userId, () => void look())
    open.add(close)
    remember(first.sessionHandle, close)
    raw.on('close', close)
    raw.on('error', close)
    // She left while her session was being looked at: nothing will say it again.
    if (raw.destroyed) return close()
    raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', connection: 'keep-alive', 'x-accel-buffering': 'no' })
    write(`retry: 2000\nevent: ready\nid: ${sent}\ndata: {}\n\n`)
    try {
      while (open.has(close)) {
        const missed = await feed.since(sent, caller.actor.parties)
        for (const event of missed) send(event)
        if (missed.length < replayed) break
      }
      const held = waiting
      waiting = undefined
      for (const event of held) send(event)
    } catch (error) {
      log.warn({ err: error, requestId: request.id }, 'stream cut: what was missed could not be read')
      drop()
    }
  })

  function remember(session: string, close: () => void): void {
    const streams = bySession.get(session) ?? new Set()
    bySession.set(session, streams)
    streams.add(close)
    const [oldest] = streams
    if (streams.size > streamsPerSession) oldest?.()
  }
  function forget(session: string, close: () => void): void {
    const streams = bySession.get(session)
    streams?.delete(close)
    if (streams?.size === 0) bySession.delete(session)
  }

  const closeAll = (): void => {
    for (const close of [...open]) close()
  }
  return { count: () => open.size, close: closeAll }
}

/** What a reading of the feed gives at most. */
const replayed = 500

/** What is worked out once of an event, however many streams look at it: a conversation of a thousand is told to a thousand. */
const audiences = new WeakMap<readonly string[], ReadonlySet<string>>()
const texts = new WeakMap<FeedEvent, string>()

function audienceOf({ audience }: Pick<FeedEvent, 'audience'>): ReadonlySet<string> {
  const known = audiences.get(audience)
  if (known !== undefined) return known
  const made = new Set(audience)
  audiences.set(audience, made)
  return made
}

function textOf(event: FeedEvent): string {
  const known = texts.get(event)
  if (known !== undefined) return known
  const made = `id: ${event.seq}\nevent: message\ndata: ${JSON.stringify({ type: event.type, personId: event.personId, ...event.payload })}\n\n`
  texts.set(event, made)
  return made
}

/** What of the feed is for this caller: one of her parties is told, her volets cover it, and the person does not refuse sharing with her. */
export function concerns(event: Pick<FeedEvent, 'volet' | 'audience' | 'barred'>, { actor }: Pick<Caller, 'actor'>): boolean {
  const parties: readonly string[] = actor.parties
  if (event.volet !== null && !actor.volets.includes(event.volet)) return false
  if (event.barred?.some((party) => parties.includes(party))) return false
  const told = audienceOf(event)
  return parties.some((party) => told.has(party))
}

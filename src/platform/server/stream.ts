import type { FastifyInstance, FastifyRequest } from 'fastify'
import { DomainError } from '../contract/errors.ts'
import type { Feed, FeedEvent } from './feed.ts'
import type { Caller } from './http.ts'
import type { Standing } from './standing.ts'

const recheckMs = 10_000

interface StreamOptions {
  readonly feed: Feed
  readonly standing: Standing
  readonly identify: (request: FastifyRequest) => Promise<Caller | null>
  /** Looks at a caller's session anew, whatever its identifier has become; null once it is over. */
  readonly again: (caller: Caller) => Promise<Caller | null>
}

/**
 * GET /api/stream: server-sent events of what concerns the caller, ids only. `Last-Event-ID` (or `?after=`) resumes exactly where the browser was.
 * The session is looked at again every ten seconds, and at once when the database says that something changed for it: an ended session
 * closes the stream, and a change of functions or services changes what comes through.
 */
export function addStream(http: FastifyInstance, { feed, standing, identify, again }: StreamOptions): { count: () => number; close: () => void } {
  const open = new Set<() => void>()
  http.get('/api/stream', async (request, reply) => {
    const first = await identify(request)
    if (first === null) throw new DomainError('forbidden', 'signed_out')
    let caller: Caller = first
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', connection: 'keep-alive', 'x-accel-buffering': 'no' })
    const resume = Number(request.headers['last-event-id'] ?? (request.query as { after?: string }).after)
    let sent = Number.isFinite(resume) ? resume : feed.lastSeq()
    let waiting: FeedEvent[] | undefined = []

    const send = (event: FeedEvent): void => {
      if (event.seq <= sent) return
      sent = event.seq
      if (!concerns(event, caller)) return
      raw.write(`id: ${event.seq}\nevent: message\ndata: ${JSON.stringify({ type: event.type, personId: event.personId, ...event.payload })}\n\n`)
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
      raw.end()
    }
    const look = async (): Promise<void> => {
      const still = await again(caller).catch(() => caller)
      if (!open.has(close)) return
      if (still === null) {
        raw.write('event: signed_out\ndata: {}\n\n')
        close()
      } else {
        caller = still
        raw.write(`: ${sent}\n\n`)
      }
    }
    const timer = setInterval(() => void look(), recheckMs)
    const stopWatching = standing.watch(caller.actor.userId, () => void look())
    open.add(close)
    request.raw.on('close', close)
    raw.write(`retry: 2000\nevent: ready\nid: ${sent}\ndata: {}\n\n`)
    for (;;) {
      const missed = await feed.since(sent, caller.actor.parties)
      for (const event of missed) send(event)
      if (missed.length < 500) break
    }
    const held = waiting
    waiting = undefined
    for (const event of held) send(event)
  })
  const closeAll = (): void => {
    for (const close of [...open]) close()
  }
  return { count: () => open.size, close: closeAll }
}

function concerns(event: FeedEvent, { actor }: Caller): boolean {
  if (event.volet !== null && !actor.volets.includes(event.volet)) return false
  return event.audience.some((party) => (actor.parties as readonly string[]).includes(party))
}

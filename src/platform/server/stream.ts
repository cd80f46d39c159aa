import type { FastifyInstance, FastifyRequest } from 'fastify'
import { DomainError } from '../contract/errors.ts'
import type { Feed, FeedEvent } from './feed.ts'
import type { Caller } from './http.ts'

const recheckMs = 10_000

/**
 * GET /api/stream: server-sent events of what concerns the caller, ids only. `Last-Event-ID` (or `?after=`) resumes exactly where the browser was.
 * The session is looked at again every ten seconds and at each event that ends rights: a closed session closes the stream.
 */
export function addStream(
  http: FastifyInstance,
  feed: Feed,
  identify: (request: FastifyRequest) => Promise<Caller | null>,
): { count: () => number; close: () => void } {
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
      stopListening()
      open.delete(close)
      raw.end()
    }
    const timer = setInterval(async () => {
      const again = await identify(request).catch(() => caller)
      if (again === null) {
        raw.write('event: signed_out\ndata: {}\n\n')
        close()
      } else {
        caller = again
        raw.write(`: ${sent}\n\n`)
      }
    }, recheckMs)
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

import { anotherUser, sessionLost } from '../api/network.ts'

/** What the server says has happened: the type and ids, never a content. */
export interface LiveEvent {
  readonly type: string
  readonly personId?: string | null
  readonly [key: string]: unknown
}

export type LiveListener = (event: LiveEvent) => void

interface Told {
  readonly seq: string | null
  readonly event: LiveEvent
}

const listeners = new Set<LiveListener>()
const signedOut = new Set<() => void>()
const refused = new Set<() => void>()

/** Calls `listener` for every event of the stream. Gives the function that stops. */
export function onLiveEvent(listener: LiveListener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Calls `listener` when the stream says that the session ended on the server. */
export function onStreamSignedOut(listener: () => void): () => void {
  signedOut.add(listener)
  return () => signedOut.delete(listener)
}

/** Calls `listener` when the server refuses the stream: the session may have ended or be another user's, which only asking tells. */
export function onStreamRefused(listener: () => void): () => void {
  refused.add(listener)
  return () => refused.delete(listener)
}

/**
 * Opens the stream of events of a user: one connection per browser (HTTP/1.1 allows six per host), held by one tab that the
 * others hear through a BroadcastChannel; when that tab closes, another takes over where it stopped. Gives the function that closes.
 */
export function openStream(userId: string): () => void {
  const name = `jalon-live-${userId}`
  const channel = new BroadcastChannel(name)
  const stop = new AbortController()
  let lastSeq: string | null = null
  let source: EventSource | null = null

  const hear = ({ seq, event }: Told): void => {
    if (seq) lastSeq = seq
    if (event.type === 'signed_out') for (const listener of signedOut) listener()
    else if (event.type !== 'ready') for (const listener of listeners) listener(event)
  }
  const tell = (seq: string | null, event: LiveEvent): void => {
    const told: Told = { seq, event }
    hear(told)
    channel.postMessage(told)
  }
  channel.onmessage = (message) => hear(message.data as Told)

  /** Nothing is asked while the session is lost or another user's: it would only be refused. */
  const whenSignedIn = (then: () => void): void => {
    if (stop.signal.aborted) return
    if (!sessionLost.get() && !anotherUser.get()) then()
    else {
      const again = (): void => {
        for (const forget of waits) forget()
        whenSignedIn(then)
      }
      const waits = [sessionLost.subscribe(again), anotherUser.subscribe(again)]
    }
  }

  const lead = (): Promise<void> =>
    new Promise((resolve) => {
      const connect = (): void => {
        source = new EventSource(`/api/stream?user=${userId}${lastSeq ? `&after=${lastSeq}` : ''}`)
        source.addEventListener('ready', (event) => tell(event.lastEventId || null, { type: 'ready' }))
        source.addEventListener('message', (event) => tell(event.lastEventId || null, JSON.parse(event.data as string) as LiveEvent))
        source.addEventListener('signed_out', () => {
          source?.close()
          tell(null, { type: 'signed_out' })
          whenSignedIn(connect)
        })
        // The browser resumes by itself after a cut; it gives up on a refusal (closed session, another user’s, proxy): then ask again, slowly.
        source.onerror = () => {
          if (source?.readyState !== EventSource.CLOSED || stop.signal.aborted) return
          for (const listener of refused) listener()
          setTimeout(() => whenSignedIn(connect), 15_000)
        }
      }
      connect()
      stop.signal.addEventListener('abort', () => {
        source?.close()
        resolve()
      })
    })

  if (navigator.locks) void navigator.locks.request(name, { signal: stop.signal }, lead).catch(() => undefined)
  else void lead()
  return () => {
    stop.abort()
    channel.close()
  }
}

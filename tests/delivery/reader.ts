import { type ClientRequest, get, type IncomingMessage } from 'node:http'

/** One thing that a stream told: where it stands in the feed, and what it says. */
export interface Told {
  readonly seq: number
  readonly type: string
  readonly threadId?: string
  readonly number?: number
  readonly messageId?: string
  readonly noteId?: string
  readonly alertId?: string
  readonly at: number
}

export interface StreamReader {
  readonly told: readonly Told[]
  /** How long each interruption lasted, from the cut to the next open stream, in milliseconds. */
  readonly interruptions: readonly number[]
  readonly connected: () => boolean
  /** Cuts the connection, as a network that is lost. */
  readonly cut: () => void
  readonly close: () => void
}

/**
 * Reads the stream of a user as the page does (platform/web/live/event-stream.ts): resumes from the last event received, on the next server of the list when
 * one does not answer, after `retryMs` as the server asks of browsers.
 */
export function readStream(servers: readonly string[], token: string, { retryMs = 2_000, from = 0 }: { retryMs?: number; from?: number } = {}): StreamReader {
  const told: Told[] = []
  const interruptions: number[] = []
  let last: string | null = null
  let which = from
  let closed = false
  let open = false
  let lostAt: number | null = null
  let request: ClientRequest | undefined

  const lost = (): void => {
    open = false
    lostAt ??= performance.now()
  }
  const connect = async (): Promise<void> => {
    while (!closed) {
      try {
        const server = servers[which % servers.length] as string
        await read(await opened(`${server}/api/stream${last === null ? '' : `?after=${last}`}`))
      } catch {
        which += 1
      }
      lost()
      if (!closed) await new Promise((resolve) => setTimeout(resolve, retryMs))
    }
  }
  /** Without the streams of `fetch`: a thousand of those would be the most of what is measured. */
  const opened = (url: string): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      request = get(url, { headers: { cookie: `jalon=${token}` }, agent: false }, (response) => {
        if (response.statusCode === 200) resolve(response)
        else reject(new Error(`stream refused: ${response.statusCode}`))
      }).on('error', reject)
    })
  const read = (response: IncomingMessage): Promise<void> =>
    new Promise((resolve, reject) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => {
        text += part
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          take(text.slice(0, end))
          text = text.slice(end + 2)
        }
      })
      response.on('end', resolve)
      response.on('error', reject)
      response.on('close', () => reject(new Error('stream cut')))
    })
  const take = (block: string): void => {
    const field = (name: string): string | undefined =>
      block
        .split('\n')
        .find((line) => line.startsWith(`${name}: `))
        ?.slice(name.length + 2)
    const [id, event, data] = [field('id'), field('event'), field('data')]
    if (event === undefined) return
    if (id !== undefined) last = id
    if (event === 'ready') {
      open = true
      if (lostAt !== null) interruptions.push(performance.now() - lostAt)
      lostAt = null
    } else if (event === 'message') told.push({ ...(JSON.parse(data ?? '{}') as Omit<Told, 'seq' | 'at'>), seq: Number(id), at: performance.now() })
  }
  void connect()
  return {
    told,
    interruptions,
    connected: () => open,
    cut: () => {
      lost()
      request?.destroy()
    },
    close: () => {
      closed = true
      request?.destroy()
    },
  }
}

/** Waits until something holds; throws with `what` after `ms`. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, ms: number): Promise<void> {
  const end = performance.now() + ms
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`not within ${ms} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

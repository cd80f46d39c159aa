/** What a call to a service of reference data can come to. Nothing of what a service answers is an exception of ours. */
export type PageOutcome =
  | { readonly outcome: 'page'; readonly body: unknown }
  /** The key is missing, wrong or withdrawn. */
  | { readonly outcome: 'refused' }
  /** The service or the network does not answer, after every attempt. */
  | { readonly outcome: 'unavailable'; readonly detail: string }
  /** It answers what cannot be read. */
  | { readonly outcome: 'unreadable'; readonly detail: string }

export interface PagedReader {
  read(url: string): Promise<PageOutcome>
}

export interface ReaderSettings {
  /** Name and value of the header that carries the key; none where the service asks for none. */
  readonly key?: { readonly header: string; readonly value: string } | undefined
  readonly callsPerSecond: number
  readonly timeoutMs?: number
  readonly attempts?: number
  /** Milliseconds before the second attempt; doubled for each next one. */
  readonly pauseMs?: number
  readonly wait?: (ms: number) => Promise<void>
}

const longestPause = 30_000

/** Reads pages over HTTP, never faster than the service allows, trying again what may pass: no answer, 429 and 5xx. */
export function pagedReader({ key, callsPerSecond, timeoutMs = 20_000, attempts = 5, pauseMs = 500, wait = pause }: ReaderSettings): PagedReader {
  // Somewhat slower than allowed: what leaves evenly does not arrive evenly.
  const interval = 1000 / (callsPerSecond * 0.85)
  let next = 0
  const turn = async (): Promise<void> => {
    const now = performance.now()
    const at = Math.max(now, next)
    next = at + interval
    if (at > now) await pause(at - now)
  }
  const attempt = async (url: string): Promise<PageOutcome & { readonly after?: number }> => {
    try {
      const response = await fetch(url, {
        headers: { accept: 'application/fhir+json, application/json', ...(key === undefined ? {} : { [key.header]: key.value }) },
        signal: AbortSignal.timeout(timeoutMs),
        redirect: 'error',
      })
      if (response.status === 401 || response.status === 403) return { outcome: 'refused' }
      if (response.status === 429 || response.status >= 500)
        return { outcome: 'unavailable', detail: `HTTP ${response.status}`, after: Number(response.headers.get('retry-after')) * 1000 || 0 }
      if (!response.ok) return { outcome: 'unreadable', detail: `HTTP ${response.status}` }
      const text = await response.text()
      try {
        return { outcome: 'page', body: JSON.parse(text) }
      } catch {
        return { outcome: 'unreadable', detail: 'JSON' }
      }
    } catch (error) {
      return { outcome: 'unavailable', detail: error instanceof Error && error.name === 'TimeoutError' ? 'délai dépassé' : 'réseau' }
    }
  }
  return {
    read: async (url) => {
      for (let tried = 1; ; tried += 1) {
        await turn()
        const { after = 0, ...result } = await attempt(url)
        if (result.outcome !== 'unavailable' || tried >= attempts) return result
        await wait(Math.min(longestPause, Math.max(after, pauseMs * 2 ** (tried - 1))))
      }
    },
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
